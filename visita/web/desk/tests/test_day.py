"""The journal's page, its data and its list: who may see what, and that days of any length are told right."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import world
from visita.bookings import actions, series_plan
from visita.bookings.journal import LocalDay, column_of, journal, local_day
from visita.bookings.repeating import Repeat
from visita.bookings.series_requests import Chosen, SeriesRequest
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.scheduling.models import Resource
from visita.tenancy.models import Profile
from visita.web.desk import shared
from visita.web.desk.tests.conftest import Desk, signed_in

QUERY = {"date": world.MONDAY.isoformat()}


def book(desk: Desk, hour: int, minute: int = 0, **more: Any) -> Any:
    """A visit on Monday."""
    request = world.request(desk.clinic, world.at(hour, minute), **{"who": desk.clinic.ana, **more})
    return actions.book(desk.clinic.id, request, world.CLIENT)


def read(desk: Desk, browser: Client | None = None, **query: Any) -> Any:
    """The day's data."""
    response = (browser or desk.reception).get(desk.url("journal.json"), {**QUERY, **query})
    assert response.status_code == 200, response.content
    return response.json()


def column(found: Any, resource: int) -> Any:
    """One resource's column."""
    return next(each for each in found["resources"] if each["id"] == resource)


def test_columns_have_working_time_and_hours_used(desk: Desk) -> None:
    book(desk, 10)
    ana = column(read(desk), desk.clinic.ana)
    nine = clock.to_minute(world.at(9))
    assert ana["work"] == [[nine, nine + 210], [nine + 240, nine + 480]]
    assert (ana["hours"], ana["used"], ana["free"]) == (450, 30, 420)


def test_of_a_visit_over_midnight_the_part_of_the_day_counts() -> None:
    who, hour = Resource(id=1, organization_id=1, name="Lift"), 60
    stay = {"s": 16 * hour, "e": 42 * hour, "from": 16 * hour, "to": 43 * hour, "state": "confirmed"}
    days = [LocalDay(first, first + 1440, ()) for first in (0, 1440, 2880)]
    used = [column_of(who, [], [stay], day, ("en", "en"))["used"] for day in days]
    assert used == [8 * hour, 18 * hour, 0]


def test_blocks_carry_what_is_drawn(desk: Desk) -> None:
    booked = book(desk, 10, note="Pain after meals")
    [block] = read(desk)["blocks"]
    ten = clock.to_minute(world.at(10))
    assert (block["s"], block["e"], block["state"], block["title"]) == (
        ten,
        ten + 30,
        "confirmed",
        "Maria Ilie",
    )
    assert (block["visit"], block["service"], block["n"], block["of"]) == (
        booked.visit_id,
        "Consultation",
        1,
        1,
    )
    assert block["facts"] == ["online", "new", "note"]


def test_claims_of_room_and_nurse_stand_in_their_columns_with_buffers(desk: Desk) -> None:
    book(desk, 10, service=desk.clinic.scan)
    blocks = {block["resource"]: block for block in read(desk)["blocks"]}
    assert set(blocks) == {desk.clinic.ana, desk.clinic.nurse, desk.clinic.room}
    assert [block["to"] - block["e"] for block in blocks.values()] == [10, 10, 10]
    assert blocks[desk.clinic.ana]["role"] == 0 and blocks[desk.clinic.room]["role"] > 0


def test_cancelled_visits_are_there_but_not_counted(desk: Desk) -> None:
    booked = book(desk, 10)
    actions.cancel(desk.clinic.id, booked.visit_id, world.STAFF)
    found = read(desk)
    assert [block["state"] for block in found["blocks"]] == ["cancelled"]
    assert (found["stats"]["visits"], found["stats"]["cancelled"]) == (0, 1)


def test_a_class_is_one_block_with_its_places(desk: Desk) -> None:
    session = actions.add_session(
        desk.clinic.id,
        desk.clinic.yoga,
        desk.clinic.location,
        world.at(14),
        [desk.clinic.ana],
        actor=world.STAFF,
    )
    book(desk, 14, service=desk.clinic.yoga, who=None)
    [block] = read(desk)["blocks"]
    assert (block["state"], block["places"], block["capacity"]) == ("session", 1, 3)
    page = desk.reception.get(desk.url(f"sessions/{block['session']}/"))
    assert b"Maria Ilie" in page.content and session
    mihai = signed_in(desk.clinic.id, "specialist", desk.clinic.mihai)
    asked = (desk.doctor, mihai, desk.analyst)
    assert [each.get(desk.url(f"sessions/{session.pk}/")).status_code for each in asked] == [200, 404, 403]


