"""Refusals of scheduling in its own words."""

from django.utils.translation import gettext_lazy as _

from visita.foundation.errors import Refusal


def not_found() -> Refusal:
    """Unknown and foreign ids get the same answer."""
    return Refusal("not_found", 404, _("This does not exist."))


def bad_interval(field: str) -> Refusal:
    """An interval that ends before it begins or leaves the day."""
    text = _("A time must begin before it ends, within one day. Work past midnight is entered as two days.")
    return Refusal("bad_interval", 422, text, field=field)


def interval_overlap(field: str) -> Refusal:
    """Two intervals of one plan cover the same time."""
    return Refusal(
        "interval_overlap", 422, _("Two of these times overlap. Join or shorten them."), field=field
    )


def too_many_days(limit: int) -> Refusal:
    """More dates than one change may touch."""
    text = _("At most %(limit)s days can be changed at once. For a longer time end the weekly hours instead.")
    return Refusal("too_many_days", 422, text % {"limit": limit}, field="to", limit=limit)


def too_many_changes(limit: int) -> Refusal:
    """More single changes than one request may make."""
    text = _("At most %(limit)s days of people can be changed at once. Choose fewer weeks, or fewer people.")
    return Refusal("too_many_changes", 422, text % {"limit": limit}, field="weeks", limit=limit)


def bad_validity() -> Refusal:
    """A pattern that ends before it begins."""
    return Refusal("bad_datetime", 422, _("The last day lies before the first."), field="valid_to")


def bad_datetime(field: str) -> Refusal:
    """No offset, outside the years we keep, or an end that is not after its start."""
    return Refusal(
        "bad_datetime", 422, _("This date or time does not exist or lacks its time zone."), field=field
    )


def occupied() -> Refusal:
    """The time to be blocked holds a visit, a class or another block."""
    text = _(
        "There is already something in this time. Nothing was blocked: move it first, or choose another time."
    )
    return Refusal("slot_taken", 409, text, field="start")


def hours_changed(version: int) -> Refusal:
    """Somebody saved the hours since they were looked at."""
    text = _("Somebody changed these hours meanwhile. Nothing was saved yet: look at the new hours first.")
    return Refusal("changed_meanwhile", 409, text, version=version)


def changed_meanwhile(version: int) -> Refusal:
    """Somebody saved the resource since the form was opened."""
    text = _("Somebody else has just changed this. Your text is kept: look at the new state and save again.")
    return Refusal("changed_meanwhile", 409, text, version=version)
