"""Refusals of clients in its own words."""

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal


def not_found() -> Refusal:
    """Unknown and foreign ids get the same answer."""
    return Refusal("not_found", 404, _("This does not exist."))


def changed_meanwhile(version: int) -> Refusal:
    """Somebody saved the client since the form was opened."""
    text = _("Somebody else has just changed this. Your text is kept: look at the new state and save again.")
    return Refusal("changed_meanwhile", 409, text, version=version)
