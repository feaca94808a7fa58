"""Files of the table are sent as they are read: all of it, in pieces, with the rights of the moment."""

import csv
import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests import world
from visita.activity.models import Activity
from visita.bookings import actions, table
from visita.foundation.scope import scope
from visita.identity import actions as identity
from visita.identity.models import Membership
from visita.web.desk import table_file
from visita.web.desk.tests.conftest import Desk, signed_in

pytestmark = pytest.mark.django_db
COLUMNS = {"column": ["client", "when"]}


@pytest.fixture
def five(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Five visits, the latest booked first; two are a piece."""
    monkeypatch.setattr(table, "AT_ONCE", 2)
    for day in reversed(range(5)):
        client = world.person(f"N{day}", "B")
        actions.book(desk.clinic.id, world.request(desk.clinic, world.at(9, 0, world.day_after(day)), client=client),
                     world.CLIENT)  # fmt: skip
    return [f"N{day} B" for day in range(5)]


def _clients(response: Any) -> list[str]:
    return [row[-1] for row in csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig")))][1:]


def _records(desk: Desk) -> list[dict[str, Any]]:
    with scope(desk.clinic.id):
        return [each.payload for each in Activity.objects.filter(verb="visits.exported").order_by("id")]


def test_a_csv_has_no_end(desk: Desk, five: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    query, owner = {**COLUMNS, "from": "2026-01-01", "sort": "booked"}, signed_in(desk.clinic.id, "owner")
    assert sorted(_clients(owner.get(desk.url("table/visits.csv"), query))) == five
    monkeypatch.setattr(table_file, "MOST", 3)
    assert _clients(owner.get(desk.url("table/visits.csv"), query)) == five
    told = [{"rows": 5, "form": "csv"}, {"rows": 3, "more": True, "form": "csv"}, {"rows": 5, "form": "csv"}]
    assert _records(desk) == told


def test_who_loses_the_right_meanwhile_gets_no_more(
    desk: Desk, five: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_file, "MOST", 3)
    owner = signed_in(desk.clinic.id, "administrator")
    response: Any = owner.get(desk.url("table/visits.csv"), {**COLUMNS, "from": "2026-01-01"})
    sent = iter(response.streaming_content)
    assert five[1] in next(sent).decode() + next(sent).decode()
    mine = Membership.objects.get(organization_id=desk.clinic.id, role="administrator")
    identity.change_member(desk.clinic.id, mine.pk, "reception", actor=world.STAFF)
    with pytest.raises(PermissionDenied):
        next(sent)
    assert _records(desk)[-1] == {"rows": 2, "form": "csv"}
