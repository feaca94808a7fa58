"""Tests of the commands: what they refuse, what they print, how they end."""
