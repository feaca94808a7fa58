"""A password beside the codes: only where the organization wants it, guessed in vain, silent about who is known."""

from datetime import timedelta
from typing import Any

import pytest

from tests import world
from visita.clients.models import ClientPassword, ClientSession
from visita.foundation import clock
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.front.me.tests.conftest import PHONE, Maria, minute, words

SENTENCE = "the cat sleeps at noon"


@pytest.fixture
def with_password(maria: Maria) -> Maria:
    """Maria has set one and is signed out."""
    tenancy.set_setting(maria.visitor.clinic.id, "client_password", True, actor=world.STAFF)
    maria.sign_in()
    assert maria.post("own-password/change/", {"password": SENTENCE}).status_code == 302
    maria.post("session/end/")
    return maria


def _try(maria: Maria, password: str = SENTENCE, contact: str = PHONE, **more: str) -> Any:
    return maria.post("password/session/", {"contact": contact, "password": password, **more})


def test_without_the_setting_there_is_no_password(maria: Maria) -> None:
    assert maria.get("password/").status_code == 404 and _try(maria).status_code == 404
    assert "Sign in with a password" not in words(maria.get())
    maria.sign_in()
    assert maria.get("own-password/").status_code == 404
    assert maria.post("own-password/change/", {"password": SENTENCE}).status_code == 404


def test_set_it_and_come_in_by_it(with_password: Maria) -> None:
    maria = with_password
    assert "A password for your account at Meridian was set" in maria.outbox.sent[-1].body
    assert "Sign in with a password" in words(maria.get())
    done = _try(maria, stay="on")
    assert done.status_code == 302 and done.cookies["visita_me"]["max-age"] == 30 * 86_400
    assert "Consultation" in words(maria.get())
    with scope(maria.visitor.clinic.id):
        [kept] = ClientPassword.objects.all()
    assert "cat" not in kept.digest and "40721555014" not in kept.contact


@pytest.mark.parametrize("contact", [PHONE, "0721 555 019"])
def test_wrong_and_unknown_get_the_same_answer(with_password: Maria, contact: str) -> None:
    page = _try(with_password, "the dog sleeps at noon", contact)
    assert page.status_code == 400 and "visita_me" not in page.cookies
    assert "do not belong together" in words(page)


def test_a_password_that_was_never_set_opens_nothing(maria: Maria) -> None:
    tenancy.set_setting(maria.visitor.clinic.id, "client_password", True, actor=world.STAFF)
    for typed in ("", SENTENCE, "\x00", "x" * 5000):
        assert _try(maria, typed).status_code == 400


def test_ten_wrong_ones_and_only_a_code_leads_in(with_password: Maria) -> None:
    for _turn in range(10):
        assert _try(with_password, "wrong").status_code == 400
    page = _try(with_password)
    assert page.status_code == 429 and "Sign in with a code" in words(page) and page["Retry-After"]
    assert with_password.sign_in().status_code == 302


@pytest.mark.parametrize("typed", ["", "short", "password1234", "x" * 300])
def test_weak_ones_are_refused_in_words(maria: Maria, typed: str) -> None:
    tenancy.set_setting(maria.visitor.clinic.id, "client_password", True, actor=world.STAFF)
    maria.sign_in()
    page = maria.post("own-password/change/", {"password": typed})
    assert page.status_code == 422 and 'id="id_password_error"' in page.content.decode()
    assert "too short" not in words(page)  # the framework's words for it are not in all our languages
    with scope(maria.visitor.clinic.id):
        assert not ClientPassword.objects.exists()


def test_changing_it_later_asks_for_the_present_one(with_password: Maria) -> None:
    _try(with_password, stay="on")
    with clock.at(world.NOW + timedelta(minutes=16)):
        assert "Present password" in words(with_password.get("own-password/"))
        other = {"password": "the dog sleeps at noon"}
        assert with_password.post("own-password/change/", {**other, "present": "wrong"}).status_code == 400
        assert with_password.post("own-password/change/", {"remove": "1"}).status_code == 400
        assert with_password.post("own-password/change/", {**other, "present": SENTENCE}).status_code == 302


def test_a_new_one_signs_out_other_devices(with_password: Maria) -> None:
    clinic = with_password.visitor.clinic
    _try(with_password)
    first = with_password.visitor.browser.cookies["visita_me"].value
    with_password.visitor.browser.cookies.clear()
    with_password.sign_in()
    assert with_password.post("own-password/change/", {"password": "a quite new sentence"}).status_code == 302
    with scope(clinic.id):
        assert ClientSession.objects.filter(ended_at=None).count() == 1
    with_password.visitor.browser.cookies["visita_me"] = first
    assert "Mobile phone or email" in words(with_password.get())


def test_done_without_again(with_password: Maria) -> None:
    with_password.sign_in()
    with_password.post("own-password/change/", {"remove": "1"})
    assert _try(with_password).status_code == 400


def test_a_number_that_went_to_somebody_else_needs_a_code(with_password: Maria) -> None:
    """Whoever had it before does not see the visits of who has it now."""
    with clock.at(world.NOW + timedelta(hours=1)):
        with_password.visitor.book(minute(11), first_name="Elena", last_name="Dobre")
        assert _try(with_password).status_code == 400
