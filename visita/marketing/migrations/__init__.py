"""Migrations of marketing."""
