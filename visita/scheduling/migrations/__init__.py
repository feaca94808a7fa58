"""Schema changes of scheduling, in order."""
