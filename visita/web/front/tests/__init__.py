"""Tests of the client's pages, each against a real database through the test client."""