def test_a_party_is_one_block_with_its_places(desk: Desk) -> None:
    book(desk, 14, service=desk.clinic.gym, who=desk.clinic.hall, seats=3)
    [block] = read(desk)["blocks"]
    assert (block["seats"], block["of"]) == (3, 1)


def test_arrows_skip_closed_days(desk: Desk) -> None:
    friday = read(desk, date="2026-11-27")
    assert (friday["previous"], friday["next"]) == ("2026-11-26", "2026-11-30")


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 29, 23), (10, 25, 25), (6, 1, 24)])
def test_days_have_the_hours_they_have(month: int, day: int, hours: int) -> None:
    found = local_day(ZoneInfo("Europe/Bucharest"), date(2026, month, day))
    assert found.e - found.s == hours * 60
    assert sum(e - s for s, e, _ in found.stretches) == hours * 60
    assert found.wall(found.s) == "0:00" and found.wall(found.e - 1) == "23:59"


def test_a_short_day_is_drawn_with_its_own_hours(desk: Desk) -> None:
    found = read(desk, date="2027-03-28")
    first = datetime(2027, 3, 27, 22, tzinfo=UTC)
    assert found["day"]["s"] == clock.to_minute(first)
    assert [offset for _, _, offset in found["day"]["stretches"]] == [120, 180]


def test_queries_do_not_grow_with_the_blocks(desk: Desk) -> None:
    counts = []
    for hour in (9, 10, 11):
        book(desk, hour)
        with scope(desk.clinic.id), CaptureQueriesContext(connection) as queries:
            journal(desk.clinic.location, world.MONDAY, "en")
        counts.append(len(queries))
    assert counts[0] == counts[-1] <= 6


