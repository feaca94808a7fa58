"""Another service in a visit: its time, claims and price follow, or nothing changes."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import world
from visita.bookings import actions, journal_visit
from visita.bookings.models import Appointment
from visita.catalog.models import ServiceResource
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk
from visita.web.desk.tests.test_changes import book, claims


def part(desk: Desk, visit: int) -> Appointment:
    """The visit's first part."""
    with scope(desk.clinic.id):
        return journal_visit.appointments(visit)[0]


def parts(desk: Desk, visit: int) -> int:
    """How many services the visit has."""
    with scope(desk.clinic.id):
        return len(journal_visit.appointments(visit))


def change(desk: Desk, visit: int, browser: Client | None = None, **body: Any) -> Any:
    """POST another service as the panel does."""
    known = {"part": part(desk, visit).pk, "service": desk.clinic.scan, "resource": "", "version": 1}
    browser = browser or desk.reception
    return browser.post(desk.url(f"visits/{visit}/service/"), known | body, headers={"X-Part": "1"})


def test_the_service_changes_with_its_claims_and_the_visit_stays(desk: Desk) -> None:
    visit = book(desk)
    before = part(desk, visit)
    answer = change(desk, visit)
    assert answer.status_code == 200, answer.content
    after = part(desk, visit)
    assert (after.pk, after.s, after.service_id) == (before.pk, before.s, desk.clinic.scan)
    assert {claim.resource_id for claim in claims(desk, visit)} >= {after.resource_id, desk.clinic.room}


def test_a_taken_time_changes_nothing(desk: Desk) -> None:
    visit = book(desk)
    book(desk, 11)
    answer = change(desk, visit, service=desk.clinic.visit, resource=desk.clinic.ana, minutes=90)
    assert answer.status_code == 409
    assert part(desk, visit).e - part(desk, visit).s == 30
    forced = change(desk, visit, service=desk.clinic.visit, resource=desk.clinic.ana, minutes=90, force="on")
    assert forced.status_code == 403
    assert (
        change(desk, visit, service=desk.clinic.visit, resource=desk.clinic.ana, minutes=60).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"version": 9}, 409),
        ({"service": 99_999_999}, 404),
        ({"service": ""}, 422),
        ({"instead": "x|1"}, 422),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, body: dict[str, Any], status: int) -> None:
    assert change(desk, book(desk), **body).status_code == status


def test_a_class_joins_by_one_of_its_dates(desk: Desk) -> None:
    clinic, visit = desk.clinic, book(desk)
    session = actions.add_session(
        clinic.id, clinic.yoga, clinic.location, world.at(15), [clinic.ana], actor=world.STAFF
    )
    date = f"{clinic.yoga}@{session.s}"
    page = desk.reception.get(desk.url(f"visits/{visit}/service/?add=1")).content.decode()
    assert f'value="{date}"' in page and "3 places free" in page
    undated = change(desk, visit, part="", service=clinic.yoga)
    assert undated.status_code == 422 and "Choose a date of this class." in undated.content.decode()
    assert change(desk, visit, part="", service=date).status_code == 200
    with scope(clinic.id):
        own = journal_visit.appointments(visit)[1]
    assert (own.session_id, own.s) == (session.pk, session.s)
    page = desk.reception.get(desk.url(f"visits/{visit}/service/?part={own.pk}")).content.decode()
    assert f'value="{date}" selected' in page and "2 places free" in page
    assert change(desk, visit, part=own.pk, remove="1", version=2).status_code == 200


@pytest.mark.parametrize("service", ["7@-1", "@7", "x@7", "7@x", "7@99999999999999", "@"])
def test_a_date_that_is_none_is_refused(desk: Desk, service: str) -> None:
    assert change(desk, book(desk), service=service).status_code in (404, 422)


def test_the_earlier_service_comes_back(desk: Desk) -> None:
    visit = book(desk)
    change(desk, visit)
    actions.undo_last(desk.clinic.id, visit, world.STAFF)
    assert part(desk, visit).service_id == desk.clinic.visit


def test_a_taken_time_offers_near_ones_that_are_pressed(desk: Desk) -> None:
    visit = book(desk)
    book(desk, 11)
    ask: dict[str, Any] = {"service": desk.clinic.visit, "resource": desk.clinic.ana, "minutes": 90}
    page = change(desk, visit, **ask).content.decode()
    near = page.split('name="instead" value="')[1].split('"')[0]
    assert change(desk, visit, **ask, instead=near).status_code == 200
    assert part(desk, visit).e - part(desk, visit).s == 90


