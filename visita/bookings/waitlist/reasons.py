"""Why one who waits was not offered a freed time: kept for staff, one row for each reason and day."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visita.bookings import ports
from visita.foundation import clock, scope

OFFERED: Final = "offer_open"
NO_CONTACT: Final = "no_contact"
NOT_WRITTEN: Final = "not_written"
CROWDED: Final = "crowded"
BUDGET: Final = "budget"
NO_TIME: Final = "no_time"
WINDOW: Final = "window"
NOT_EARLIER: Final = "not_earlier"
ANSWERED: Final = "answered"
UNANSWERED: Final = "unanswered"
IN_TURN: Final = "in_turn"
FASTER: Final = "faster"
BY_STAFF: Final = "by_staff"

TEXTS: Final[dict[str, str | Promise]] = {
    OFFERED: _("Another offer was waiting for an answer."),
    NO_CONTACT: _("There is neither a phone nor an email to write to."),
    NOT_WRITTEN: _("No SMS goes to their phone, and they have no email: offer it by phone."),
    CROWDED: _("Their phone got many messages today, and they have no email: offer it by phone."),
    BUDGET: _("Today's SMS are used up, and they have no email: offer it by phone."),
    NO_TIME: _("What was wanted did not fit into the free time."),
    WINDOW: _("Free, but not on the days or in the part of the day that was wanted."),
    NOT_EARLIER: _("Free, but not earlier than the visit."),
    ANSWERED: _("This time was offered before, and declined or not answered."),
    UNANSWERED: _(
        "They did not answer the last three offers: only staff, or a change of their own, starts offers again."
    ),
    IN_TURN: _("Somebody before them was offered it."),
    FASTER: _("Somebody else was faster."),
    BY_STAFF: _("It fits; staff choose whom to offer it to."),
}

_KEEP = """
INSERT INTO bookings_skip (organization_id, waiting_id, day, reason, details, at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT ON CONSTRAINT skip_once_a_day DO UPDATE SET details = excluded.details, at = excluded.at"""


def unreachable(client_id: int) -> str:
    """Why no message can leave to the client now, by its code; empty where one can. Inside a scope."""
    return next((why for asked in ports.unreachable if (why := asked(client_id))), "")


def keep(waiting_id: int, day: date, reason: str, details: Sequence[str] = ()) -> None:
    """Write it down, in the running scope; `details` are the engine's codes."""
    with connection.cursor() as cursor:
        told = json.dumps(list(details))
        cursor.execute(_KEEP, [scope.current(), waiting_id, day, reason, told, clock.now()])
