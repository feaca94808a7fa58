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


def bad_code(field: str) -> Refusal:
    """A code of a field or a choice that programs could not use."""
    message = _("A code has small letters a to z, digits and underscores, and begins with a letter.")
    return Refusal("bad_code", 422, message, field=field)


def code_taken() -> Refusal:
    """409: another field at hand has this code."""
    return Refusal("code_taken", 409, _("Another field has this code."), field="code")


def no_choices() -> Refusal:
    """A question to choose from without anything to choose, or choices where none can be made."""
    message = _("A field to choose from needs choices, and no other field has them.")
    return Refusal("bad_choice", 422, message, field="choices")


def marketing_is_free() -> Refusal:
    """Consent to marketing must be given freely: a booking may not depend on it."""
    message = _("Consent to news and offers cannot be required for a booking.")
    return Refusal("bad_choice", 422, message, field="required")


def bad_step(field: str = "steps") -> Refusal:
    """A step of a booking path that nobody could walk."""
    message = _(
        "These steps do not make a booking path: choose from the known ones, each once, ending in a time."
    )
    return Refusal("bad_choice", 422, message, field=field)


def bad_promotion() -> Refusal:
    """A promotion has either a price or percent off, and ends after it begins."""
    message = _("A promotion needs a price or a percentage, not both, and a last day after the first.")
    return Refusal("bad_promotion", 422, message, field="price_minor")
