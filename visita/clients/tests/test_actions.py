"""Registering, matching and changing clients."""

from dataclasses import replace

import pytest

from tests.tenants import Tenant
from visita.activity.models import Activity
from visita.clients import actions, queries, verbs
from visita.clients.details import Details
from visita.clients.models import Client, SearchKey
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

ANA = Details("Ana", "Pop", "0722 123 456", "Ana@X.ro")


def test_a_client_is_kept_as_told_with_what_matches(tenant: Tenant) -> None:
    made = actions.register(tenant.id, ANA, actor=SYSTEM)
    assert (made.phone, made.phone_e164, made.email) == ("0722 123 456", "+40722123456", "ana@x.ro")
    with scope(tenant.id):
        event = Activity.objects.get(object_kind="client")
    assert (event.verb, event.pk) == (verbs.CLIENT_REGISTERED, made.activity_id)
    assert "Ana" not in str(event.payload)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("first_name", "", "required"),
        ("first_name", "a\u202eb", "text_invalid"),
        ("last_name", "x" * 121, "too_long"),
        ("phone", "123", "phone_invalid"),
        ("email", "no", "email_invalid"),
        ("note", "x" * 10_001, "too_long"),
        ("language", "klingon", "language_invalid"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(tenant: Tenant, field: str, value: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        actions.register(tenant.id, replace(ANA, **{field: value}), actor=SYSTEM)
    assert (caught.value.code, caught.value.field) == (code, field)
    with scope(tenant.id):
        assert not Client.objects.exists()


@pytest.mark.parametrize(
    ("again", "same"),
    [
        (Details("ANA", "Pop", "+40722123456"), True),
        (Details("ana", "pop", email="ana@x.ro"), True),
        (Details("Ana", "Pop", "0733 123 456"), False),
        (Details("Ana", "Popa", "0722 123 456"), False),
        (Details("Ana", "Pop"), False),
    ],
)
def test_who_is_the_same(tenant: Tenant, again: Details, same: bool) -> None:
    first = actions.find_or_register(tenant.id, ANA, actor=SYSTEM)
    second = actions.find_or_register(tenant.id, again, actor=SYSTEM)
    assert (first.pk == second.pk) is same
    with scope(tenant.id):
        assert queries.client(first.pk).phone == "0722 123 456"


def test_two_fits_are_two_people_until_merged(tenant: Tenant) -> None:
    known = {actions.register(tenant.id, ANA, actor=SYSTEM).pk for _twice in range(2)}
    assert actions.find_or_register(tenant.id, ANA, actor=SYSTEM).pk not in known


def test_an_imported_client_is_found_by_its_own_id(tenant: Tenant) -> None:
    row = Details("Patient 7", source="vitoria", external_id="7")
    first = actions.find_or_register(tenant.id, row, actor=SYSTEM, lenient=True)
    other = replace(row, first_name="Somebody", phone="not a phone")
    assert actions.find_or_register(tenant.id, other, actor=SYSTEM, lenient=True).pk == first.pk


def test_matching_stays_within_the_organization(tenant: Tenant, stranger: Tenant) -> None:
    theirs = actions.find_or_register(stranger.id, ANA, actor=SYSTEM)
    assert actions.find_or_register(tenant.id, ANA, actor=SYSTEM).pk != theirs.pk
    with scope(tenant.id), pytest.raises(Refusal, match="not_found"):
        queries.client(theirs.pk)


def test_a_change_raises_the_version_and_renews_the_keys(tenant: Tenant) -> None:
    made = actions.register(tenant.id, ANA, actor=SYSTEM)
    changed = actions.change(tenant.id, made.pk, Details("Ana", "Ionescu"), actor=SYSTEM, version=1)
    assert (changed.version, changed.phone_e164) == (2, "")
    with scope(tenant.id):
        keys = sorted(SearchKey.objects.values_list("key", flat=True))
        assert [key for key in keys if key[0] != "="] == ["ana", "ionescu"]
    with pytest.raises(Refusal) as caught:
        actions.change(tenant.id, made.pk, ANA, actor=SYSTEM, version=1)
    assert (caught.value.code, caught.value.extra["version"]) == ("changed_meanwhile", 2)


def test_anothers_client_cannot_be_changed(tenant: Tenant, stranger: Tenant) -> None:
    theirs = actions.register(stranger.id, ANA, actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.change(tenant.id, theirs.pk, ANA, actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.add_subject(tenant.id, theirs.pk, "cat", "Misse", actor=SYSTEM)


def test_subjects_belong_to_their_client(tenant: Tenant) -> None:
    ana = actions.register(tenant.id, ANA, actor=SYSTEM)
    cat = actions.add_subject(
        tenant.id, ana.pk, "cat", "Pörri", details={"breed": "maatiainen"}, actor=SYSTEM
    )
    with scope(tenant.id):
        assert queries.subjects(ana.pk) == [cat]
        assert queries.subject(cat.pk, ana.pk) == cat
        assert queries.subject_like(ana.pk, "cat", " porri ") == cat
        assert queries.subject_like(ana.pk, "dog", "Pörri") is None
        with pytest.raises(Refusal, match="not_found"):
            queries.subject(cat.pk, ana.pk + 1)


def test_facts_of_a_subject_are_few_and_short(tenant: Tenant) -> None:
    ana = actions.register(tenant.id, ANA, actor=SYSTEM)
    many = {str(number): "x" for number in range(21)}
    with pytest.raises(Refusal, match="bad_number"):
        actions.add_subject(tenant.id, ana.pk, "cat", "Misse", details=many, actor=SYSTEM)
    with pytest.raises(Refusal, match="too_long"):
        actions.add_subject(tenant.id, ana.pk, "cat", "Misse", details={"breed": "x" * 201}, actor=SYSTEM)
