"""Who gets into which page of the desk and the office: every ready role at every address that can be opened (S3).

A page that is new here must be written into the table; until then the door for strangers is tried all the same.
"""

import pytest

from tests import world
from tests.hostile import addresses, cast
from visita.foundation import clock
from visita.identity.rights import ROLES

pytestmark = pytest.mark.django_db

OWNERS = {"owner", "administrator"}
FRONT_DESK = OWNERS | {"reception", "booking_centre"}
CLIENTS = FRONT_DESK | {"specialist"}
BOOKERS = CLIENTS | {"partner"}
WATCHERS = FRONT_DESK | {"online_keeper"}
STAFF = set(ROLES) - {"analyst"}

MAY = {
    **dict.fromkeys(("desk:day", "desk:agenda", "desk:month", "desk:rooms", "desk:places", "desk:calendar", "desk:list"), STAFF),
    **dict.fromkeys(("desk:table", "desk:journal", "desk:search", "desk:hits", "desk:now", "desk:parked"), STAFF),
    **dict.fromkeys(("desk:week_data", "desk:starts", "desk:reasons"), STAFF),
    **dict.fromkeys(("desk:clients", "desk:doubts", "desk:client_list", "desk:client"), CLIENTS),
    **dict.fromkeys(("desk:branches", "desk:services", "desk:new", "desk:asked", "desk:repeat"), BOOKERS),
    **dict.fromkeys(("desk:week", "desk:visit"), WATCHERS | {"specialist"}),  # of Ana, and a visit with her
    **dict.fromkeys(("desk:queue", "desk:queue_strip"), WATCHERS),
    "desk:new_block": FRONT_DESK | {"specialist"},  # the own calendar, or all that are seen
    "desk:then": OWNERS | {"reception"},
    "desk:export": OWNERS,
    "desk:source": OWNERS,
    "office:home": OWNERS | {"online_keeper", "analyst"},
    "office:funnel": OWNERS | {"analyst"},
    "office:look": OWNERS,
    "office:measuring": OWNERS,
    **dict.fromkeys(("office:services", "office:service"), OWNERS),
    **dict.fromkeys(("office:pages", "office:site", "office:preview"), OWNERS | {"online_keeper"}),
}  # fmt: skip
"""Page → the roles that get in; all others are refused."""

REFUSED = {403, 404}
STRANGERS = {302, 401, 405}


@pytest.fixture
def stage() -> cast.Stage:
    """A clinic with a visit."""
    with clock.at(world.NOW):
        return cast.stage()


def _inside() -> list[addresses.Address]:
    spaces = ("desk:", "office:")
    return [
        one for one in addresses.every() if one.name.startswith(spaces) and not one.name.endswith("last_used")
    ]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_pages_and_no_others(stage: cast.Stage, role: str) -> None:
    with clock.at(world.NOW):
        browser, wrong = stage.member(role), dict[str, int]()
        for one in _inside():
            if one.name not in MAY:
                continue
            code = browser.get(one.path(stage.values)).status_code
            if (role in MAY[one.name]) == (code in REFUSED) or code >= 500:
                wrong[one.name] = code
    assert not wrong


@pytest.mark.parametrize("role", ["client", "stranger"])
def test_who_is_no_member_is_led_to_the_sign_in(stage: cast.Stage, role: str) -> None:
    with clock.at(world.NOW):
        browser = stage.browser(role)
        for one in _inside():
            answer = browser.get(one.path(stage.values))
            assert answer.status_code in STRANGERS, one.name
            if answer.status_code == 302:
                assert answer["Location"].startswith("/accounts/"), one.name


def test_the_table_names_pages_that_exist() -> None:
    assert set(MAY) <= {one.name for one in _inside()}