def test_a_time_outside_the_hours_offers_near_ones_too(desk: Desk) -> None:
    visit = book(desk)
    answer = change(
        desk, visit, service=desk.clinic.visit, resource=desk.clinic.ana, time="07:00", part="", add=1
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "not offered" in page
    pressed = re.findall('name="instead" value="([^"]+)"', page)
    assert 0 < len(pressed) <= 3
    added = change(
        desk, visit, resource=desk.clinic.ana, service=desk.clinic.visit, part="", add=1, instead=pressed[0]
    )
    assert added.status_code == 200 and parts(desk, visit) == 2


def test_near_times_take_along_what_follows(desk: Desk) -> None:
    """The first service grows, the second would have to begin while its person is busy: both go together."""
    visit = book(desk)
    assert (
        change(desk, visit, part="", add=1, service=desk.clinic.visit, resource=desk.clinic.mihai).status_code
        == 200
    )
    with scope(desk.clinic.id):
        first, second = journal_visit.appointments(visit)
    later = world.request(desk.clinic, clock.from_minute(second.e), who=desk.clinic.mihai, staff=True)
    actions.book(desk.clinic.id, later, world.STAFF)
    ask: dict[str, Any] = {
        "service": desk.clinic.visit, "resource": desk.clinic.ana, "minutes": 60, "version": 2,
    }  # fmt: skip
    page = change(desk, visit, **ask)
    assert page.status_code == 409
    near = page.content.decode().split('name="instead" value="')[1].split('"')[0]
    assert len(near.split(",")) == 2
    assert change(desk, visit, **ask, instead=near).status_code == 200
    with scope(desk.clinic.id):
        after = journal_visit.appointments(visit)
    assert [each.pk for each in after] == [first.pk, second.pk]
    assert (after[0].e - after[0].s, after[1].resource_id) == (60, desk.clinic.mihai)
    assert after[0].e <= after[1].s


def test_a_service_is_added_and_removed_again(desk: Desk) -> None:
    visit = book(desk)
    page = desk.reception.get(desk.url(f"visits/{visit}/service/"), {"add": 1}, headers={"X-Part": "1"})
    assert b'name="add"' in page.content and b'name="part"' not in page.content
    done = change(desk, visit, part="", add=1).json()
    assert done["changed"] == {"visit": visit, "version": 2, "reach": "phone"}
    with scope(desk.clinic.id):
        added = journal_visit.appointments(visit)[1]
    assert change(desk, visit, part=added.pk, remove=1, service="", version=2).status_code == 200
    assert change(desk, visit, remove=1, version=3).status_code == 422  # the last one
    with scope(desk.clinic.id):
        assert len(journal_visit.appointments(visit)) == 1


def test_enter_in_a_field_presses_no_button_of_another_deed(desk: Desk) -> None:
    """A browser presses the first submit button of the form."""
    visit = book(desk)
    change(desk, visit, part="", add=1)
    pages = [f"visits/{visit}/service/?part={part(desk, visit).pk}", "visits/new/"]
    for page in (desk.reception.get(desk.url(path)).content.decode() for path in pages):
        form = page[page.index('<form method="post" action="' + desk.url("visits/")) :]
        first = re.findall('<button[^>]*type="submit"[^>]*>', form)[0]
        assert "formaction" not in first and "name=" not in first


def test_each_service_names_who_gives_it(desk: Desk) -> None:
    visit, clinic = book(desk), desk.clinic
    address = desk.url(f"visits/{visit}/service/")
    page = desk.reception.get(address, {"add": 1}).content.decode()
    [by] = re.findall(rf'<option value="{clinic.visit}" data-by="([^"]*)"', page)
    assert {int(each) for each in by.split()} == {clinic.ana, clinic.mihai}
    with scope(clinic.id):  # who has it in the visit can keep it
        ServiceResource.objects.filter(service_id=clinic.visit, resource_id=clinic.ana).delete()
    kept, added = (
        re.findall(
            rf'<option value="{clinic.visit}" data-by="([^"]*)"',
            desk.reception.get(address, query).content.decode(),
        )
        for query in ({}, {"add": 1})
    )
    assert str(clinic.ana) in kept[0].split() and added == [str(clinic.mihai)]


def test_a_part_that_is_gone_is_told_not_lost(desk: Desk) -> None:
    assert change(desk, book(desk), part=10**12).status_code == 409


def test_the_history_says_which_service_came(desk: Desk) -> None:
    visit = book(desk)
    change(desk, visit, part="", add=1)
    page = desk.reception.get(desk.url(f"visits/{visit}/")).content.decode()
    assert "Services changed" in page and "Scan, Mon" in page


def test_near_times_do_not_put_the_client_in_two_places(desk: Desk) -> None:
    visit = book(desk)
    book(desk, 10, who=desk.clinic.mihai)
    busy = world.request(desk.clinic, world.at(10, 30), desk.clinic.scan, desk.clinic.ana, staff=True)
    actions.book(desk.clinic.id, busy, world.STAFF)
    page = change(desk, visit, part="", add=1, service=desk.clinic.visit, resource=desk.clinic.ana).content
    assert b'name="instead"' in page and b"10:00|" not in page and b"T10:00" not in page


def test_a_class_on_another_day_says_so_everywhere(desk: Desk) -> None:
    clinic, visit = desk.clinic, book(desk)
    session = actions.add_session(
        clinic.id,
        clinic.yoga,
        clinic.location,
        world.at(15, day=world.day_after(1)),
        [clinic.ana],
        actor=world.STAFF,
    )
    assert change(desk, visit, part="", service=f"{clinic.yoga}@{session.s}").status_code == 200
    assert "<b>Tue 24 Nov</b>" in desk.reception.get(desk.url(f"visits/{visit}/")).content.decode()
    assert "Tue 24 Nov, 15:00" in desk.reception.get(desk.url(f"visits/{visit}/hover/")).content.decode()
    added: dict[str, Any] = {
        "part": "",
        "service": clinic.visit,
        "resource": clinic.mihai,
        "time": "12:00",
        "version": 2,
    }
    assert change(desk, visit, **added).status_code == 200
    with scope(clinic.id):
        starts = [each.s for each in journal_visit.appointments(visit)]
    assert clock.to_minute(world.at(12)) in starts  # the day of the visit, not that of the class
