"""A clinic with people at its desk: a receptionist, a doctor who sees only her own visits, an analyst who sees none."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest
from django.test import Client

from tests import signing, world
from visita.foundation import clock
from visita.identity import actions as identity


@dataclass
class Desk:
    """The clinic, and browsers signed in as its people once they are asked for."""

    clinic: world.Clinic

    @cached_property
    def reception(self) -> Client:
        """Of the receptionist."""
        return signed_in(self.clinic.id, "reception")

    @cached_property
    def doctor(self) -> Client:
        """Of Ana, who sees only her own visits."""
        return signed_in(self.clinic.id, "specialist_view", self.clinic.ana)

    @cached_property
    def owner(self) -> Client:
        """Of who may do everything."""
        return signed_in(self.clinic.id, "owner")

    @cached_property
    def analyst(self) -> Client:
        """Of one who sees no visits."""
        return signed_in(self.clinic.id, "analyst")

    def url(self, path: str = "") -> str:
        """An address of the clinic's desk."""
        return f"/{self.clinic.slug}/desk/{path}"


@pytest.fixture(autouse=True)
def sunday() -> Iterator[None]:
    """The clock of the cast."""
    with clock.at(world.NOW):
        yield


def signed_in(organization: int, role: str, resource: int | None = None) -> Client:
    """A browser of a member with this role."""
    email = f"{role}-{organization}@example.org".replace("_", "-")
    user = identity.create_user(email=email, password="a long Passw0rd 1", name=role.title())
    identity.add_member(organization, user.pk, role, resource_id=resource, actor=world.STAFF)
    return signing.signed_in(user)


@pytest.fixture
def desk(db: None) -> Desk:
    """A fresh clinic and its people."""
    return Desk(world.clinic())
