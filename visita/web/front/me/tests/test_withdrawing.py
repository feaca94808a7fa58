"""A client takes back the agreement to marketing, by the manage link or in the account; both stay as evidence."""

from typing import Any

import pytest

from tests import world
from visita.activity.models import Activity
from visita.bookings import consents
from visita.bookings.models import Acceptance, Visit, Withdrawal
from visita.catalog import actions as catalog
from visita.foundation.scope import scope
from visita.web.front.me.tests.conftest import Maria
from visita.web.front.tests.conftest import minute, words


@pytest.fixture
def agreed(maria: Maria) -> str:
    """She booked once more, and ticked the terms and offers by mail; the manage link."""
    house, staff = maria.visitor.clinic.id, world.STAFF
    terms = catalog.add_consent(house, {"en": "I read the terms."}, actor=staff)
    offers = catalog.add_consent(
        house, {"en": "Send me offers."}, purpose="marketing", required=False, actor=staff
    )
    ticked = {f"consent_{each.pk}": "1" for each in (terms, offers)}
    return maria.visitor.book(minute(11), email="maria@example.org", **ticked)


def _living(maria: Maria) -> list[str]:
    with scope(maria.visitor.clinic.id):
        return [each.label for each in consents.living(Visit.objects.first().client_id)]  # type: ignore[union-attr]


def _press(maria: Maria, link: str) -> Any:
    return maria.visitor.browser.post(f"{link}withdrawal/")


def test_by_the_manage_link(maria: Maria, agreed: str) -> None:
    assert _living(maria) == ["Send me offers."]
    page = maria.visitor.browser.get(agreed)
    assert page.content.decode().count("/withdrawal/") == 1  # the terms were agreed for good
    done = _press(maria, agreed)
    assert done.status_code == 302 and done["Cache-Control"] == "no-store"
    text = words(maria.visitor.browser.get(done["Location"]))
    assert "You will get no more offers" in text and "Withdrawn Sun" in text and "Withdraw this" not in text
    assert _living(maria) == []
    with scope(maria.visitor.clinic.id):
        (row,) = Withdrawal.objects.all()
        assert Acceptance.objects.count() == 2 and row.ip == "127.0.0.1" and row.at == world.NOW
        event = Activity.objects.get(verb="consent.withdrawn")
    assert (event.pk, event.actor_kind) == (row.activity_id, "client")


def test_a_second_press_changes_nothing(maria: Maria, agreed: str) -> None:
    for _press_again in range(2):
        assert _press(maria, agreed).status_code == 302
    with scope(maria.visitor.clinic.id):
        assert Withdrawal.objects.count() == 1


def test_in_the_account(maria: Maria, agreed: str) -> None:
    maria.sign_in()
    person = maria.person
    assert "Send me offers." in words(maria.get(person))
    assert maria.post(f"{person}withdrawal/").status_code == 302
    assert "Send me offers." not in words(maria.get(person)) and _living(maria) == []


def test_whoever_agrees_again_is_asked_again(maria: Maria, agreed: str) -> None:
    _press(maria, agreed)
    with scope(maria.visitor.clinic.id):
        ticked = {f"consent_{pk}": "1" for pk in Acceptance.objects.values_list("consent_id", flat=True)}
    maria.visitor.book(minute(12), email="maria@example.org", **ticked)
    assert _living(maria) == ["Send me offers."]


def test_a_wrong_link_withdraws_nothing(maria: Maria, agreed: str) -> None:
    assert _press(maria, agreed[:-3] + "xx/").status_code == 404
    assert _press(maria, agreed.replace(maria.visitor.clinic.slug, world.clinic().slug)).status_code == 404
    assert maria.post("people/1/withdrawal/").status_code == 302  # nobody is signed in: to the sign-in
    assert _living(maria) == ["Send me offers."]
