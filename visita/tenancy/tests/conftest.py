"""An organization of this test's own."""

import secrets

import pytest

from visita.foundation.actor import SYSTEM
from visita.tenancy.actions import create_organization
from visita.tenancy.models import Organization


@pytest.fixture
def organization(db: None) -> Organization:
    """In Bucharest, without locations."""
    slug = f"test-{secrets.token_hex(4)}"
    return create_organization(slug, name="Meridian", zone="Europe/Bucharest", country="RO", actor=SYSTEM)
