"""Signing in by a code: whoever has the message comes in, and nobody learns who is a client."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from visita.foundation import clock
from visita.messaging import outgoing
from visita.web.front.me.tests.conftest import Maria, words


def test_a_phone_a_code_and_the_visits_are_there(maria: Maria) -> None:
    assert "Mobile phone or email" in words(maria.get())
    page = maria.ask()
    assert "If the number +40 ••• 014 is known to us" in words(page) and "no-store" in page["Cache-Control"]
    done = maria.post("session/", {"code_note": page.context["note"], "code": maria.outbox.code})
    assert done.status_code == 302
    cookie = done.cookies["visita_me"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]
    assert cookie["path"] == f"/{maria.visitor.clinic.slug}/me/"
    assert "Consultation" in words(maria.get()) and "Ana Pop" not in words(maria.visitor.get())


def test_an_email_does_it_too_and_staying_is_thirty_days(maria: Maria) -> None:
    done = maria.sign_in("Maria@Example.org", stay="on")
    assert done.cookies["visita_me"]["max-age"] == 30 * 86_400
    assert (
        maria.outbox.sent[-1].channel == "email" and "Your code for Meridian" in maria.outbox.sent[-1].subject
    )
    with clock.at(world.NOW + timedelta(days=30)):
        assert "Mobile phone or email" in words(maria.get())


def test_strangers_get_the_same_page_and_no_message(maria: Maria) -> None:
    known, sent = maria.ask(), len(maria.outbox.sent)
    unknown = maria.ask("0721 555 019")
    assert len(maria.outbox.sent) == sent == 1
    assert unknown.status_code == known.status_code == 200
    assert words(unknown).replace("019", "014") == words(known)
    note = len(known.context["note"]) - len(unknown.context["note"])
    assert abs(len(known.content) - len(unknown.content) - note) <= 2
    wrong = maria.post("session/", {"code_note": unknown.context["note"], "code": "000000"})
    assert wrong.status_code == 400 and "This code is not right" in words(wrong)


def test_strangers_wait_as_long(maria: Maria, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page asks the same of the database either way; the sending itself is a thread's affair."""
    monkeypatch.setattr(outgoing, "_send", lambda *_message: None)

    def asked(contact: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            maria.ask(contact)
        return [re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in queries]

    known = asked("maria@example.org")
    assert known and asked("nobody@example.org") == known


def test_a_wrong_code_says_how_many_tries_are_left(maria: Maria) -> None:
    page = maria.ask()
    wrong = f"{(int(maria.outbox.code) + 1) % 10**6:06d}"
    again = maria.post("session/", {"code_note": page.context["note"], "code": wrong, "stay": "on"})
    assert again.status_code == 400 and "4 tries are left" in words(again)
    assert maria.outbox.code not in page.content.decode() + again.content.decode()


@pytest.mark.parametrize("note", ["", "forged", "x:y:z"])
def test_a_forged_note_asks_anew(maria: Maria, note: str) -> None:
    page = maria.post("session/", {"code_note": note, "code": "123456"})
    assert page.status_code == 200 and "open for too long" in words(page)


def test_a_note_of_another_organization_opens_nothing(maria: Maria) -> None:
    note = maria.ask().context["note"]
    other = world.clinic()
    page = maria.visitor.browser.post(
        f"/{other.slug}/me/session/", {"code_note": note, "code": maria.outbox.code}
    )
    assert page.status_code == 200 and "visita_me" not in page.cookies


@pytest.mark.parametrize("typed", ["", "x", "\x00", "a@b", "0900 123 456", "+39 320 123 4567", "9" * 300])
def test_what_is_no_contact_is_said_at_the_field(maria: Maria, typed: str) -> None:
    page = maria.ask(typed)
    assert page.status_code == 422 and 'id="id_contact_error"' in page.content.decode()


def test_another_code_comes_after_a_pause(maria: Maria) -> None:
    note = maria.ask().context["note"]
    early = maria.post("session/", {"code_note": note, "again": "1"})
    assert "in 30 seconds" in words(early) and len(maria.outbox.sent) == 1
    with clock.at(world.NOW + timedelta(seconds=31)):
        page = maria.post("session/", {"code_note": note, "again": "1"})
        assert "A new code is on its way" in words(page) and len(maria.outbox.sent) == 2
        data = {"code_note": page.context["note"], "code": maria.outbox.code}
        assert maria.post("session/", data).status_code == 302


def test_signing_out_ends_every_door_of_the_session(maria: Maria) -> None:
    maria.sign_in()
    code = maria.link.split("/")[3]
    opened = maria.get(f"visits/{code}/")["Location"]
    assert maria.visitor.browser.get(opened).status_code == 200
    kept = maria.visitor.browser.cookies["visita_me"].value
    out = maria.post("session/end/")
    assert out.status_code == 302 and out.cookies["visita_me"].value == ""
    maria.visitor.browser.cookies["visita_me"] = kept
    assert "Mobile phone or email" in words(maria.get())
    assert maria.visitor.browser.get(opened).status_code == 404


@pytest.mark.parametrize("path", ["history/", "visits/K7QP3M2X/", "data/", "data.json", "people/1/"])
def test_nothing_is_shown_without_signing_in(maria: Maria, path: str) -> None:
    page = maria.get(path)
    assert page.status_code == 302 and page["Location"].endswith("/me/")
    maria.visitor.browser.cookies["visita_me"] = "x" * 500
    assert maria.get(path).status_code == 302


def test_another_site_cannot_send_these_forms(maria: Maria) -> None:
    page = maria.visitor.post("me/code/", {"contact": "0721 555 014"}, **{"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403 and maria.outbox.sent == []


def test_wrong_codes_and_asking_again_tell_strangers_and_clients_the_same(maria: Maria) -> None:
    """Every answer down to the last try, and what comes of asking once more too early and too often."""

    def told(contact: str, address: str) -> list[tuple[int, str]]:
        def post(path: str, data: dict[str, str]) -> Any:
            where = f"/{maria.visitor.clinic.slug}/me/{path}"
            return maria.visitor.browser.post(where, data, REMOTE_ADDR=address)

        first = post("code/", {"contact": contact})
        note, answers = first.context["note"], [first]
        answers += [post("session/", {"code_note": note, "code": "000000"}) for _ in range(6)]
        answers += [post("session/", {"code_note": note, "again": "1"}) for _ in range(4)]
        answers += [post("code/", {"contact": contact}) for _ in range(4)]
        return [(each.status_code, words(each).replace("019", "014")) for each in answers]

    known, unknown = told("0721 555 014", "192.0.2.1"), told("0721 555 019", "192.0.2.2")
    assert known == unknown
