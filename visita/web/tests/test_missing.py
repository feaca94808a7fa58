"""The page where nothing is speaks the reader's language."""

import pytest
from django.test import Client

from tests import world
from visita.identity import actions as identity
from visita.web import missing

pytestmark = pytest.mark.django_db


def lang(browser: Client, path: str, **headers: str) -> str:
    answer = browser.get(path, headers=headers)
    assert answer.status_code == 404
    return str(answer.content.decode().partition('lang="')[2].partition('"')[0])


def test_nothing_below_an_organization_is_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = world.clinic()
    monkeypatch.setattr(missing, "offered", lambda _profile: ["en", "ro", "it"])
    assert lang(Client(), f"/{cast.slug}/nothing/at/all/", accept_language="fi,it;q=0.5") == "it"
    assert lang(Client(), f"/{cast.slug}/nothing/at/all/?lang=ro") == "ro"
    assert lang(Client(), "/nothing-is-here/at/all/", accept_language="it") == "it"


def test_who_is_signed_in_reads_the_own_language() -> None:
    cast = world.clinic()
    user = identity.create_user(
        email="fi@example.org", password="a long Passw0rd 1", name="Aino", language="fi"
    )
    identity.add_member(cast.id, user.pk, "reception", actor=world.STAFF)
    browser = Client()
    browser.force_login(user)
    assert lang(browser, f"/{cast.slug}/desk/visits/99999999/") == "fi"
