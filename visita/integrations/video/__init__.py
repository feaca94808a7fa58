"""Visits held by video: a private room for each, open only around its time, moved and closed with the visit.

Providers are exchangeable: `own` connects the two browsers directly and needs nobody else; any other makes an
address of its own server. Which services are held by video is a setting that cascades like every other.
"""
