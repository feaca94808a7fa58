"""The waitlist as a client meets it: joining without an account, the link, one press to accept, and coming earlier."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from django.utils import translation

from tests.world import MONDAY, NOW, STAFF, Clinic, at, clinic, request
from visita.activity import worker
from visita.bookings import actions
from visita.bookings.models import Visit, Waiting
from visita.bookings.requests import Booked
from visita.bookings.waitlist import links
from visita.catalog.actions import add_kind
from visita.clients.models import Subject
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.messaging.waitlist_letters import address
from visita.scheduling import actions as scheduling
from visita.tenancy.actions import set_setting
from visita.tenancy.models import Profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Iterator[Clinic]:
    """Ana's Monday is half an hour long and booked."""
    with clock.at(NOW):
        made = clinic()
        scheduling.set_exception(made.id, made.ana, made.location, MONDAY, [(540, 570)], actor=STAFF)
        actions.book(made.id, request(made, at(9), who=made.ana), STAFF)
        worker.drain()
        yield made


def form(home: Clinic, **more: str) -> dict[str, str]:
    return {
        "service": str(home.visit), "location": str(home.location), "resource": str(home.ana),
        "first_day": "2026-11-23", "last_day": "2026-11-23", "region": "RO", "phone": "0721 555 031",
        "first_name": "Ion", "last_name": "Rusu", "email": "", "note": "", **more,
    }  # fmt: skip


def post(home: Clinic, data: dict[str, str]) -> HttpResponse:
    return Browser().post(f"/{home.slug}/waitlist/joining/", data)  # type: ignore[return-value]  # the test client's own kind


def the_link(home: Clinic) -> str:
    """The path of the only entry's page, as a letter has it."""
    return the_address(home).partition("?")[0]


def the_address(home: Clinic, language: str = "en") -> str:
    """The same with what the letter's language adds."""
    with scope(home.id), translation.override(language):
        return address(Waiting.objects.get().code).partition("://")[2].partition("/")[2].join(["/", ""])


def test_a_letters_link_opens_in_its_own_language_whatever_the_browsers_is(home: Clinic) -> None:
    post(home, form(home))
    assert the_address(home, "ro").endswith("?lang=ro")
    browser = Browser(headers={"Accept-Language": "en"})
    page = browser.get(the_address(home, "ro"))
    assert page["Content-Language"] == "ro" and "lang=ro" in page.context["leave_url"]
    assert "?" not in the_address(home, "fi")  # no page speaks it
    with scope(home.id):
        Profile.objects.update(languages=["en"])
    assert "?" not in the_address(home)


def free_the_time(home: Clinic) -> None:
    with scope(home.id):
        visit = Visit.objects.order_by("id").first()
    assert visit is not None
    actions.cancel(home.id, visit.pk, STAFF)
    with clock.at(NOW + timedelta(seconds=10)):
        worker.drain()


def test_a_full_day_leads_to_the_waitlist(home: Clinic) -> None:
    page = Browser().get(f"/{home.slug}/?service={home.visit}&resource={home.ana}&date=2026-11-23")
    assert f"/{home.slug}/waitlist/?" in page.content.decode()
    set_setting(home.id, "waitlist", False, actor=STAFF)
    page = Browser().get(f"/{home.slug}/?service={home.visit}&resource={home.ana}&date=2026-11-23")
    assert "/waitlist/" not in page.content.decode()


def test_joining_sends_the_link_and_shows_it_to_nobody_else(home: Clinic) -> None:
    assert Browser().get(f"/{home.slug}/waitlist/?service={home.visit}").status_code == 200
    answer = post(home, form(home))
    assert answer.status_code == 200
    with scope(home.id):
        waiting = Waiting.objects.get()
        token = links.token(waiting.code)
    assert token not in answer.content.decode() and "+40 ••• 031" in answer.content.decode()
    assert waiting.items == [{"service": home.visit, "resource": home.ana}]
    assert Browser().get(the_link(home)).status_code == 200
    assert Browser().get(the_link(home).replace(token, "0" * 26)).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "12"), ("last_day", "2020-01-01"), ("first_day", "x"), ("weekdays", "9"), ("first_name", "")],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(home: Clinic, field: str, value: str) -> None:
    answer = post(home, form(home, **{field: value}))
    assert answer.status_code == 422
    assert "Rusu" in answer.content.decode()
    with scope(home.id):
        assert not Waiting.objects.exists()


def test_every_fault_is_told_at_once_and_in_the_same_words(home: Clinic) -> None:
    """The dates too, which the list itself judges; a name of spaces is as empty as none."""
    wrong = form(home, first_day="2026-12-10", last_day="2026-12-01", phone="", first_name=" ", last_name="")
    page = post(home, wrong).content.decode()
    assert page.count("Fill in this field.") == 3 and "This field is required" not in page
    assert "The last day is before the first." in page


def test_one_press_accepts_and_leads_to_the_visit(home: Clinic) -> None:
    post(home, form(home))
    free_the_time(home)
    page = Browser().get(the_link(home)).content.decode()
    assert "acceptance" in page and "09:00" in page
    answer = Browser().post(the_link(home) + "acceptance/")
    assert answer.status_code == 302 and f"/{home.slug}/v/" in answer["Location"]
    again = Browser().post(the_link(home) + "acceptance/")
    assert again.status_code == 410
    with scope(home.id):
        assert Visit.objects.filter(status="confirmed").count() == 1


