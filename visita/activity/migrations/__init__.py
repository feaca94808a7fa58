"""Schema changes of activity, in order."""
