"""The client's card, what waits for a decision, merging and undoing from the desk."""

import re
from typing import Any

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.requests import Booked
from visita.clients import actions as clients
from visita.clients.models import Client, Difference, Double, Merge
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk, signed_in
from visita.web.desk.ways import Way


def book(desk: Desk, hour: int, **contact: str) -> Booked:
    wanted = world.request(desk.clinic, world.at(hour), who=desk.clinic.ana, client=world.person(**contact))
    booked = actions.book(desk.clinic.id, wanted, world.CLIENT)
    assert isinstance(booked, Booked)
    return booked


def rows(desk: Desk, model: Any) -> list[Any]:
    with scope(desk.clinic.id):
        return list(model.objects.order_by("id"))


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def twins(desk: Desk) -> list[int]:
    """Two records of one person and the third that a booking made beside them."""
    made = [clients.register(desk.clinic.id, world.person(), actor=world.STAFF).pk for _twice in range(2)]
    book(desk, 9)
    return [*made, rows(desk, Client)[-1].pk]


def test_a_card_shows_data_and_visits(desk: Desk) -> None:
    booked = book(desk, 9)
    actions.cancel(desk.clinic.id, book(desk, 10).visit_id, world.STAFF)
    card = desk.reception.get(desk.url(f"clients/{rows(desk, Client)[0].pk}/"))
    shown = text(card)
    assert "Maria Ilie" in shown and "+40721555014" in shown and "Consultation · Ana Pop" in shown
    assert "300 lei" in shown and "missed 0, cancelled 1" in shown
    assert f"visits/{booked.visit_id}/" in card.content.decode()


@pytest.mark.parametrize("path", ["clients/999999999/", "clients/999999999/compare/1/"])
def test_unknown_clients_are_not_there(desk: Desk, path: str) -> None:
    assert desk.reception.get(desk.url(path)).status_code == 404


def test_who_may_see_no_clients_is_kept_out(desk: Desk) -> None:
    book(desk, 9)
    pk = rows(desk, Client)[0].pk
    for path in (f"clients/{pk}/", "doubts/"):
        assert desk.analyst.get(desk.url(path)).status_code == 403
    doctor = signed_in(desk.clinic.id, "specialist", desk.clinic.mihai)
    shown = text(doctor.get(desk.url(f"clients/{pk}/")))
    assert "+40721555014" not in shown and "Consultation" not in shown  # neither phones nor others' visits


def test_data_is_changed_and_what_is_hidden_stays(desk: Desk) -> None:
    book(desk, 9)
    pk, url = rows(desk, Client)[0].pk, desk.url(f"clients/{rows(desk, Client)[0].pk}/")
    sent = {
        "version": "1",
        "first_name": "Maria",
        "last_name": "Stan",
        "phone": "0722 000 111",
        "note": "Tea",
    }
    assert desk.reception.post(url, sent).status_code == 302
    doctor = signed_in(desk.clinic.id, "specialist", desk.clinic.ana)
    assert doctor.post(url, {"version": "2", "first_name": "Maria", "last_name": "Rus"}).status_code == 302
    client = rows(desk, Client)[0]
    assert (client.pk, client.last_name, client.phone_e164, client.note) == (pk, "Rus", "+40722000111", "")
    late = desk.reception.post(url, sent)
    assert late.status_code == 409 and 'value="Stan"' in late.content.decode()
    wrong = desk.reception.post(url, {**sent, "version": "3", "phone": "12"})
    assert wrong.status_code == 422 and 'value="12"' in wrong.content.decode()


def test_what_waits_is_told_in_two_digits() -> None:
    said = [Way("doubts", "", "", "", waiting).badge for waiting in (0, 1, 99, 100, 4711)]
    assert said == ["", "1", "99", "99+", "99+"]


