"""Refusals of messaging in its own words."""

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal


def phone_not_supported() -> Refusal:
    """No mobile number, a costly one, or a country the organization does not send to."""
    text = _("We cannot send a code to this number. Give a mobile phone number of this country.")
    return Refusal("phone_not_supported", 422, text, field="contact")


def too_many_asks(seconds: int) -> Refusal:
    """Sends exhausted, by whichever limit: one text, for known and unknown people alike."""
    text = _("Too many codes were asked for. Wait a while, then ask again.")
    return Refusal("too_many_tries", 429, text, field="contact", retry_after=seconds)


def work_needed(note: str, seconds: int) -> Refusal:
    """The browser must work a little, or the visitor wait, before another code; `work` is the signed puzzle."""
    text = _("One moment more before the next code.")
    return Refusal("work_needed", 429, text, field="contact", work=note, retry_after=seconds)