def test_who_declines_keeps_the_place_and_who_leaves_does_not(home: Clinic) -> None:
    post(home, form(home))
    free_the_time(home)
    Browser().post(the_link(home) + "refusal/")
    with scope(home.id):
        assert Waiting.objects.get().status == "waiting"
    assert "acceptance" not in Browser().get(the_link(home)).content.decode()
    Browser().post(the_link(home) + "leaving/")
    with scope(home.id):
        assert Waiting.objects.get().status == "left"
    assert Browser().get(the_link(home)).status_code == 200


def test_opening_the_link_changes_nothing(home: Clinic) -> None:
    post(home, form(home))
    free_the_time(home)
    for deed in ("", "acceptance/", "refusal/", "leaving/"):
        assert Browser().get(the_link(home) + deed).status_code in (200, 405)
    with scope(home.id):
        assert Waiting.objects.get().status == "waiting"


def test_the_page_of_a_visit_takes_the_wish_to_come_earlier_and_takes_it_back(home: Clinic) -> None:
    late = actions.book(home.id, request(home, at(10, day=MONDAY + timedelta(days=1)), who=home.ana), STAFF)
    assert isinstance(late, Booked)
    link = f"/{home.slug}/v/{late.code}/{late.manage_token}/"
    assert "earlier/" in Browser().get(link).content.decode()
    Browser().post(link + "earlier/")
    with scope(home.id):
        wish = Waiting.objects.get(status="waiting")
        assert (wish.visit_id, wish.last_day) == (late.visit_id, MONDAY + timedelta(days=1))
    free_the_time(home)
    answer = Browser().post(the_link(home) + "acceptance/")
    assert answer["Location"] == the_link(home)
    assert "Moved" in Browser().get(the_link(home)).content.decode()
    with scope(home.id):
        moved = Visit.objects.get(pk=late.visit_id)
        assert moved.s == clock.to_minute(at(9))


def test_a_place_in_a_class_may_be_wished_earlier_too(home: Clinic) -> None:
    for day in (1, 2):
        start = at(15, day=MONDAY + timedelta(days=day))
        actions.add_session(home.id, home.yoga, home.location, start, [home.ana], actor=STAFF)
    late = actions.book(home.id, request(home, start, home.yoga), STAFF)
    assert isinstance(late, Booked)
    link = f"/{home.slug}/v/{late.code}/{late.manage_token}/"
    assert "earlier/" in Browser().get(link).content.decode()
    Browser().post(link + "earlier/")
    with scope(home.id):
        assert Waiting.objects.get(status="waiting").visit_id == late.visit_id


def test_a_wish_is_taken_back(home: Clinic) -> None:
    late = actions.book(home.id, request(home, at(10, day=MONDAY + timedelta(days=1))), STAFF)
    assert isinstance(late, Booked)
    link = f"/{home.slug}/v/{late.code}/{late.manage_token}/"
    Browser().post(link + "earlier/")
    Browser().post(link + "earlier/", {"end": "1"})
    with scope(home.id):
        assert Waiting.objects.get().status == "left"


def test_what_booking_asks_is_asked_before_accepting(home: Clinic) -> None:
    from visita.catalog.actions import add_consent

    add_consent(home.id, label={"en": "I agree"}, purpose="privacy", required=True, actor=STAFF)
    post(home, form(home))
    free_the_time(home)
    answer = Browser().post(the_link(home) + "acceptance/")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Something below is missing or wrong" in page
    name = page.partition('name="consent_')[2].partition('"')[0]
    assert Browser().post(the_link(home) + "acceptance/", {f"consent_{name}": "1"}).status_code == 302


def test_who_waits_with_a_dog_names_it_once(home: Clinic) -> None:
    add_kind(home.id, "dog", {"en": "Dog"}, actor=STAFF)
    set_setting(home.id, "booked_for", ["pet"], actor=STAFF)
    asked = Browser().get(f"/{home.slug}/waitlist/", {**form(home), "kind": "dog"}).content.decode()
    assert 'name="pet_name"' in asked and 'name="kind" value="dog"' in asked and "pet_species" not in asked
    assert post(home, form(home, kind="dog")).status_code == 422  # it has no name yet
    assert post(home, form(home, kind="dog", pet_name="Rex")).status_code == 200
    free_the_time(home)
    page = Browser().get(the_link(home)).content.decode()
    assert "Rex" in page and "pet_name" not in page
    assert Browser().post(the_link(home) + "acceptance/").status_code == 302
    with scope(home.id):
        dog = Subject.objects.get()
        assert (dog.kind, dog.name) == ("dog", "Rex")
        assert Visit.objects.get(status="confirmed").subject_id == dog.pk


def test_a_kind_that_nobody_here_knows_is_left_out(home: Clinic) -> None:
    assert post(home, form(home, kind="unicorn")).status_code == 200
    with scope(home.id):
        assert Waiting.objects.get().kind == ""
