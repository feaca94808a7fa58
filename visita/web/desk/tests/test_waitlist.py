"""The waitlist at the desk: who waits, why not yet, what is free for them, and the buttons with their rights."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client as Browser

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, clinic, person, request
from visita.activity import worker
from visita.bookings import actions
from visita.bookings.models import Offer, Waiting
from visita.bookings.requests import Booked
from visita.bookings.waitlist.windows import Window
from visita.catalog.actions import add_kind
from visita.clients.models import Client, Subject
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.tenancy.actions import set_setting
from visita.web.desk.tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Clinic:
    """A clinic; the clock stands in each test."""
    with clock.at(NOW):
        return clinic()


def browser(home: Clinic, role: str = "reception") -> Browser:
    return signed_in(home.id, role)


def join(home: Clinic, name: str = "Ion", service: int | None = None) -> Waiting:
    details = person(name, "Waits", phone="", email=f"{name.lower()}@example.test")
    wish = actions.WaitRequest(((service or home.visit, home.ana),), Window(MONDAY, MONDAY), client=details)
    return actions.join(home.id, wish, CLIENT)


def test_the_list_says_who_waits_or_that_nobody_does(home: Clinic) -> None:
    with clock.at(NOW):
        desk = browser(home)
        url = f"/{home.slug}/desk/waitlist/"
        assert "Nobody waits" in desk.get(url).content.decode()
        join(home)
        page = desk.get(url).content.decode()
        assert "Ion Waits" in page and "Consultation" in page
        assert "Nobody here waits" in desk.get(f"{url}?resource={home.mihai}").content.decode()
        assert "Ion Waits" not in desk.get(f"{url}?state=past").content.decode()


@pytest.mark.parametrize("people", [1, 6])
def test_the_list_asks_no_more_for_more_people(
    home: Clinic, people: int, django_assert_max_num_queries: object
) -> None:
    with clock.at(NOW):
        desk = browser(home)
        for number in range(people):
            join(home, f"Ion{chr(97 + number)}")
        desk.get(f"/{home.slug}/desk/waitlist/")
        with django_assert_max_num_queries(40):  # type: ignore[operator]  # pytest-django's fixture
            desk.get(f"/{home.slug}/desk/waitlist/")


def test_a_free_time_is_offered_with_a_press_and_taken_back(home: Clinic) -> None:
    with clock.at(NOW):
        desk, waiting = browser(home), join(home)
        url = f"/{home.slug}/desk/waitlist/{waiting.pk}/"
        assert f'value="{clock.to_minute(at(9))}"' in desk.get(url).content.decode()
        assert desk.post(f"{url}offer", {"at": clock.to_minute(at(9))}).status_code == 302
        with scope(home.id):
            assert Offer.objects.get(status="open").s == clock.to_minute(at(9))
        assert desk.post(f"{url}offer", {"at": clock.to_minute(at(10))}).status_code == 409
        desk.post(f"{url}withdrawal")
        with scope(home.id):
            assert not Offer.objects.filter(status="open").exists()
        assert desk.post(f"{url}offer", {"at": clock.to_minute(at(7))}).status_code == 409


def test_somebody_is_put_on_the_list_changed_and_taken_off(home: Clinic) -> None:
    with clock.at(NOW):
        desk = browser(home)
        url = f"/{home.slug}/desk/waitlist/"
        form = {
            "service": str(home.visit), "resource": "", "first_day": "2026-11-23", "last_day": "2026-11-27",
            "seats": "1", "first_name": "Vera", "last_name": "Rusu", "phone": "0721 555 032", "note": "calls back",
        }  # fmt: skip
        assert desk.post(f"{url}new/", {**form, "last_day": "2020-01-01"}).status_code == 422
        assert not desk.post(f"{url}new/", form)["Location"].endswith("again=1")
        again = desk.post(f"{url}new/", form, follow=True).content.decode()
        assert "They were on the list for this already" in again
        with scope(home.id):
            waiting = Waiting.objects.get()
        change = {
            "first_day": "2026-11-24",
            "last_day": "2026-11-24",
            "seats": "1",
            "weekdays": ["1"],
            "parts": ["evening"],
        }
        assert desk.get(f"{url}{waiting.pk}/change").status_code == 405
        assert desk.post(f"{url}{waiting.pk}/change", change).status_code == 302
        desk.post(f"{url}{waiting.pk}/turn", {"way": "up"})
        with scope(home.id):
            waiting.refresh_from_db()
        assert (waiting.weekdays, waiting.parts, waiting.rank) == ([1], [[1020, 1440]], 1)
        desk.post(f"{url}{waiting.pk}/removal")
        with scope(home.id):
            waiting.refresh_from_db()
        assert waiting.status == "removed"


def test_whoever_is_typed_may_be_known_and_what_was_typed_beside_stays(home: Clinic) -> None:
    with clock.at(NOW):
        desk, url = browser(home), f"/{home.slug}/desk/waitlist/new/"
        page = desk.get(url).content.decode()
        assert (
            "data-known" in page and "Press to take the record" in page
        )  # the script offers records while one types
        typed = {"first_day": "2026-11-25", "last_day": "2026-11-26", "seats": 3, "note": "calls back"}
        form = desk.get(f"{url}?{urlencode({**typed, 'client': join(home).client_id})}").context["form"]
        assert [str(form[name].value()) for name in typed] == [str(value) for value in typed.values()]
        assert desk.get(url, {"first_day": "2026-13-45"}).status_code == 404
        assert (
            "waitlist-new" in desk.post(url, {"first_day": "2026-13-45"}).content.decode()
        )  # told at its field


def test_how_reliable_somebody_is_stands_where_a_time_is_offered(home: Clinic) -> None:
    with clock.at(NOW):
        waiting = join(home)
        url = f"/{home.slug}/desk/waitlist/{waiting.pk}/"
        desk = browser(home)
        assert "missed" not in desk.get(url).content.decode()  # nothing is known yet
        wish = request(
            home, at(9), who=home.ana, client=person("Ion", "Waits", phone="", email="ion@example.test")
        )
        visit = actions.book(home.id, wish, STAFF).visit_id  # type: ignore[union-attr]  # it is free
    with clock.at(at(11)):
        actions.mark_no_show(home.id, visit, STAFF)
        assert "Came 0 of 1 times" in desk.get(url).content.decode()


def test_a_dog_is_put_on_the_list_and_told_at_every_place(home: Clinic) -> None:
    with clock.at(NOW):
        add_kind(home.id, "dog", {"en": "Dog"}, actor=STAFF)
        set_setting(home.id, "for_kinds", ["dog"], actor=STAFF, scope_kind="resource", scope_id=home.ana)
        set_setting(home.id, "for_kinds", ["cat"], actor=STAFF, scope_kind="resource", scope_id=home.mihai)
        desk, url = browser(home), f"/{home.slug}/desk/waitlist/"
        form = {
            "service": str(home.visit), "resource": "", "first_day": "2026-11-23", "last_day": "2026-11-23",
            "seats": "1", "first_name": "Vera", "phone": "0721 555 033", "name": "Rex",
        }  # fmt: skip
        assert 'name="kind"' in desk.get(f"{url}new/").content.decode()
        unsaid = desk.post(f"{url}new/", form)
        assert unsaid.status_code == 422 and "Choose what it is" in unsaid.content.decode()
        wrong = desk.post(f"{url}new/", {**form, "kind": "dog", "resource": str(home.mihai)})
        assert wrong.status_code == 422 and "not for this kind" in wrong.content.decode()
        there = desk.post(f"{url}new/", {**form, "kind": "dog"})["Location"]
        assert (
            "Rex · Dog" in desk.get(there).content.decode() and "Rex · Dog" in desk.get(url).content.decode()
        )
        minute = clock.to_minute(at(9))
        cells = [f"{url}matches/?resource={who}&at={minute}" for who in (home.ana, home.mihai)]
        shown = [desk.get(cell).content.decode() for cell in cells]
        assert "Rex · Dog" in shown[0] and "Rex" not in shown[1]
        with scope(home.id):
            client = Client.objects.get()
        again = desk.get(f"{url}new/?client={client.pk}").content.decode()
        assert 'name="subject"' in again and "Rex" in again
        with scope(home.id):
            rex = Subject.objects.get().pk
        known = {**form, "client": str(client.pk), "subject": str(rex)}
        for given in ({"kind": "dog"}, {"name": "", "kind": "dog"}, {"kind": ""}):
            both = desk.post(f"{url}new/", {**known, **given})
            assert both.status_code == 422 and "not both" in both.content.decode()
        assert desk.post(f"{url}new/", {**known, "name": ""}).status_code == 302


def test_a_free_cell_knows_who_waits_for_it(home: Clinic) -> None:
    with clock.at(NOW):
        desk = browser(home)
        join(home)
        cell = f"/{home.slug}/desk/waitlist/matches/?resource={home.ana}&date=2026-11-23&at="
        assert "Ion Waits" in desk.get(f"{cell}{clock.to_minute(at(9))}").content.decode()
        assert "Nobody waits" in desk.get(f"{cell}{clock.to_minute(at(7))}").content.decode()
        part = desk.get(f"{cell}{clock.to_minute(at(9))}", headers={"X-Part": "1"}).content.decode()
        assert "Ion Waits" in part and "<html" not in part


def test_the_reason_stands_beside_who_was_passed_over(home: Clinic) -> None:
    with clock.at(NOW):
        waiting = join(home, service=home.scan)
        booked = actions.book(home.id, request(home, at(16, 30), who=home.ana), STAFF)
        assert isinstance(booked, Booked)
        worker.drain()
        actions.cancel(home.id, booked.visit_id, STAFF)
    with clock.at(NOW + timedelta(seconds=10)):
        actions.end_offer(home.id, waiting.pk, "declined", CLIENT)
        worker.drain()
        page = browser(home).get(f"/{home.slug}/desk/waitlist/{waiting.pk}/").content.decode()
    assert "What happened" in page


@pytest.mark.parametrize("deed", ["offer", "withdrawal", "removal", "turn", "change"])
def test_who_only_looks_changes_nothing(home: Clinic, deed: str) -> None:
    with clock.at(NOW):
        waiting = join(home)
        answer = browser(home, "analyst").post(f"/{home.slug}/desk/waitlist/{waiting.pk}/{deed}", {"at": "1"})
    assert answer.status_code == 403
    with scope(home.id):
        assert Waiting.objects.get().status == "waiting"


@pytest.mark.parametrize("role", ["partner", "specialist", "analyst"])
def test_who_does_not_see_everybody_changes_nobody(home: Clinic, role: str) -> None:
    with clock.at(NOW):
        waiting, stranger = join(home), browser(home, role)
        url = f"/{home.slug}/desk/waitlist/{waiting.pk}/"
        for deed in ("", "change", "offer", "withdrawal", "removal", "turn"):
            answer = stranger.post(f"{url}{deed}", {"at": 1})
            assert answer.status_code in (403, 404) and "Ion Waits" not in answer.content.decode()
        with scope(home.id):
            assert Waiting.objects.get().status == "waiting"


def test_a_partner_learns_no_name_by_a_number(home: Clinic) -> None:
    with clock.at(NOW):
        client, partner = join(home).client_id, browser(home, "partner")
        desk = f"/{home.slug}/desk/"
        assert partner.get(f"{desk}waitlist/new/?client={client}").status_code == 403
        asked = f"client={client}&service={home.visit}&date={MONDAY}&time=09:00"
        assert partner.get(f"{desk}series/new/?{asked}").status_code == 403
