"""Own booking paths, kinds of subject, cities: what is asked, in which order, and what a choice limits."""

from typing import Any

import pytest

from tests import world
from visita.bookings.actions.hold import hold
from visita.bookings.models import Visit
from visita.bookings.requests import HoldRequest, Item
from visita.catalog import actions as catalog
from visita.catalog.models import Path
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words

ASK: dict[str, Any] = {
    "step": "question",
    "key": "first_time",
    "title": {"en": "Have you been here before?", "ro": "Ați mai fost la noi?"},
    "answers": [{"key": "yes", "name": {"en": "Yes"}}, {"key": "no", "name": {"en": "No"}}],
}
READ = {"step": "text", "key": "rules", "title": {"en": "Our rules"}, "text": {"en": "No dogs on the sofa."}}
LAST = [{"step": "service"}, {"step": "time"}]


def _follow(visitor: Visitor, page: Any, name: str) -> Any:
    return visitor.browser.get(next(row["url"] for row in page.context["rows"] if row["name"] == name))


def _only(visitor: Visitor, scope_kind: str, scope_id: int, *codes: str) -> None:
    place: dict[str, Any] = {"scope_kind": scope_kind, "scope_id": scope_id}
    tenancy.set_setting(visitor.clinic.id, "for_kinds", list(codes), actor=world.STAFF, **place)


@pytest.fixture
def vet(visitor: Visitor) -> Visitor:
    """Dogs and cats are asked for; Mihai sees dogs only, the scan is for cats only."""
    for at, (code, name) in enumerate((("dog", "Dog"), ("cat", "Cat"))):
        catalog.add_kind(visitor.clinic.id, code, {"en": name}, position=at, actor=world.STAFF)
    tenancy.set_setting(visitor.clinic.id, "ask_kind", True, actor=world.STAFF)
    _only(visitor, "resource", visitor.clinic.mihai, "dog")
    _only(visitor, "service", visitor.clinic.scan, "cat")
    return visitor


def test_the_kind_comes_first_and_limits_services_and_people(vet: Visitor) -> None:
    page = vet.get()
    assert "Who is it for?" in words(page)
    dogs, cats = _follow(vet, page, "Dog"), _follow(vet, page, "Cat")
    assert "Scan" not in words(dogs) and "Scan" in words(cats)
    assert "Mihai Ionescu" in words(vet.get(service=vet.clinic.visit, kind="dog"))
    assert "Mihai Ionescu" not in words(vet.get(service=vet.clinic.visit, kind="cat"))
    assert "Who is it for?" in words(vet.browser.get(cats.context["chosen"][0]["url"]))  # and back


def test_anyone_is_somebody_for_that_kind(vet: Visitor) -> None:
    chosen = {"location": vet.clinic.location, "service": vet.clinic.visit, "kind": "cat"}
    tapped = [vet.post("hold/", {**chosen, "slot": f"any.{minute(9)}"}).status_code for _ in range(2)]
    assert tapped == [302, 409]  # the second has nobody left: Mihai is for dogs
    with pytest.raises(Refusal) as refused:
        item = Item(vet.clinic.visit, vet.clinic.mihai, world.at(10), kind="cat")
        hold(vet.clinic.id, HoldRequest((item,), vet.clinic.location), world.CLIENT)
    assert refused.value.code == "staff_service_mismatch"


def test_a_kind_is_not_asked_where_the_place_does_not_ask(vet: Visitor) -> None:
    place: dict[str, Any] = {"scope_kind": "location", "scope_id": vet.clinic.location}
    tenancy.set_setting(vet.clinic.id, "ask_kind", False, actor=world.STAFF, **place)
    assert "What do you need?" in words(vet.get())


def test_one_kind_is_not_asked(visitor: Visitor) -> None:
    catalog.add_kind(visitor.clinic.id, "dog", {"en": "Dog"}, actor=world.STAFF)
    tenancy.set_setting(visitor.clinic.id, "ask_kind", True, actor=world.STAFF)
    assert "What do you need?" in words(visitor.get())


@pytest.mark.parametrize("kind", ["fish", "\x00", "x" * 300, "dog' or 1=1"])
def test_unknown_kinds_are_asked_again(vet: Visitor, kind: str) -> None:
    assert "Who is it for?" in words(vet.get(service=vet.clinic.visit, kind=kind))


