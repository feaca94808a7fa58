"""The client's screens, one verb or page a file."""
