"""A clinic and its people before the office's door."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client

from tests import signing, world
from visita.foundation import clock
from visita.identity import actions as identity


@dataclass
class Office:
    """The clinic and a browser for each role."""

    clinic: world.Clinic

    def url(self, path: str = "") -> str:
        """An address of the clinic's office."""
        return f"/{self.clinic.slug}/office/{path}"

    def sign_in(self, role: str) -> Client:
        """A browser of a member with this role."""
        email = f"{role}-{self.clinic.id}@example.org".replace("_", "-")
        user = identity.create_user(email=email, password="a long Passw0rd 1", name=role.title())
        identity.add_member(self.clinic.id, user.pk, role, actor=world.STAFF)
        return signing.signed_in(user)


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    """A fresh clinic, on the cast's Sunday."""
    with clock.at(world.NOW):
        yield Office(world.clinic())
