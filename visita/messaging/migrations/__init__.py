"""Schema changes of messaging, in order."""
