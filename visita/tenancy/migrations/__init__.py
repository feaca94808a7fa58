"""Schema changes of tenancy, in order."""
