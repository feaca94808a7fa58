"""Schema changes of catalog, in order."""
