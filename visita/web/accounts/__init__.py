"""Signing in and out: the library's steps, our forms and pages, and none of the pages nobody has designed."""
