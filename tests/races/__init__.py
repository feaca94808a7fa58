"""Many processes, one database: what must hold when everybody comes at the same moment."""
