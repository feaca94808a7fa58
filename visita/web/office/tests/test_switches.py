"""The switches of queue, waitlist, hint and hours: set by who may, refused where they make no sense, in force at once."""

from dataclasses import replace
from typing import Any

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.queue import JoinRequest
from visita.bookings.requests import Item
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.tenancy import queries, settings
from visita.web.office.tests.conftest import Office

WAITLIST = {
    "part": "waitlist", "waitlist": "1", "waitlist_mode": "in_turn", "waitlist_minutes": "30",
    "waitlist_hours_since": "08:00", "waitlist_hours_until": "21:00", "waitlist_most": "5", "choice_minutes": "1440",
}  # fmt: skip


def kept(office: Office, key: str, **where: int) -> Any:
    with scope(office.clinic.id):
        return settings.value(queries.setting_rows(), key, **where)


def test_the_waitlist_is_set_whole_and_holds_at_once(office: Office) -> None:
    owner, join = office.sign_in("owner"), f"/{office.clinic.slug}/waitlist/?service={office.clinic.visit}"
    assert owner.get(join).status_code == 200
    off = {name: value for name, value in WAITLIST.items() if name != "waitlist"}
    sent = {**off, "waitlist_mode": "by_staff", "waitlist_hours_until": "23:59"}
    assert owner.post(office.url("switches/"), sent).status_code == 302
    assert (kept(office, "waitlist"), kept(office, "waitlist_mode")) == (False, "by_staff")
    assert kept(office, "waitlist_hours") == [480, 1440]
    assert owner.get(join).status_code != 200
    assert owner.post(office.url("switches/"), WAITLIST).status_code == 302
    assert owner.get(join).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"waitlist_minutes": "1"}, {"waitlist_minutes": "-5"}, {"waitlist_minutes": ""}, {"waitlist_minutes": "٣٠x"},
        {"waitlist_minutes": "9" * 500}, {"waitlist_most": "0"}, {"choice_minutes": "1e3"}, {"waitlist_mode": "never"},
        {"waitlist_hours_since": "21:00", "waitlist_hours_until": "08:00"}, {"waitlist_hours_since": ""},
        {"waitlist_hours_until": "25:99"},
    ],
)  # fmt: skip
def test_nonsense_is_told_at_its_field_and_nothing_of_the_part_is_saved(
    office: Office, wrong: dict[str, str]
) -> None:
    owner = office.sign_in("owner")
    answer = owner.post(office.url("switches/"), {**WAITLIST, "waitlist_most": "7", **wrong})
    assert answer.status_code == 422
    [field] = {name.removesuffix("_since").removesuffix("_until") for name in wrong}
    assert [each["key"] for each in answer.context["parts"]["waitlist"] if each["error"]] == [field]
    assert kept(office, "waitlist_most") == 5


def test_the_queue_is_on_by_place_and_service_and_not_off_over_peoples_heads(office: Office) -> None:
    owner, clinic = office.sign_in("owner"), office.clinic
    place, service = f"queue_{clinic.location}", f"walk_in_{clinic.visit}"
    sent = {"part": "queue", "check_in_minutes": "30"}
    assert owner.post(office.url("switches/"), {**sent, place: "1", service: "1"}).status_code == 302
    assert kept(office, "queue", location=clinic.location) and kept(office, "check_in_minutes") == 30
    assert kept(office, "walk_in", service=clinic.visit) and not kept(office, "walk_in", service=clinic.gym)
    assert 'id="queue-strip"' in owner.get(f"/{clinic.slug}/desk/").content.decode()
    actions.join_queue(clinic.id, clinic.location, JoinRequest(clinic.visit), world.STAFF)
    answer = owner.post(office.url("switches/"), {**sent, "check_in_minutes": "45"})
    assert answer.status_code == 422 and "1 person waits there" in answer.content.decode()
    assert kept(office, "queue", location=clinic.location) and kept(office, "check_in_minutes") == 30


def test_the_hint_is_switched_off_and_on(office: Office) -> None:
    owner = office.sign_in("owner")
    owner.post(office.url("switches/"), {"part": "risk"})
    assert kept(office, "risk_shown") is False
    owner.post(office.url("switches/"), {"part": "risk", "risk_shown": "1"})
    assert kept(office, "risk_shown") is True


def test_the_hours_clients_see_and_those_on_paper(office: Office) -> None:
    owner, clinic = office.sign_in("owner"), office.clinic
    hours = {"online_hours_since": "10:00", "online_hours_until": "12:00", "sheet_hours_since": "07:00",
             "sheet_hours_until": "09:00"}  # fmt: skip
    assert owner.post(office.url("switches/"), {"part": "hours", **hours}).status_code == 302
    assert kept(office, "online_hours") == [[day, 600, 720] for day in range(7)]
    front = owner.get(f"/{clinic.slug}/?service={clinic.visit}&resource={clinic.ana}&date=2026-11-23")
    assert "10:00" in front.content.decode() and "14:00" not in front.content.decode()
    paper = owner.get(f"/{clinic.slug}/desk/print/?date=2026-11-23&view=day").content.decode()
    assert "07:00" in paper or "7:00" in paper
    assert owner.post(office.url("switches/"), {"part": "hours"}).status_code == 302
    assert kept(office, "online_hours") == [] and kept(office, "sheet_hours") == []


