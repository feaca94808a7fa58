"""The search of the journal: values combine, hits are told, past searches come back, rights hold."""

from typing import Any

import pytest
from django.http import QueryDict

from tests import world
from visita.bookings import actions
from visita.bookings.requests import ClientDetails, SubjectDetails
from visita.foundation.errors import Refusal
from visita.web.desk import search
from visita.web.desk.search import Field
from visita.web.desk.tests.conftest import Desk, signed_in

ION = ClientDetails("Ion", "Dragu", "0722 444 555", "")
FIELDS = (
    Field("any", "Anything"),
    Field("who", "Who", {"1": "Dr Ana Pop", "2": "Dr Radu Popa"}),
    Field("day", "Day", day=True),
)


def book(desk: Desk, hour: int, **more: Any) -> int:
    """A visit on Monday."""
    request = world.request(desk.clinic, world.at(hour), **{"who": desk.clinic.ana, **more})
    found: Any = actions.book(desk.clinic.id, request, world.CLIENT)
    return int(found.visit_id)


def hits(desk: Desk, query: str, **more: str) -> Any:
    """Which visits of Monday are hits."""
    address = f"hits.json?date={world.MONDAY.isoformat()}&{query}"
    answer = desk.reception.get(desk.url(address))
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize(
    ("typed", "into", "finds"),
    [
        ("ana", "", (("any", "ana"),)),
        ("dr ana pop", "", (("who", "1"),)),
        ("pop", "who", (("who", "1"), ("who", "2"))),
        ("2026-11-24", "", (("day", "2026-11-24"),)),
        ("nobody", "who", ()),
    ],
)
def test_what_is_typed_becomes_values(typed: str, into: str, finds: tuple[tuple[str, str], ...]) -> None:
    asked = search.read(QueryDict(f"text={typed}&in={into}"), FIELDS)
    assert asked.finds == finds
    assert asked.unknown == ("" if finds else typed)


@pytest.mark.parametrize(
    "find", ["who:9", "other:1", "any:", "day:2026-02-30", "any", "any:%00", "day:2026-2-3"]
)
def test_an_address_that_no_form_sends_is_refused(find: str) -> None:
    with pytest.raises(Refusal):
        search.read(QueryDict(f"find={find}"), FIELDS)


def test_values_of_one_field_are_alternatives_and_fields_narrow(desk: Desk) -> None:
    maria, ion = book(desk, 10), book(desk, 11, client=ION)
    assert hits(desk, "find=client:ilie")["visits"] == [maria]
    assert sorted(hits(desk, "find=client:ilie&find=client:drag")["visits"]) == [maria, ion]
    assert hits(desk, f"find=client:ilie&find=resource:{desk.clinic.mihai}")["visits"] == []
    assert sorted(hits(desk, f"find=resource:{desk.clinic.ana}")["visits"]) == [maria, ion]


@pytest.mark.parametrize("door", ["clients.json?q=", "clients/?q=", "table/?q="])
def test_no_number_is_guessed_by_who_may_not_see_it(desk: Desk, door: str) -> None:
    book(desk, 10)
    master = signed_in(desk.clinic.id, "specialist", desk.clinic.ana)
    assert "Ilie" in master.get(desk.url(f"{door}ilie")).content.decode()
    assert "Ilie" not in master.get(desk.url(f"{door}5014")).content.decode()
    assert "Ilie" in desk.reception.get(desk.url(f"{door}5014")).content.decode()


def test_a_phones_tail_finds(desk: Desk) -> None:
    book(desk, 10)
    ion = book(desk, 11, client=ION)
    assert hits(desk, "find=phone:4555")["visits"] == [ion]


def test_a_word_may_mean_the_client_the_service_or_the_note(desk: Desk) -> None:
    maria, ion = book(desk, 10, note="Comes by TAXI"), book(desk, 11, client=ION)
    assert hits(desk, "find=any:taxi")["visits"] == [maria]
    assert sorted(hits(desk, "find=any:consult")["visits"]) == [maria, ion]
    assert hits(desk, "find=any:dragu")["visits"] == [ion]