def test_an_unchanged_day_answers_304(desk: Desk) -> None:
    first = desk.reception.get(desk.url("journal.json"), QUERY)
    again = desk.reception.get(desk.url("journal.json"), QUERY, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    book(desk, 10)
    changed = desk.reception.get(desk.url("journal.json"), QUERY, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_who_has_an_earlier_day_is_sent_the_changes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = map(str, count())  # the test's own transaction writes, so the database has no mark for it
    monkeypatch.setattr(shared, "snapshot", lambda: next(marks))
    for hour in (9, 11, 12, 13, 14, 15):
        book(desk, hour)
    address = desk.url("journal.json")
    first = desk.reception.get(address, QUERY)
    book(desk, 10)
    known = {"If-None-Match": first["ETag"], "A-IM": "blocks"}
    changed = desk.reception.get(address, QUERY, headers=known)
    whole = desk.reception.get(address, QUERY)
    assert (changed.status_code, changed["IM"], changed["ETag"]) == (226, "blocks", whole["ETag"])
    blocks = first.json()["blocks"] + changed.json()["blocks"]
    blocks.sort(key=lambda block: (block["from"], block["id"]))
    assert {**first.json(), **changed.json()["values"], "blocks": blocks} == whole.json()
    assert (
        desk.doctor.get(address, QUERY, headers=known).status_code == 200
    )  # sees less: nothing of it is known
    assert desk.analyst.get(address, QUERY, headers=known).status_code == 403


def test_page_and_list_show_the_day(desk: Desk) -> None:
    book(desk, 10)
    page = desk.reception.get(desk.url(), QUERY)
    assert b'id="desk-journal"' in page.content and b"Monday" in page.content
    listed = desk.reception.get(desk.url("list/"), QUERY)
    assert b"Maria Ilie" in listed.content and b"Consultation" in listed.content
    assert b'id="list"' in listed.content and b'id="help"' in listed.content  # the keys work there, too


def test_who_sees_own_visits_only_sees_one_column(desk: Desk) -> None:
    book(desk, 10)
    book(desk, 10, who=desk.clinic.mihai)
    found = read(desk, desk.doctor)
    assert [each["id"] for each in found["resources"]] == [desk.clinic.ana]
    assert {block["resource"] for block in found["blocks"]} == {desk.clinic.ana}


def test_strangers_and_the_unentitled_stay_outside(desk: Desk) -> None:
    other = world.clinic()
    assert Client().get(desk.url()).status_code == 302
    assert Client().get(desk.url("journal.json")).status_code == 401
    assert desk.analyst.get(desk.url()).status_code == 403
    assert desk.analyst.get(desk.url("journal.json")).json()["code"] == "forbidden"
    assert desk.reception.get(f"/{other.slug}/desk/").status_code == 403
    assert desk.reception.get("/no-such-place/desk/").status_code == 404
    assert desk.reception.get(desk.url("journal.json"), {"location": other.location}).status_code == 404


@pytest.mark.parametrize(
    "query", [{"date": "2026-02-30"}, {"date": "x"}, {"date": "9999-01-01"}, {"location": "x"}]
)
def test_wrong_addresses_are_refused(desk: Desk, query: dict[str, str]) -> None:
    assert desk.reception.get(desk.url("journal.json"), query).status_code == 422
    assert desk.reception.get(desk.url(), query).status_code == 404


def test_desk_alone_leads_to_the_last_used(desk: Desk) -> None:
    assert desk.reception.get("/desk/")["Location"] == desk.url()
    assert Client().get("/desk/")["Location"].startswith("/accounts/login/")


def test_the_figures_count_what_was_completed(desk: Desk) -> None:
    book(desk, 9)
    done = book(desk, 11)
    before = desk.reception.get(desk.url("journal.json"), QUERY).json()["stats"]
    actions.complete(desk.clinic.id, done.visit_id, world.STAFF, version=1)
    after = desk.reception.get(desk.url("journal.json"), QUERY).json()["stats"]
    assert (before["revenue"], before["done"], after["done"]) == (0, 0, 1)
    assert after["booked"] == before["booked"] == 2 * after["revenue"] > 0
    assert "status=completed" in desk.reception.get(desk.url(), QUERY).content.decode()


def test_the_small_card_says_whom_and_when(desk: Desk) -> None:
    visit = book(desk, 9, note="Knee").visit_id
    card = desk.reception.get(desk.url(f"visits/{visit}/hover/"))
    assert card.status_code == 200
    assert "Knee" in card.content.decode()
    assert desk.analyst.get(desk.url(f"visits/{visit}/hover/")).status_code == 403


def test_the_small_card_tells_nothing_of_visits_with_others(desk: Desk) -> None:
    visit = book(desk, 11).visit_id
    theirs = world.request(desk.clinic, world.at(9), who=desk.clinic.mihai)
    actions.book(desk.clinic.id, theirs, world.STAFF)
    assert desk.reception.get(desk.url(f"visits/{visit}/hover/")).context["next"]
    assert desk.doctor.get(desk.url(f"visits/{visit}/hover/")).context["next"] == ""


def test_the_small_card_of_the_next_visit_names_the_one_after(desk: Desk) -> None:
    visit = book(desk, 9).visit_id
    later = world.request(desk.clinic, world.at(14, day=world.day_after(1)), who=desk.clinic.ana)
    actions.book(desk.clinic.id, later, world.STAFF)
    assert "24" in desk.reception.get(desk.url(f"visits/{visit}/hover/")).context["next"]


def test_a_visit_of_a_series_carries_its_sign(desk: Desk) -> None:
    visit = world.request(desk.clinic, world.at(9), who=desk.clinic.ana, staff=True)
    with scope(desk.clinic.id):
        seen = series_plan.plan(visit, Repeat("week", count=2))
    chosen = tuple(Chosen(each.number, each.items, each.price) for each in seen)
    actions.book_series(desk.clinic.id, SeriesRequest(visit, Repeat("week", count=2), chosen), world.STAFF)
    blocks = desk.reception.get(desk.url("journal.json"), QUERY).json()["blocks"]
    assert ["series" in each["facts"] for each in blocks] == [True]


def test_what_colour_means_is_kept_for_the_person(desk: Desk) -> None:
    url = desk.url("preferences")
    assert desk.reception.post(url, {"colour": "service"}, "application/json").status_code == 200
    assert desk.reception.post(url, {"colour": "mood"}, "application/json").status_code == 422
    assert '"colour": "service"' in desk.reception.get(desk.url(), QUERY).content.decode()


@pytest.mark.parametrize(
    ("trade", "words"), [("medical", "Find a patient"), ("vet", "Find an owner"), ("notary", "Find a client")]
)
def test_the_desk_speaks_the_trades_language(desk: Desk, trade: str, words: str) -> None:
    with scope(desk.clinic.id):
        Profile.objects.update(trade=trade)
    assert words in desk.reception.get(desk.url("visits/new/")).content.decode()


def test_who_books_sees_how_reliable_a_client_is(desk: Desk) -> None:
    done = book(desk, 9)
    actions.complete(desk.clinic.id, done.visit_id, world.STAFF, version=1)
    with clock.at(world.at(20)):
        [found] = desk.reception.get(desk.url("clients.json"), {"q": "Ilie"}).json()["clients"]
    assert (found["came"], found["of"]) == (1, 1)
