"""Refusals of tenancy in its own words."""

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal


def not_found() -> Refusal:
    """Unknown and foreign ids get the same answer."""
    return Refusal("not_found", 404, _("This does not exist."))


def slug_invalid() -> Refusal:
    """The name in the address has a wrong form or is kept for the system."""
    text = _("Use 3 to 40 small letters, digits and dashes; some names are kept for the system.")
    return Refusal("slug_invalid", 422, text, field="slug")


def slug_taken() -> Refusal:
    """Another organization has, or had, this name."""
    return Refusal("slug_taken", 409, _("This address is already taken. Choose another."), field="slug")


def setting_invalid(key: str) -> Refusal:
    """The value does not fit the declared type or limits of the key."""
    return Refusal("bad_setting", 422, _("This value does not fit the setting."), field=key)


def origin_invalid() -> Refusal:
    """Not exactly one site's https origin."""
    text = _("Write the address of one site, such as https://www.example.com, without a path or a star.")
    return Refusal("origin_invalid", 422, text, field="embed_origins")
