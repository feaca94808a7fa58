"""Screens and kiosks: numbers without names, check-in that tells nobody whom the house knows, tokens that can be taken back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.world import STAFF, Clinic, at, clinic, person, request
from visita.bookings import actions, queue_estimate
from visita.bookings.models import Ticket, Visit
from visita.bookings.queue import JoinRequest
from visita.bookings.requests import Booked
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.identity.rate import Limit
from visita.tenancy import actions as tenancy
from visita.web.waiting import door
from visita.web.waiting.links import address

MISS = "We did not find that visit for now"


@dataclass
class Hall:
    """A clinic with a screen and a kiosk, Monday at ten."""

    cast: Clinic
    screen: str
    kiosk: str
    devices: dict[str, int]
    browser: Client

    def post(self, **sent: Any) -> str:
        return self.browser.post(self.kiosk, sent).content.decode()


@pytest.fixture
def hall(db: None) -> Iterator[Hall]:
    with clock.at(at(10)):
        cast = clinic()
        tenancy.set_setting(cast.id, "queue", True, actor=STAFF)
        made = {
            kind: actions.add_device(cast.id, cast.location, kind, kind, actor=STAFF)
            for kind in ("screen", "kiosk")
        }
        urls = {kind: address(cast.slug, kind, one.token) for kind, one in made.items()}
        devices = {kind: one.device.pk for kind, one in made.items()}
        yield Hall(cast, urls["screen"], urls["kiosk"], devices, Client())


@pytest.fixture
def booked(hall: Hall) -> Booked:
    made = actions.book(hall.cast.id, request(hall.cast, at(10, 30), who=hall.cast.ana, staff=True), STAFF)
    assert isinstance(made, Booked)
    return made


def join(hall: Hall, **more: Any) -> int:
    made = actions.join_queue(hall.cast.id, hall.cast.location, JoinRequest(hall.cast.visit, **more), STAFF)
    assert made.ticket_id
    return made.ticket_id


def test_the_screen_shows_numbers_and_no_names(hall: Hall) -> None:
    first = join(hall, name="Ion Vlad")
    join(hall)
    join(hall)
    actions.call_ticket(hall.cast.id, first, hall.cast.ana, STAFF)
    page = hall.browser.get(hall.screen)
    html = page.content.decode()
    assert "<b>1</b><span>Ana Pop</span>" in html and "<b>2</b>" in html and "<b>3</b>" in html
    assert "Ion" not in html and "Vlad" not in html
    assert page["Cache-Control"] == "no-store" and page["X-Robots-Tag"] == "noindex"


def test_names_are_shown_only_where_the_house_wants_them(hall: Hall) -> None:
    join(hall, name="Ion Vlad")
    made = actions.add_device(hall.cast.id, hall.cast.location, "screen", "", actor=STAFF, names=True)
    html = hall.browser.get(address(hall.cast.slug, "screen", made.token)).content.decode()
    assert "Ion V." in html and "Vlad" not in html


def test_what_has_not_changed_is_not_sent_again(hall: Hall) -> None:
    part = {"X-Part": "1"}
    tag = hall.browser.get(hall.screen, headers=part)["ETag"]
    assert hall.browser.get(hall.screen, headers={**part, "If-None-Match": tag}).status_code == 304
    join(hall)
    assert hall.browser.get(hall.screen, headers={**part, "If-None-Match": tag}).status_code == 200


def test_a_revoked_or_wrong_address_opens_nothing(hall: Hall) -> None:
    assert hall.browser.get(hall.screen[:-3] + "xx/").status_code == 404
    assert hall.browser.get(hall.screen.replace("/screen/", "/kiosk/")).status_code == 404
    actions.revoke_device(hall.cast.id, hall.devices["screen"], actor=STAFF)
    assert hall.browser.get(hall.screen).status_code == 404
    assert hall.browser.get(hall.kiosk).status_code == 200


def test_check_in_by_code_shows_initials_only(hall: Hall, booked: Booked) -> None:
    html = hall.post(do="find", code=booked.code.lower())
    assert "M. I." in html and "Maria" not in html and "Ilie" not in html
    sealed = re.findall(r'name="visit" value="([^"]+)"', html)[0]
    assert "Your number" in hall.post(do="confirm", visit=sealed)
    with scope(hall.cast.id):
        assert Visit.objects.get().status == "arrived" and Ticket.objects.get().booked


def test_check_in_by_the_end_of_the_phone_and_the_time(hall: Hall, booked: Booked) -> None:
    assert "M. I." in hall.post(do="find", tail="5014", time="10:30")


def test_who_comes_by_video_does_not_check_in_at_a_kiosk(hall: Hall, booked: Booked) -> None:
    place: dict[str, Any] = {"scope_kind": "service", "scope_id": hall.cast.visit}
    tenancy.set_setting(hall.cast.id, "video", True, actor=STAFF, **place)
    assert MISS in hall.post(do="find", code=booked.code)


@pytest.mark.parametrize(
    "sent",
    [
        {"tail": "5014", "time": "11:00"},  # known phone, another time
        {"tail": "9999", "time": "10:30"},  # unknown phone
        {"tail": "014", "time": "10:30"}, {"tail": "5014", "time": "ten"}, {"tail": "", "time": ""},
        {"code": "AAAAAAAA"}, {"code": "' OR 1=1"}, {"tail": "%%%%", "time": "10:30"},
    ],
)  # fmt: skip
def test_every_miss_is_answered_alike(hall: Hall, booked: Booked, sent: dict[str, str]) -> None:
    html = hall.post(do="find", **sent)
    assert MISS in html and "M. I." not in html


def test_two_who_fit_are_nobody(hall: Hall, booked: Booked) -> None:
    second = request(hall.cast, at(10, 30), who=hall.cast.mihai, staff=True, client=person("Radu", "Ilie"))
    actions.book(hall.cast.id, second, STAFF)
    assert MISS in hall.post(do="find", tail="5014", time="10:30")


def test_too_many_tries_wait(hall: Hall, booked: Booked) -> None:
    answers = [hall.post(do="find", code="AAAAAAAA") for _turn in range(10)]
    assert all(MISS in html for html in answers)
    assert "M. I." not in hall.post(do="find", code=booked.code)


def test_a_seal_that_is_old_or_forged_checks_nobody_in(hall: Hall, booked: Booked) -> None:
    html = hall.post(do="find", code=booked.code)
    sealed = re.findall(r'name="visit" value="([^"]+)"', html)[0]
    assert MISS in hall.post(do="confirm", visit=sealed[:-2] + "zz")
    assert MISS in hall.post(do="confirm", visit="1")
    with scope(hall.cast.id):
        assert Visit.objects.get().status == "confirmed"


def test_a_walk_in_takes_a_number_with_its_wait(hall: Hall) -> None:
    listed = hall.browser.get(f"{hall.kiosk}?step=number").content.decode()
    assert "Consultation" in listed and "Yoga" not in listed and "now" in listed
    html = hall.post(do="number", service=hall.cast.visit)
    assert re.search(r'kiosk-big">1<', html) and "Consultation" in html
    assert hall.post(do="number", service="x").count("kiosk-big") == 0
    assert hall.post(do="number", service=hall.cast.yoga).count("kiosk-big") == 0


def test_what_the_day_has_no_place_for_gets_no_number(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_place: int, waiting: list[Any], more: list[Any]) -> list[None]:
        return [None] * (len(waiting) + len(more))

    monkeypatch.setattr(queue_estimate, "of_tickets", full)
    told = hall.post(do="number", service=hall.cast.visit)
    assert "no place left for this today" in told and "kiosk-big" not in told
    with scope(hall.cast.id):
        assert not Ticket.objects.exists()
    assert join(hall)  # staff know better


def test_who_can_have_no_number_is_told_the_way_on(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_estimate, "of_tickets", lambda _place, waiting, more: [None] * len(more))
    full = hall.browser.get(f"{hall.kiosk}?step=number").content.decode()
    assert "Ask at the reception" in full and "Mon 23 Nov, 11:00<" in full and 'name="service"' not in full
    assert (
        f"/{hall.cast.slug}/qr.svg?location={hall.cast.location}" in full
        and f"testserver/{hall.cast.slug}<" in full
    )
    monkeypatch.undo()
    assert 'name="service"' in hall.browser.get(f"{hall.kiosk}?step=number").content.decode()
    tenancy.set_setting(hall.cast.id, "queue", False, actor=STAFF)
    tenancy.set_setting(hall.cast.id, "client_interface", False, actor=STAFF)
    for path in (hall.kiosk, f"{hall.kiosk}?step=number"):
        off = hall.browser.get(path).content.decode()
        assert "Without a time?" in off and "Ask at the reception" in off and "qr.svg" not in off


def test_a_service_kept_from_walk_ins_is_not_offered(hall: Hall) -> None:
    tenancy.set_setting(
        hall.cast.id, "walk_in", False, scope_kind="service", scope_id=hall.cast.scan, actor=STAFF
    )
    assert "Scan" not in hall.browser.get(f"{hall.kiosk}?step=number").content.decode()
    assert "kiosk-big" not in hall.post(do="number", service=hall.cast.scan)


def test_where_there_is_no_queue_the_kiosk_only_checks_in(hall: Hall, booked: Booked) -> None:
    tenancy.set_setting(hall.cast.id, "queue", False, actor=STAFF)
    assert "take a number" not in hall.browser.get(hall.kiosk).content.decode()
    sealed = re.findall(r'name="visit" value="([^"]+)"', hall.post(do="find", code=booked.code))[0]
    assert "we know you are here" in hall.post(do="confirm", visit=sealed)


def test_a_kiosk_left_alone_begins_anew(hall: Hall) -> None:
    assert "Refresh" in hall.browser.get(f"{hall.kiosk}?step=visit")
    assert hall.browser.get(hall.kiosk)["Refresh"] == "60; url=?"  # the queue may be switched on or off


def test_a_cancelled_visit_does_not_hide_the_one_that_took_its_place(hall: Hall, booked: Booked) -> None:
    actions.cancel(hall.cast.id, booked.visit_id, STAFF)
    actions.book(hall.cast.id, request(hall.cast, at(10, 30), who=hall.cast.ana, staff=True), STAFF)
    assert "M. I." in hall.post(do="find", tail="5014", time="10:30")


def test_who_tries_many_tokens_is_told_to_wait(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "STRANGERS", Limit(1, 5))
    tries = [hall.browser.get(f"{hall.screen[:-3]}zz/") for _ in range(2)]
    assert [each.status_code for each in tries] == [404, 429]
    assert int(tries[1]["Retry-After"]) > 0
    assert hall.browser.get(hall.screen).status_code == 200  # the house's own screen goes on
