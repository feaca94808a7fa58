"""Tests of the import of appointments; all files are tiny and made up."""
