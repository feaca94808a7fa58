"""The list of clients, and what staff keep on a card: notes, tags, birthday, letters."""

import re
from typing import Any

import pytest

from tests import world
from visita.clients import actions as clients
from visita.clients import base
from visita.clients.models import Client, ClientNote, Tag
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk, signed_in
from visita.web.desk.tests.test_clients import book


@pytest.fixture
def maria(desk: Desk) -> int:
    """A client with a visit."""
    book(desk, 9)
    with scope(desk.clinic.id):
        return Client.objects.get().pk


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_list_finds_filters_and_leads_to_cards(desk: Desk, maria: int) -> None:
    clients.tag(desk.clinic.id, maria, "VIP", actor=world.STAFF, color="amber")
    clients.register(desk.clinic.id, world.person("Ion", "Pop", phone="0722000111"), actor=world.STAFF)
    every = desk.reception.get(desk.url("clients/"))
    assert "Patients 2" in text(every) and f"clients/{maria}/" in every.content.decode()
    assert "Mon 23 Nov" in text(every) and "VIP 1" in text(every)
    for asked, found in (
        ({"q": "ilieM."}, "Maria Ilie"),
        ({"q": "000111"}, "Ion Pop"),
        ({"q": "nobody"}, "Nobody fits"),
    ):
        assert found in text(desk.reception.get(desk.url("clients/"), asked))
    with scope(desk.clinic.id):
        tag = Tag.objects.get().pk
    tagged = text(desk.reception.get(desk.url("clients/"), {"tag": tag}))
    assert "Maria Ilie" in tagged and "Ion Pop" not in tagged
    assert desk.analyst.get(desk.url("clients/")).status_code == 403
    for wrong in ({"tag": "x"}, {"after": "x"}, {"q": "x" * 121}):
        assert desk.reception.get(desk.url("clients/"), wrong).status_code == 404


def test_a_large_number_of_clients_is_not_counted_to_its_end(
    desk: Desk, maria: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients.tag(desk.clinic.id, maria, "VIP", actor=world.STAFF, color="amber")
    monkeypatch.setattr(base, "COUNTED", 0)
    monkeypatch.setattr(base, "TAGGED", 0)
    shown = text(desk.reception.get(desk.url("clients/")))
    assert "Patients more than 0" in shown and "VIP more than 0" in shown


def test_a_note_too_long_is_refused_where_it_was_typed(desk: Desk, maria: int) -> None:
    made = clients.write_note(desk.clinic.id, maria, "Tea", actor=world.STAFF)
    notes = desk.url(f"clients/{maria}/notes")
    sent = {"text": "x" * 10_001, "version": 1}
    for address, place in ((f"{notes}/{made.pk}", "last"), (notes, "first")):
        html = desk.reception.post(address, sent).content.decode()
        boxes = re.findall(r'<textarea class="input" name="text"([^>]*)>([^<]*)<', html)
        texts = {"first": boxes[0][1], "last": boxes[-1][1]}
        assert texts.pop(place) == "x" * 10_001 and "x" * 10_001 not in texts.values()
        assert all("maxlength" not in attributes for attributes, _text in boxes)
        assert "This text has 10001 characters, 10000 fit" in html


def test_notes_are_written_changed_and_removed(desk: Desk, maria: int) -> None:
    url = desk.url(f"clients/{maria}/notes")
    assert desk.reception.post(url, {"text": "Afraid of needles"}).status_code == 302
    shown = text(desk.reception.get(desk.url(f"clients/{maria}/")))
    assert "Afraid of needles" in shown and "Reception" in shown
    with scope(desk.clinic.id):
        note = ClientNote.objects.get()
    assert desk.reception.post(f"{url}/{note.pk}", {"text": "Of dogs", "version": 1}).status_code == 302
    late = desk.reception.post(f"{url}/{note.pk}", {"text": "Of cats", "version": 1})
    assert late.status_code == 409
    empty = desk.reception.post(url, {"text": " "})
    assert empty.status_code == 422
    assert desk.reception.post(f"{url}/{note.pk}", {"remove": 1, "version": 2}).status_code == 302
    assert "No notes yet" in text(desk.reception.get(desk.url(f"clients/{maria}/")))
    assert desk.reception.post(f"{url}/999999", {"text": "x", "version": 1}).status_code == 404


def test_tags_go_on_and_off(desk: Desk, maria: int) -> None:
    url = desk.url(f"clients/{maria}/tags")
    assert desk.reception.post(url, {"name": "VIP", "color": "red"}).status_code == 302
    card = desk.reception.get(desk.url(f"clients/{maria}/")).content.decode()
    removal = re.search(r"clients/\d+/tags/(\d+)/removal", card)
    assert "tag-red" in card and removal is not None
    assert desk.reception.post(f"{url}/{removal[1]}/removal").status_code == 302
    assert desk.reception.post(f"{url}/{removal[1]}/removal").status_code == 404
    assert desk.reception.post(url, {"name": "VIP", "color": "pink"}).status_code == 422


def test_a_birthday_is_kept_and_told(desk: Desk, maria: int) -> None:
    url = desk.url(f"clients/{maria}/personal")
    sent = {"birth_date": "1980-11-22", "address": "Strada Paris 3", "city": "București"}
    assert desk.reception.post(url, sent).status_code == 302
    shown = text(desk.reception.get(desk.url(f"clients/{maria}/")))
    assert "46 years · today" in shown and "Strada Paris 3" in shown
    assert "Maria Ilie" in text(desk.reception.get(desk.url("clients/"), {"birthday": "today"}))
    assert desk.reception.post(url, {"birth_date": "2050-01-01"}).status_code == 422


def test_who_may_not_change_clients_changes_nothing(desk: Desk, maria: int) -> None:
    for path in ("notes", "tags", "personal"):
        assert desk.doctor.post(desk.url(f"clients/{maria}/{path}"), {"text": "x"}).status_code == 403
    doctor = signed_in(desk.clinic.id, "specialist", desk.clinic.ana)
    assert doctor.post(desk.url(f"clients/{maria}/personal"), {"city": "x"}).status_code == 403  # no phones
    assert "+40721555014" not in text(doctor.get(desk.url("clients/")))


def test_a_hint_stands_beside_the_client_of_a_new_visit(desk: Desk, maria: int) -> None:
    clients.tag(desk.clinic.id, maria, "VIP", actor=world.STAFF)
    shown = text(desk.reception.get(desk.url(f"clients/{maria}/hint/"), {"date": "2026-12-22"}))
    assert "VIP" in shown and "20% may not come" in shown and "Booked 30 days ahead" in shown
    assert desk.doctor.get(desk.url(f"clients/{maria}/hint/")).status_code == 403
    assert desk.reception.get(desk.url("clients/999999/hint/")).status_code == 404


def test_any_two_records_can_be_merged_from_the_card(desk: Desk, maria: int) -> None:
    twin = clients.register(
        desk.clinic.id, world.person("Mary", "Ilie", phone="0722000111"), actor=world.STAFF
    )
    card = desk.reception.get(desk.url(f"clients/{maria}/")).content.decode()
    assert f"?merge={maria}&amp;q=Ilie" in card
    found = desk.reception.get(desk.url("clients/"), {"merge": str(maria), "q": "Ilie"})
    assert f"clients/{maria}/compare/{twin.pk}/" in found.content.decode()
    assert f"compare/{maria}/" not in found.content.decode()
    assert "Who is the same person as Maria Ilie?" in text(found)
    assert desk.reception.get(desk.url("clients/"), {"merge": 999999}).status_code == 404
