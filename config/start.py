"""Loads Django with our settings, for the command line and other programs that are not started by Django."""

import os


def load() -> None:
    """Sets Django up; cheap to repeat."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
