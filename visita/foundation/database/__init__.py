"""Django's PostgreSQL engine with connections that keep their prepared statements, and the statements themselves."""
