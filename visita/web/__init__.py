"""Screens by audience: `front/` for clients, `desk/` for staff; `components/` are the parts both are made of.

A screen finds things in its scope, calls one action or query and renders. No rule of the business lives here.
"""
