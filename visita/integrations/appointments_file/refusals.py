"""Why a row of a sound file was not booked, in addition to the refusals of the booking action itself."""

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal


def too_late() -> Refusal:
    """The row was booked after its own time."""
    return Refusal("too_late", 422, _("The row was booked after its own day or start."))


def no_free_start() -> Refusal:
    """The row has a day without hour, and that day has no free start left at that place."""
    return Refusal("no_free_start", 422, _("No start is free there on that day after the booking time."))


def slot_taken(by: list[str]) -> Refusal:
    """The row has an hour that is taken; `by` are the records that stand there, as far as other rows have brought them."""
    if not by:
        return Refusal("slot_taken", 409, _("This time is taken there."))
    told = _("This time is taken there by %(records)s.") % {"records": ", ".join(by)}
    return Refusal("slot_taken", 409, told, records=by)


def not_offered() -> Refusal:
    """Nobody works there on that day."""
    return Refusal("not_offered", 422, _("Nothing is offered there on that day."))


def time_does_not_exist() -> Refusal:
    """A start in the hour that the clocks skipped."""
    return Refusal("time_does_not_exist", 422, _("The clocks jumped over this start."))
