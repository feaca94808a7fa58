"""Schema changes of clients, in order."""
