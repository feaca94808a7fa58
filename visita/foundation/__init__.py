"""Blocks without business words: timelines, clock, scope, ids, text, errors.

Nothing here knows a visit or a client, and nothing here imports from a package above.
"""
