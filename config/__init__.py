"""Wires the system together: settings, addresses, servers. The only package that reads the environment."""
