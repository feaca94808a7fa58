"""What the walk-in queue and its screens refuse: each a sentence that says what is kept and what to do."""

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal


def nothing_left() -> Refusal:
    """409: whoever came now would not be served before the day ends."""
    message = _("There is no place left for this today. Please ask at the reception.")
    return Refusal("queue_full", 409, message)


def no_queue() -> Refusal:
    """422: the location takes nobody without a time."""
    return Refusal("no_queue", 422, _("There is no queue here. Book a time."), field="location")


def queue_moved_on(state: str) -> Refusal:
    """409: somebody else called, started or ended this number meanwhile."""
    message = _("Somebody else has taken this number on. Nothing was changed; look at the queue again.")
    return Refusal("queue_moved_on", 409, message, state=state)


def nobody_waits(others: int) -> Refusal:
    """409: nobody in the queue suits who calls, or fits in before the next booked visit; `others` wait."""
    fits = _(
        "Nobody who waits fits in before the next visit. Call a number by itself to take it all the same."
    )
    message = fits if others else _("Nobody is waiting for you.")
    return Refusal("nobody_waits", 409, message, others=others)


def not_checked_in() -> Refusal:
    """422: one answer for unknown, wrong, too early and too late, so that nobody learns whom the house knows."""
    message = _("We did not find that visit for now. Ask at the reception or take a number.")
    return Refusal("not_found_here", 422, message)


def bad_device_kind(allowed: list[str]) -> Refusal:
    """422: neither a screen nor a kiosk."""
    return Refusal("not_a_choice", 422, _("This is none of the choices."), field="kind", allowed=allowed)


def device_unknown() -> Refusal:
    """404: the address of this screen was revoked or never was."""
    return Refusal("not_found", 404, _("This screen is not connected. Ask for a new address."))


def reason_required() -> Refusal:
    """422: the order of the queue changes by hand only for a reason."""
    return Refusal("required", 422, _("Say why the order changes."), field="reason")
