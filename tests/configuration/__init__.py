"""Tests of config: the environment's variables, the database aliases, the key."""
