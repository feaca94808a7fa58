"""Looking changes nothing: mail scanners and preview programs open every address they find."""

import pytest

from tests import world
from tests.hostile import addresses, cast
from visita.foundation import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["client", "owner"])
def test_no_get_head_or_options_changes_a_row(role: str) -> None:
    with clock.at(world.NOW):
        stage = cast.stage()
        browser = stage.browser(role)
        before = cast.counted()
        assert before["bookings_visit"], "this test does not see what is written"
        for address in addresses.every():
            path = address.path(stage.values)
            for way in (browser.get, browser.head, browser.options):
                assert way(path).status_code < 500, path
            after = cast.counted()
            changed = {name for name in after if after[name] != before[name]}
            assert changed <= _may_write(address.name), (path, changed)
            before = after


def _may_write(name: str) -> set[str]:
    """What is written down of looking: that data were taken away, who at the desk opened what, which view it had."""
    exported = {"activity_activity"} if name in ("desk:export", "front:me-download") else set()
    return exported | ({"activity_reading", "identity_preference"} if name.startswith("desk:") else set())
