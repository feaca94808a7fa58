"""Why a time cannot be had, in a sentence a receptionist understands: "Dr Pop is off on that day."."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from visita.foundation import clock
from visita.scheduling.engine import Reason
from visita.scheduling.models import Resource
from visita.web.desk.frame import Frame


def sentences(reasons: Sequence[Reason], frame: Frame) -> list[str]:
    """One sentence for each cause, the first cause first, none twice."""
    ids = {reason.resource for reason in reasons if reason.resource is not None}
    names = {row.pk: str(row) for row in Resource.objects.filter(pk__in=ids)} if ids else {}
    found = [_sentence(reason, names, frame) for reason in reasons]
    return list(dict.fromkeys(found))


def _sentence(reason: Reason, names: Mapping[int, str], frame: Frame) -> str:
    values = {"name": names.get(reason.resource or 0, ""), "limit": _limit(reason, frame)}
    return _template(reason.code) % values


def _limit(reason: Reason, frame: Frame) -> str:
    if reason.limit is None:
        return ""
    return frame.formats.moment(clock.from_minute(reason.limit).astimezone(frame.zone))


def _template(code: str) -> str:
    return {
        "too_late": _("This time has passed."),
        "notice_required": _("Too soon: the first possible time is %(limit)s."),
        "too_far": _("Too far ahead: the last possible time is %(limit)s."),
        "closed": _("%(name)s does not work at this time."),
        "absent": _("%(name)s is off on this day."),
        "too_long": _("The working time of %(name)s ends before the visit would."),
        "booked": _("%(name)s has another visit at this time."),
        "buffer": _("%(name)s needs the time around the next visit to prepare."),
        "capacity": _("%(name)s has no free place at this time."),
        "needs_resource": _("A room or device the service needs is taken at this time."),
        "staff_only": _("These hours of %(name)s are kept for staff."),
        "promotion_only": _("Clients book this service in the hours of its promotion only."),
        "leaves_gap": _("A rest too short for any service would be left at %(name)s."),
        "not_offered": _("The service does not start at this time."),
    }.get(code, _("This time is not free."))
