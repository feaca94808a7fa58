"""The addresses of screens and kiosks."""

from django.urls import reverse


def address(slug: str, kind: str, token: str) -> str:
    """The path a device opens."""
    return reverse(f"waiting:{kind}", kwargs={"organization": slug, "token": token})
