"""Clients and their subjects (pet, child, vehicle): keeping, matching, searching."""