def test_the_nearest_days_with_a_hit_are_told(desk: Desk) -> None:
    book(desk, 10)
    tuesday = hits(desk, "find=client:ilie").copy()
    assert (tuesday["before"], tuesday["after"]) == (None, None)
    later = desk.reception.get(desk.url("hits.json?date=2026-11-27&find=client:ilie")).json()
    assert (later["visits"], later["before"]) == ([], world.MONDAY.isoformat())


def test_the_page_marks_hits_and_keeps_the_search(desk: Desk) -> None:
    book(desk, 10)
    page = desk.reception.get(desk.url("search/?text=maria")).content.decode()
    assert "<mark>Maria Ilie</mark>" in page and "1 found" in page
    again = desk.reception.get(desk.url("search/")).content.decode()
    assert "Past searches" in again and "find=any%3Amaria" in again
    other = desk.doctor.get(desk.url("search/")).content.decode()
    assert "Past searches" not in other


def test_nothing_found_offers_a_way_on(desk: Desk) -> None:
    page = desk.reception.get(desk.url("search/?text=zzzz")).content.decode()
    assert "Nothing was found." in page and "New search" in page


def test_who_sees_own_visits_only_finds_no_others(desk: Desk) -> None:
    book(desk, 10)
    book(desk, 10, who=desk.clinic.mihai, client=ION)
    mine = desk.doctor.get(desk.url("search/?text=consultation")).content.decode()
    assert "Maria Ilie" in mine and "Ion Dragu" not in mine
    theirs = desk.doctor.get(desk.url(f"search/?find=resource:{desk.clinic.mihai}")).content.decode()
    assert "Ion Dragu" not in theirs and "Maria Ilie" not in theirs
    assert desk.doctor.get(desk.url("search/?find=phone:4555")).status_code == 404
    assert desk.analyst.get(desk.url("search/")).status_code == 403


def test_a_pet_or_a_plate_finds_its_own_visits_at_every_place_of_search(desk: Desk) -> None:
    bike = SubjectDetails("car", "Bonneville LD14 EHJ", {})
    other = book(desk, 10)
    visit = book(desk, 11, subject=bike)  # the same client, another matter
    for find in ("subject:LD14 EHJ", "subject:ld14ehj", "any:bonneville", "any:LD14 EHJ"):
        assert hits(desk, f"find={find}")["visits"] == [visit]
    assert sorted(hits(desk, "find=client:ilie")["visits"]) == [other, visit]
    assert hits(desk, "find=client:ilie&find=subject:LD15")["visits"] == []
    body = desk.reception.get(desk.url("search/?text=LD14 EHJ")).content.decode()
    assert body.count("<td>Bonneville") or "Bonneville LD14 EHJ" in body
    assert 'value="subject"' in body and "find=subject%3ABonneville+LD14+EHJ" in body
    for address in ("table/?q=LD14EHJ", "table/?q=Bonneville"):
        shown = desk.reception.get(desk.url(address)).content.decode()
        assert shown.count("Bonneville LD14 EHJ") == 1 and "For whom" in shown
    [found] = desk.reception.get(desk.url("clients.json?q=LD14EHJ")).json()["clients"]
    assert found["about"] == "Bonneville LD14 EHJ" and "Ilie" in found["name"]


def test_who_comes_with_nothing_sees_no_column_for_it(desk: Desk) -> None:
    book(desk, 10)
    for address in ("table/", "search/?text=ilie"):
        assert "For whom" not in desk.reception.get(desk.url(address)).content.decode()


@pytest.mark.parametrize(
    ("typed", "into"), [("23.11.2026", ""), ("23 Nov 2026", "day"), ("23/11/2026", "since")]
)
def test_a_date_is_understood_as_it_is_written(desk: Desk, typed: str, into: str) -> None:
    book(desk, 10)
    answer = desk.reception.get(desk.url("search/"), {"text": typed, "in": into})
    assert f'value="{into or "day"}:2026-11-23"' in answer.content.decode()
