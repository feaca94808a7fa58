"""Tests of the client's own pages."""