@pytest.mark.parametrize("role", ["reception", "specialist", "online_keeper", "analyst", "partner"])
def test_only_who_changes_settings(office: Office, role: str) -> None:
    browser = office.sign_in(role)
    assert browser.get(office.url("switches/")).status_code == 403
    assert browser.post(office.url("switches/"), WAITLIST).status_code == 403


def test_what_goes_before_the_common_rule_is_told_and_can_follow_it_again(office: Office) -> None:
    owner, clinic = office.sign_in("owner"), office.clinic
    own: list[tuple[str, Any, str, int]] = [
        ("waitlist_minutes", 45, "service", clinic.visit), ("queue", True, "location", clinic.location),
        ("waitlist", False, "service_resource", settings.crossing(clinic.visit, clinic.ana)),
        ("online_hours", [[0, 540, 600]], "resource", clinic.ana), ("waitlist", False, "location", 987654),
    ]  # fmt: skip
    for key, value, kind, number in own:
        tenancy.set_setting(clinic.id, key, value, actor=world.STAFF, scope_kind=kind, scope_id=number)
    context = owner.get(office.url("switches/")).context["own"]
    assert [(one["whose"], one["says"]) for one in context["waitlist"]] == [
        ("Consultation", "45 minutes"), ("Consultation · Ana Pop", "off"),
    ]  # fmt: skip
    assert [one["says"] for one in context["hours"]] == ["09:00–10:00"] and not context["queue"]
    rule = {"part": "waitlist", "rule": f"waitlist_minutes:service:{clinic.visit}"}
    assert office.sign_in("reception").post(office.url("switches/"), rule).status_code == 403
    assert owner.post(office.url("switches/"), rule).status_code == 302
    assert kept(office, "waitlist_minutes", service=clinic.visit) == 30
    assert owner.post(office.url("switches/"), rule).status_code == 404
    wrong = {"part": "queue", "rule": f"queue:location:{clinic.location}"}
    assert owner.post(office.url("switches/"), wrong).status_code == 404


def test_an_unknown_part_is_nothing(office: Office) -> None:
    assert office.sign_in("owner").post(office.url("switches/"), {"part": "x"}).status_code == 404


LIMITS = {
    "part": "limits", "contact_open_limit": "3", "contact_daily_limit": "0", "network_daily_limit": "0",
    "holds_share_percent": "20", "unverified_share_percent": "0", "sms_a_day": "2000", "sms_codes_a_day": "500",
    "sms_codes_a_day_and_country": "250", "sms_countries": "",
}  # fmt: skip


def test_the_limits_are_set_and_hold_at_once(office: Office) -> None:
    owner = office.sign_in("owner")
    page = owner.get(office.url("switches/")).content.decode()
    assert 'id="limits"' in page and 'name="sms_countries"' in page
    sent = {**LIMITS, "contact_daily_limit": "1", "sms_countries": "ro, IT ro", "sms_a_day": "0"}
    assert owner.post(office.url("switches/"), sent).status_code == 302
    assert (kept(office, "contact_daily_limit"), kept(office, "sms_countries")) == (1, ["RO", "IT"])
    assert "budget of SMS is used up" in owner.get(office.url("")).content.decode()
    request = world.request(office.clinic, world.at(9), who=office.clinic.ana)
    actions.book(office.clinic.id, request, world.CLIENT)
    with pytest.raises(Refusal, match="too_many_bookings"):
        actions.book(office.clinic.id, replace(request, items=(later(request.items[0]),)), world.CLIENT)
    assert owner.post(office.url("switches/"), LIMITS).status_code == 302
    assert "budget of SMS" not in owner.get(office.url("")).content.decode()


def later(item: Item) -> Item:
    return replace(item, start=world.at(14))


@pytest.mark.parametrize(
    "wrong",
    [
        {"sms_countries": "XX"},
        {"sms_countries": "Romania"},
        {"sms_a_day": "-1"},
        {"holds_share_percent": "101"},
    ],
)
def test_limits_that_make_no_sense_are_refused(office: Office, wrong: dict[str, str]) -> None:
    owner = office.sign_in("owner")
    answer = owner.post(office.url("switches/"), {**LIMITS, "sms_codes_a_day": "7", **wrong})
    assert answer.status_code == 422 and kept(office, "sms_codes_a_day") == 500
    assert [each["key"] for each in answer.context["parts"]["limits"] if each["error"]] == list(wrong)
    assert next(iter(wrong.values())) in answer.content.decode()