def test_a_difference_is_seen_and_decided(desk: Desk) -> None:
    book(desk, 9, email="maria@x.ro")
    other = book(desk, 10, email="new@x.ro")
    panel = desk.reception.get(desk.url(f"visits/{other.visit_id}/"))
    assert "Typed other data than we have" in text(panel)
    page = desk.reception.get(desk.url("doubts/"))
    assert '<span class="badge">1</span>' in page.content.decode()
    assert "maria@x.ro" in text(page) and "new@x.ro" in text(page)
    url = desk.url(f"differences/{rows(desk, Difference)[0].pk}/accept")
    assert desk.reception.post(url, {"back": desk.url("doubts/")})["Location"] == desk.url("doubts/")
    assert rows(desk, Client)[0].email == "new@x.ro"
    assert "Nothing waits" in text(desk.reception.get(desk.url("doubts/")))
    again = desk.reception.post(url)
    assert again.status_code == 409 and "decided this meanwhile" in text(again)


def test_one_press_merges_and_one_undoes(desk: Desk) -> None:
    known, _twin, made = twins(desk)
    assert text(desk.reception.get(desk.url("doubts/"))).count("One person: merge") == 3
    url = desk.url(f"clients/{known}/merge")
    assert desk.reception.post(url, {"other": made})["Location"] == desk.url(f"clients/{known}/")
    assert desk.reception.get(desk.url(f"clients/{made}/"))["Location"] == desk.url(f"clients/{known}/")
    card = text(desk.reception.get(desk.url(f"clients/{known}/")))
    assert "Undo the merge" in card and "Consultation" in card
    merge = rows(desk, Merge)[0]
    assert desk.reception.post(desk.url(f"merges/{merge.pk}/undo")).status_code == 302
    assert "Consultation" in text(desk.reception.get(desk.url(f"clients/{made}/")))


def test_two_people_stay_two(desk: Desk) -> None:
    twins(desk)
    for pair in rows(desk, Double):
        back = {"back": "https://elsewhere.example/"}
        assert desk.reception.post(desk.url(f"doubles/{pair.pk}/apart"), back)["Location"] == desk.url(
            "doubts/"
        )
    assert "Nothing waits" in text(desk.reception.get(desk.url("doubts/")))


def test_fields_are_compared_and_chosen(desk: Desk) -> None:
    book(desk, 9, email="a@x.ro")
    book(desk, 10, phone="+40722000111", email="b@x.ro")
    one, other = (client.pk for client in rows(desk, Client))
    page = desk.reception.get(desk.url(f"clients/{one}/compare/{other}/"))
    assert 'name="take_email" value="other"' in page.content.decode() and "visits 1" in text(page)
    sent = {"other": other, "version": 1, "other_version": 1, "take_email": "other", "take_phone": "survivor"}
    assert desk.reception.post(desk.url(f"clients/{one}/merge"), sent).status_code == 302
    kept = rows(desk, Client)[0]
    assert (kept.email, kept.phone) == ("b@x.ro", "+40721555014")


def test_a_reader_may_not_decide(desk: Desk) -> None:
    known, _twin, made = twins(desk)
    assert desk.doctor.post(desk.url(f"clients/{known}/merge"), {"other": made}).status_code == 403


def test_what_the_client_wrote_stays_beside_the_note(desk: Desk) -> None:
    wanted = world.request(desk.clinic, world.at(9), who=desk.clinic.ana, note="It hurts")
    booked = actions.book(desk.clinic.id, wanted, world.CLIENT)
    assert isinstance(booked, Booked)
    actions.note(desk.clinic.id, booked.visit_id, "Call back", world.STAFF)
    shown = text(desk.reception.get(desk.url(f"visits/{booked.visit_id}/")))
    assert "What the patient wrote It hurts" in shown and "Call back" in shown


def test_a_slip_of_the_hand_is_forgiven_and_said(desk: Desk) -> None:
    book(desk, 9)
    found = desk.reception.get(desk.url("clients.json"), {"q": "ilje maria"}).json()
    assert [each["name"] for each in found["clients"]] == ["Maria Ilie"] and found["similar"] is True
    found = desk.reception.get(desk.url("clients.json"), {"q": "ilie"}).json()
    assert len(found["clients"]) == 1 and found["similar"] is False
    assert "one letter away" in text(desk.reception.get(desk.url("clients/"), {"q": "marua"}))
    assert desk.reception.get(desk.url("clients.json"), {"q": "xyzzy"}).json() == {
        "clients": [],
        "similar": False,
    }