def test_own_steps_are_asked_in_order_and_kept_with_the_visit(visitor: Visitor) -> None:
    clinic = visitor.clinic
    catalog.add_path(clinic.id, [READ, ASK, *LAST], link="spring", actor=world.STAFF)
    page = visitor.get("b/spring/")
    assert "Our rules" in words(page) and "No dogs on the sofa." in words(page)
    page = visitor.browser.get(page.context["go_on"])
    assert "Have you been here before?" in words(page)
    page = _follow(visitor, page, "No")
    assert "What do you need?" in words(page) and page.context["chosen"][0]["name"] == "No"
    url = next(row["url"] for row in page.context["groups"][0]["rows"] if row["name"] == "Consultation")
    page = visitor.browser.get(url)
    assert "Who and when" in words(page)
    kept = page.context["kept"]
    chosen = {"location": clinic.location, "service": clinic.visit, **kept}
    held = visitor.post("hold/", {**chosen, "slot": f"any.{minute(9)}"})
    catalog.change_path(clinic.id, _path(clinic.id), {"steps": LAST}, actor=world.STAFF)
    note = visitor.browser.get(held["Location"]).context["flow"]
    assert visitor.post("booking/", {"flow": note, **DETAILS}).status_code == 302
    with scope(clinic.id):
        terms = Visit.objects.get().terms
    assert terms["path"] == {
        "link": "spring",
        "version": 1,
        "answers": {"rules": "read", "first_time": "no"},
    }


def _path(organization: int) -> int:
    with scope(organization):
        return int(Path.objects.get().pk)


def test_an_answer_may_be_about_certain_services(visitor: Visitor) -> None:
    answers = [{**ASK["answers"][0], "services": [visitor.clinic.scan]}, ASK["answers"][1]]
    catalog.add_path(visitor.clinic.id, [{**ASK, "answers": answers}, *LAST], actor=world.STAFF)
    page = visitor.get()
    assert "Who and when" in words(_follow(visitor, page, "Yes"))  # one service is left: skipped
    assert "What do you need?" in words(_follow(visitor, page, "No"))


def test_doctor_first(visitor: Visitor) -> None:
    catalog.add_path(visitor.clinic.id, [{"step": "person"}, *LAST], actor=world.STAFF)
    page = visitor.get()
    assert "Who should it be with?" in words(page)
    assert "Gym" not in words(_follow(visitor, page, "Mihai Ionescu"))
    assert "Gym" in words(_follow(visitor, page, "Anyone"))


def test_the_day_first(visitor: Visitor) -> None:
    catalog.add_path(visitor.clinic.id, [{"step": "day"}, *LAST], actor=world.STAFF)
    page = visitor.get()
    page = _follow(visitor, page, "Tuesday, 24 November")
    assert "What do you need?" in words(page)
    url = next(row["url"] for row in page.context["groups"][0]["rows"] if row["name"] == "Consultation")
    assert visitor.browser.get(url).context["day_title"] == "Tuesday, 24 November"


def test_specialty_first(visitor: Visitor) -> None:
    clinic = visitor.clinic
    for name in ("Imaging", "Talks"):
        group = catalog.add_specialty(clinic.id, {"en": name}, actor=world.STAFF)
        world.service(clinic.id, f"{name} 1", [clinic.ana], minutes=30, specialty_id=group.pk)
        world.service(clinic.id, f"{name} 2", [clinic.ana], minutes=30, specialty_id=group.pk)
    catalog.add_path(clinic.id, [{"step": "specialty"}, *LAST], actor=world.STAFF)
    page = visitor.get()
    assert "What is it about?" in words(page)
    text = words(_follow(visitor, page, "Imaging"))
    assert "Imaging 2" in text and "Talks 1" not in text


def test_service_first_then_the_place(visitor: Visitor) -> None:
    clinic = visitor.clinic
    other = tenancy.add_location(clinic.id, name="Titan", zone="Europe/Bucharest", actor=world.STAFF).pk
    world.resource(clinic.id, other, "Radu Marin")
    catalog.add_path(
        clinic.id, [{"step": "service"}, {"step": "location"}, {"step": "time"}], actor=world.STAFF
    )
    page = visitor.get()
    assert "What do you need?" in words(page)
    assert "Who and when" in words(visitor.get(service=clinic.visit))  # given at one place only


def test_a_chain_asks_for_the_city_first(visitor: Visitor) -> None:
    for name, city in (("Unirii", "Cluj"), ("Gara", "Cluj"), ("Port", "Constanța")):
        place = tenancy.add_location(
            visitor.clinic.id, name=name, city=city, zone="Europe/Bucharest", actor=world.STAFF
        ).pk
        who = world.resource(visitor.clinic.id, place, f"Dr {name}")
        for service in ("Check", "Cure"):
            world.service(visitor.clinic.id, f"{service} {name}", [who], minutes=30)
    page = visitor.get()
    assert "In which city?" in words(page)
    cluj = _follow(visitor, page, "Cluj")
    assert "Where should it be?" in words(cluj) and "Unirii" in words(cluj) and "Port" not in words(cluj)
    assert "What do you need?" in words(_follow(visitor, page, "Constanța"))  # one branch there


def test_an_unknown_link_is_the_usual_path(visitor: Visitor) -> None:
    assert "What do you need?" in words(visitor.get("b/nothing/"))
