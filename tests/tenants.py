"""Two fresh organizations with one location each: the test's own, and one that must stay out of reach."""

import secrets
from dataclasses import dataclass

import pytest

from visita.foundation.actor import SYSTEM
from visita.tenancy.actions import add_location, create_organization


@dataclass(frozen=True, slots=True)
class Tenant:
    """Ids of a fresh organization in Bucharest."""

    id: int
    public_id: str
    location: int


def fresh() -> Tenant:
    """Another one."""
    slug = f"test-{secrets.token_hex(4)}"
    made = create_organization(slug, name="Meridian", zone="Europe/Bucharest", country="RO", actor=SYSTEM)
    location = add_location(made.pk, name="Centru", zone="Europe/Bucharest", actor=SYSTEM)
    return Tenant(made.pk, made.public_id, location.pk)


@pytest.fixture
def tenant(db: None) -> Tenant:
    """The organization of the test."""
    return fresh()


@pytest.fixture
def stranger(db: None) -> Tenant:
    """Another organization, whose rows must stay out of reach."""
    return fresh()
