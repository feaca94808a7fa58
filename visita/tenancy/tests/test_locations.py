"""Adding and changing locations."""

import pytest

from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions, queries
from visita.tenancy.models import Organization


def test_locations_stand_in_their_order(organization: Organization) -> None:
    for position, name in ((2, "Nord"), (1, "Centru")):
        actions.add_location(
            organization.pk, name=name, zone="Europe/Bucharest", position=position, actor=SYSTEM
        )
    with scope(organization.pk):
        assert [location.name for location in queries.locations()] == ["Centru", "Nord"]


def test_a_location_changes_but_not_its_zone(organization: Organization) -> None:
    made = actions.add_location(organization.pk, name="Centru", zone="Europe/Bucharest", actor=SYSTEM)
    changed = actions.change_location(organization.pk, made.pk, {"city": "Cluj"}, actor=SYSTEM)
    assert changed.city == "Cluj" and changed.activity_id != made.activity_id
    with pytest.raises(KeyError):
        actions.change_location(organization.pk, made.pk, {"zone": "UTC"}, actor=SYSTEM)


def test_anothers_location_is_not_found(organization: Organization) -> None:
    other = actions.create_organization(
        organization.slug + "-o", name="O", zone="UTC", country="RO", actor=SYSTEM
    )
    theirs = actions.add_location(other.pk, name="Theirs", zone="UTC", actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.change_location(organization.pk, theirs.pk, {"city": "X"}, actor=SYSTEM)
    with scope(organization.pk), pytest.raises(Refusal, match="not_found"):
        queries.location(theirs.pk)


def test_an_unknown_zone_is_refused(organization: Organization) -> None:
    with pytest.raises(Refusal, match="bad_datetime"):
        actions.add_location(organization.pk, name="X", zone="Europe/Atlantis", actor=SYSTEM)
