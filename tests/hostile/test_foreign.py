"""What belongs to one organization opens nothing at another: answered as if it did not exist."""

import pytest

from tests import world
from tests.hostile import addresses, cast
from tests.hostile.test_forms import staff_only
from visita.foundation import clock

pytestmark = pytest.mark.django_db
OWN = {"organization"}
FREE = {"kind", "form", "link", "digest", "role"}


@pytest.mark.parametrize("role", ["client", "owner"])
def test_ids_of_another_organization_are_as_unknown(role: str) -> None:
    with clock.at(world.NOW):
        here, there = cast.stage(), cast.stage()
        browser = here.browser(role)
        for address in addresses.every():
            named = [name for _kind, name in address.places if name not in OWN | FREE]
            if not named or staff_only(address) != (role == "owner"):
                continue
            crossed = address.path({**there.values, "organization": here.clinic.slug})
            unknown = address.path({**here.values, **dict.fromkeys(named, 987654)})
            answers = [browser.get(crossed).status_code, browser.get(unknown).status_code]
            assert answers[0] == answers[1] and answers[0] in (302, 404, 405), (crossed, answers)


def test_notes_of_another_organization_open_nothing() -> None:
    with clock.at(world.NOW):
        here, there = cast.stage(), cast.stage()
        browser, before = here.browser("stranger"), cast.counted()
        for path in ("booking/", "back/", "hold/extension/"):
            assert browser.post(f"/{here.clinic.slug}/{path}", there.fields).status_code == 410, path
        entered = browser.post(f"/{here.clinic.slug}/me/session/", {**there.fields, "code": "123456"})
        assert not entered.cookies and b"open for too long" in entered.content
        assert cast.counted() == before
