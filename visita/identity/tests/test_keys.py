"""Keys of programs: shown once, found by their organization, gone when revoked."""

import pytest

from tests.tenants import Tenant
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import access, actions
from visita.identity.models import ApiKey


def test_a_key_opens_its_own_organization(tenant: Tenant) -> None:
    key, plaintext = actions.create_key(tenant.id, "Till", actor=SYSTEM)
    assert plaintext.startswith(f"{tenant.public_id}-")
    assert access.key_owner(plaintext) == (tenant.id, key)


def test_the_key_itself_is_not_kept(tenant: Tenant) -> None:
    _key, plaintext = actions.create_key(tenant.id, "Till", actor=SYSTEM)
    with scope(tenant.id):
        stored = ApiKey.objects.values().get()
    assert plaintext not in str(stored)


@pytest.mark.parametrize("wrong", ["", "-", "x", "AAAAAAAA-x", "\x00", "é" * 50, "\ud800"])
def test_a_wrong_key_opens_nothing(tenant: Tenant, wrong: str) -> None:
    assert access.key_owner(wrong) is None
    assert access.key_owner(f"{tenant.public_id}-{wrong}") is None


def test_a_key_with_anothers_prefix_opens_nothing(tenant: Tenant, stranger: Tenant) -> None:
    _key, plaintext = actions.create_key(tenant.id, "Till", actor=SYSTEM)
    secret = plaintext.partition("-")[2]
    assert access.key_owner(f"{stranger.public_id}-{secret}") is None


def test_a_revoked_key_opens_nothing_and_is_revoked_once(tenant: Tenant, stranger: Tenant) -> None:
    key, plaintext = actions.create_key(tenant.id, "Till", actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.revoke_key(stranger.id, key.pk, actor=SYSTEM)
    actions.revoke_key(tenant.id, key.pk, actor=SYSTEM)
    assert access.key_owner(plaintext) is None
    with pytest.raises(Refusal, match="not_found"):
        actions.revoke_key(tenant.id, key.pk, actor=SYSTEM)


def test_a_key_needs_a_label_and_a_role(tenant: Tenant) -> None:
    with pytest.raises(Refusal, match="required"):
        actions.create_key(tenant.id, " ", actor=SYSTEM)
    with pytest.raises(Refusal, match="bad_choice"):
        actions.create_key(tenant.id, "Till", role="root", actor=SYSTEM)


def test_actors_of_people_and_programs(tenant: Tenant) -> None:
    key, _plaintext = actions.create_key(tenant.id, "Till", actor=SYSTEM)
    actor = access.program(key, ip="192.0.2.1")
    assert (actor.kind, actor.id, actor.label, actor.source) == ("key", key.pk, "Till", "api")
