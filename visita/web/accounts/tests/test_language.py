"""The language of the staff side is the person's own, on every device."""

import pytest
from django.test import Client

from tests import world
from visita.identity.models import User
from visita.web.desk.tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_the_chosen_language_is_kept_with_the_person() -> None:
    clinic = world.clinic()
    browser = signed_in(clinic.id, "reception")
    desk = f"/{clinic.slug}/desk/table/"
    assert b'lang="en"' in browser.get(desk).content
    answer = browser.post("/accounts/language/", {"language": "fi", "next": desk})
    assert answer["Location"] == desk
    page = browser.get(desk).content.decode()
    assert 'lang="fi"' in page and 'value="fi" lang="fi" aria-current="true"' in page


@pytest.mark.parametrize(
    ("sent", "leads"), [("https://evil.example/", "/desk/"), ("//evil.example", "/desk/"), ("/x", "/x")]
)
def test_it_leads_nowhere_else(sent: str, leads: str) -> None:
    browser = signed_in(world.clinic().id, "reception")
    assert browser.post("/accounts/language/", {"language": "xx", "next": sent})["Location"] == leads
    assert set(User.objects.values_list("language", flat=True)) <= {"en", "ro"}


def test_strangers_choose_nothing() -> None:
    assert Client().post("/accounts/language/", {"language": "fi"})["Location"].startswith("/accounts/login/")
    assert Client().get("/accounts/language/").status_code == 405
