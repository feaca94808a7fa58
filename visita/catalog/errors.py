"""Refusals of the catalogue in its own words."""

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal


def not_found() -> Refusal:
    """Unknown and foreign ids get the same answer."""
    return Refusal("not_found", 404, _("This does not exist."))


def bad_hole() -> Refusal:
    """The processing time must lie inside the service."""
    text = _("Processing time must begin after the start and end before the end of the service.")
    return Refusal("bad_duration", 422, text, field="hole_minutes")


def too_long_in_all(limit: int) -> Refusal:
    """Length and buffers together must fit one claim."""
    text = _("Length and buffers together must stay under %(limit)d minutes.") % {"limit": limit}
    return Refusal("bad_duration", 422, text, field="minutes")


def bad_party() -> Refusal:
    """A party larger than the places there are."""
    text = _("A party cannot be larger than the places there are at one time.")
    return Refusal("bad_number", 422, text, field="max_party")


def twice(field: str) -> Refusal:
    """The same resource is named twice in one list."""
    return Refusal("bad_choice", 422, _("The same one is chosen twice."), field=field)
