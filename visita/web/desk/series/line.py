"""What the panel of a visit and the card of a client say of series."""

from typing import Any

from visita.bookings import series_lookup
from visita.bookings.models import Visit
from visita.identity import rights
from visita.web.desk.frame import Frame, only
from visita.web.desk.series import words


def line(visit: Visit, place: Frame) -> dict[str, Any]:
    """What the panel of a visit says of its series; nothing where it has none. Inside a scope."""
    whole = series_lookup.of_visit(visit.pk)
    may = place.guest.may(rights.VISITS_BOOK) and only(place.guest) is None
    if whole is None:
        return {"may_repeat": may and visit.status != "cancelled"}
    after = whole.following(visit.pk)
    return {
        "series": whole.series,
        "series_number": whole.number(visit.pk),
        "series_count": whole.count,
        "series_next": place.formats.moment(after.start) if after else "",
        "series_apart": whole.place(visit.pk).apart,
    }


def of_client(client_id: int, place: Frame) -> list[dict[str, Any]]:
    """The client's series with visits to come: how they repeat, how many are left, the next. Inside a scope."""
    shown = []
    for whole in series_lookup.of_client(client_id):
        coming = [one for one in whole.by_time if one.changes]
        shown.append(
            {
                "url": place.url("series", series=whole.series.pk),
                "rule": words.rule(whole.rule, coming[0].start.date(), place.formats),
                "left": len(coming),
                "count": whole.count,
                "next": place.formats.moment(coming[0].start),
            }
        )
    return shown
