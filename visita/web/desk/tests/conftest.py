"""A clinic with people at its desk: a receptionist, a doctor who sees only her own visits, an analyst who sees none."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client

from tests import world
from visita.foundation import clock
from visita.identity import actions as identity


@dataclass
class Desk:
    """The clinic, and browsers signed in as its people."""

    clinic: world.Clinic
    reception: Client
    doctor: Client
    analyst: Client

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
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def desk(db: None) -> Desk:
    """A fresh clinic and its people."""
    clinic = world.clinic()
    return Desk(
        clinic,
        signed_in(clinic.id, "reception"),
        signed_in(clinic.id, "specialist_view", clinic.ana),
        signed_in(clinic.id, "analyst"),
    )
