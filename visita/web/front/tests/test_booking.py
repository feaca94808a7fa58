"""From the tapped time to the booking: holds, details, refusals that keep what was typed, one booking per form."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests import world
from visita.bookings.actions.book import book
from visita.bookings.models import Visit
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.models import Allocation
from visita.tenancy import actions as tenancy
from visita.web.front import flow as flows
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words
from visita.web.front.views import booking


def test_the_whole_way(visitor: Visitor) -> None:
    link = visitor.book(minute(9), note="Ring twice")
    page = visitor.browser.get(f"{link}?new=1")
    text = words(page)
    assert "You are booked, Maria" in text and "Monday, 09:00–09:30" in text
    with scope(visitor.clinic.id):
        visit = Visit.objects.get()
        assert visit.note == "Ring twice" and visit.source == "web" and visit.status == "confirmed"


def test_tapping_holds_the_time(visitor: Visitor) -> None:
    visitor.flow(minute(9), who=str(visitor.clinic.ana))
    with scope(visitor.clinic.id):
        assert Allocation.objects.filter(kind="hold", resource_id=visitor.clinic.ana).count() == 1


def test_details_tell_what_is_booked_and_until_when_it_can_be_cancelled(visitor: Visitor) -> None:
    page = visitor.get("details/", flow=visitor.flow(minute(9, day=1)))
    text = words(page)
    assert "Held for you, 5 min" in text and "Free to cancel until Tue 24 Nov, 07:00." in text
    assert 'autocomplete="tel"' in page.content.decode() and "Consultation" in text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("phone", "", "required"),
        ("phone", "0721 555", "not complete"),
        ("phone", "\x00", "Null"),
        ("first_name", "", "required"),
        ("first_name", "a" * 121, "120"),
        ("first_name", "\u202eevil", "cannot be kept"),
        ("email", "maria@", "not complete"),
        ("email", "a@b.ro\r\nBcc: x@y.z", "not complete"),
        ("region", "XX", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    visitor: Visitor, field: str, value: str, said: str
) -> None:
    data = {"flow": visitor.flow(minute(9)), **DETAILS, "note": "Ring <b>twice</b>", field: value}
    page = visitor.post("booking/", data)
    text = page.content.decode()
    assert page.status_code == 422
    assert said in text and "Ring &lt;b&gt;twice&lt;/b&gt;" in text and 'value="Ilie"' in text
    if said:
        assert 'aria-invalid="true"' in text


def test_the_same_form_books_once(visitor: Visitor) -> None:
    data = {"flow": visitor.flow(minute(9)), **DETAILS}
    first = visitor.post("booking/", data)
    second = visitor.post("booking/", {**data, "first_name": "Mariana"})
    assert first["Location"] == second["Location"]
    with scope(visitor.clinic.id):
        assert Visit.objects.count() == 1


def test_a_time_lost_while_typing_offers_three_others_and_keeps_everything(visitor: Visitor) -> None:
    who = str(visitor.clinic.ana)
    flow = visitor.flow(minute(9), who=who)
    later = world.NOW + timedelta(minutes=6)
    with clock.at(later):
        book(visitor.clinic.id, world.request(visitor.clinic, world.at(9), who=int(who)), world.CLIENT)
        page = visitor.post("booking/", {"flow": flow, **DETAILS, "note": "Kept"})
    text = page.content.decode()
    assert page.status_code == 409 and len(page.context["near"]) == 3
    assert "09:00 was just taken. What you typed is still here." in words(page)
    assert 'name="note" value="Kept"' in text and 'name="first_name" value="Maria"' in text
    with clock.at(later):
        near = page.context["near"][0]["value"]
        data = {"location": visitor.clinic.location, "service": visitor.clinic.visit, "slot": near, **DETAILS}
        again = visitor.post("hold/", {**data, "note": "Kept"})
    assert again.status_code == 200 and 'value="Maria"' in again.content.decode() and "Kept" in words(again)


def test_a_lapsed_hold_of_a_free_time_books_all_the_same(visitor: Visitor) -> None:
    flow = visitor.flow(minute(9))
    with clock.at(world.NOW + timedelta(minutes=31)):
        assert visitor.post("booking/", {"flow": flow, **DETAILS}).status_code == 302


def test_a_tapped_time_that_is_gone_stays_on_the_page(visitor: Visitor, taken: Any) -> None:
    page = visitor.hold(minute(9), who=str(visitor.clinic.ana))
    assert page.status_code == 409 and "09:00 was just taken." in words(page)


def test_more_time_keeps_what_was_typed(visitor: Visitor) -> None:
    flow = visitor.flow(minute(9))
    with clock.at(world.NOW + timedelta(minutes=4)):
        page = visitor.post("hold/extension/", {"flow": flow, **DETAILS})
    assert (
        page.status_code == 200
        and 'value="Ilie"' in page.content.decode()
        and "Held for you, 5 min" in words(page)
    )


def test_back_keeps_what_was_typed_and_shows_the_own_time(visitor: Visitor) -> None:
    page = visitor.post("back/", {"flow": visitor.flow(minute(9), who=str(visitor.clinic.ana)), **DETAILS})
    chosen = [time.minute for part in page.context["parts"] for time in part.times if time.chosen]
    assert page.status_code == 200 and chosen == [minute(9)]
    assert (
        'formaction="' in page.content.decode() and 'name="last_name" value="Ilie"' in page.content.decode()
    )


def test_the_days_of_that_page_carry_it_on(visitor: Visitor) -> None:
    page = visitor.post(f"when/?service={visitor.clinic.visit}&date=2026-11-24", DETAILS)
    assert page.status_code == 200 and 'name="last_name" value="Ilie"' in page.content.decode()


@pytest.mark.parametrize("note", ["", "x", "a:b:c", "\x00", "0" * 3000])
def test_a_forged_or_foreign_note_opens_nothing(visitor: Visitor, note: str) -> None:
    for page in (visitor.get("details/", flow=note), visitor.post("booking/", {"flow": note, **DETAILS})):
        assert page.status_code == 410 and "Nothing was booked" in words(page)


def test_a_note_of_another_organization_opens_nothing(visitor: Visitor) -> None:
    flow = flows.read(visitor.flow(minute(9)), visitor.clinic.id)
    assert flow is not None
    assert (
        visitor.get("details/", flow=replace(flow, organization=visitor.clinic.id + 1).signed()).status_code
        == 410
    )


@pytest.mark.parametrize(
    "slot",
    [
        "",
        "any",
        "any.",
        ".5",
        "any.0",
        "any.99999999999999999999",
        "x.y",
        "\x00.\x00",
        "any.29400631",
    ],
)
def test_broken_times_show_the_page_again(visitor: Visitor, slot: str) -> None:
    chosen = {"location": visitor.clinic.location, "service": visitor.clinic.visit, "slot": slot}
    page = visitor.post("hold/", chosen)
    assert page.status_code in (404, 409, 422) and page.context["parts"]


def test_ids_of_another_organization_are_unknown(visitor: Visitor) -> None:
    other, ours = world.clinic(), visitor.clinic
    for location, service, who in (
        (other.location, other.visit, "any"),
        (ours.location, ours.visit, other.ana),
        (ours.location, ours.visit, 2**63 - 1),
    ):
        page = visitor.post("hold/", {"location": location, "service": service, "slot": f"{who}.{minute(9)}"})
        assert page.status_code == 404


def test_other_sites_cannot_send(visitor: Visitor) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        page = visitor.post("hold/", {}, **headers)
        assert page.status_code == 403 and "another site" in words(page)
    assert visitor.post("hold/", {}, **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_looking_changes_nothing(visitor: Visitor) -> None:
    for path in ("hold/", "booking/", "back/", "when/", "hold/extension/"):
        response = visitor.get(path)  # from the address bar, or a reload after the browser forgot the form
        assert (response.status_code, response["Allow"]) == (405, "POST")
        assert f"/{visitor.clinic.slug}/" in response.content.decode()
    link = visitor.book(minute(9))
    for path in ("cancellation/", "move/", "note/", "repetition/", "withdrawal/", "here/"):
        response = visitor.browser.get(link + path)
        assert (response.status_code, response["Location"]) == (302, link)


def test_a_party_takes_its_places(visitor: Visitor) -> None:
    clinic = visitor.clinic
    data = {"location": clinic.location, "service": clinic.gym, "seats": 3, "slot": f"any.{minute(9)}"}
    response = visitor.post("hold/", data)
    flow = visitor.browser.get(response["Location"]).context["flow"]
    assert visitor.post("booking/", {"flow": flow, **DETAILS}).status_code == 302
    assert visitor.post("hold/", {**data, "seats": 1}).status_code == 409


def test_a_press_overtaken_by_another_is_led_to_the_same_visit(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {"flow": visitor.flow(minute(9)), **DETAILS}
    first = visitor.post("booking/", form)["Location"]
    real, looks = booking._booked_before, iter([True])  # the second looked just before the first was done
    late = lambda *given: "" if next(looks, False) else real(*given)  # noqa: E731
    monkeypatch.setattr(booking, "_booked_before", late)
    monkeypatch.setattr(booking, "_book", _in_flight)
    assert visitor.post("booking/", form)["Location"] == first


def _in_flight(*_given: object) -> str:
    raise Refusal("in_flight", 409, "")


def test_a_time_that_came_too_close_meanwhile_says_so_kindly(visitor: Visitor) -> None:
    """The page stood open: no raw instants, whom to call, and the nearest times to press."""
    tenancy.set_setting(visitor.clinic.id, "lead_minutes", 120, actor=world.STAFF)
    with clock.at(world.at(8, 30)):
        close = visitor.hold(minute(10))
    assert close.status_code == 422
    assert "Mon 23 Nov, 10:00 is too close by now to be booked online. To come then, call" in words(close)
    assert [one["text"] for one in close.context["near"]][:1] == ["Mon 23 Nov, 10:30"]
    with clock.at(world.at(11)):
        gone = visitor.hold(minute(10))
    assert "Mon 23 Nov, 10:00 has passed meanwhile." in words(gone)
    assert [one["text"] for one in gone.context["near"]][:1] == ["Mon 23 Nov, 13:00"]


def test_a_time_kept_before_it_came_too_close_is_booked_after(visitor: Visitor) -> None:
    """The form is typed for some minutes while the lead time runs out; a hold that ran out too says so kindly."""
    tenancy.set_setting(visitor.clinic.id, "lead_minutes", 120, actor=world.STAFF)
    with clock.at(world.at(7, 59)):
        flow = visitor.flow(minute(10))
        late = visitor.flow(minute(10, 30))
    with clock.at(world.at(8, 3)):
        booked = visitor.post("booking/", {"flow": flow, **DETAILS})
        assert booked.status_code == 302 and "/v/" in booked["Location"]
    with clock.at(world.at(8, 45)):
        gone = visitor.post("booking/", {"flow": late, **DETAILS, "phone": "0721 000 987"})
    assert gone.status_code == 422 and "0721 000 987" in gone.content.decode()
    assert "10:30 is too close by now" in words(gone) and "What you typed is still here." in words(gone)
    assert [one["text"] for one in gone.context["near"]][:1] == ["Mon 23 Nov, 11:00"]


def test_a_time_that_is_refused_for_a_crowd_loses_nothing_typed(visitor: Visitor) -> None:
    tenancy.set_setting(visitor.clinic.id, "holds_share_percent", 1, actor=world.STAFF)
    for hour in (9, 10, 11):
        assert visitor.hold(minute(hour), who=str(visitor.clinic.ana)).status_code == 302
    page = visitor.hold(minute(14), who=str(visitor.clinic.ana), first_name="Zebedeu")
    assert page.status_code == 429 and 'value="Zebedeu"' in page.content.decode()
    assert "Many people are booking this day" in words(page)
