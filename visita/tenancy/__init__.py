"""Organizations, their locations and settings: who the tenants are and where the walls stand."""
