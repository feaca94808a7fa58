"""An address said with a booking: it recognises a client, never overwrites, and tells nobody anything."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tenants import Tenant
from visita.clients import actions, doubts
from visita.clients.details import Details
from visita.clients.matching import address_key
from visita.clients.models import Client, Difference, PersonalData
from visita.clients.personal_data import Personal
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope

HOME = "Str. Paris nr. 3, ap. 12"
ANA = Details("Ana", "Pop", "0722 123 456", address=HOME)


def find(tenant: Tenant, details: Details) -> int:
    return int(actions.find_or_register(tenant.id, details, actor=SYSTEM, country="RO").pk)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("str paris nr 3 AP 12", True),
        ("STR. PARIS, NR.3 ap.12", True),
        ("Str. Paris nr. 4, ap. 12", False),
        ("", False),
    ],
)
def test_the_same_address_is_the_same_client(tenant: Tenant, typed: str, same: bool) -> None:
    known = find(tenant, ANA)
    assert (find(tenant, Details("ana", "POP", address=typed)) == known) is same


def test_another_name_at_the_address_is_another_client(tenant: Tenant) -> None:
    assert find(tenant, ANA) != find(tenant, Details("Ion", "Pop", address=HOME))


def test_two_of_one_name_at_one_address_are_shown_to_staff(tenant: Tenant) -> None:
    for _twice in range(2):
        actions.register(tenant.id, ANA, actor=SYSTEM)
    find(tenant, Details("Ana", "Pop", address=HOME))
    with scope(tenant.id):
        assert len(doubts.pairs()) == 3


def test_another_address_is_a_difference_that_staff_may_take(tenant: Tenant) -> None:
    known = find(tenant, ANA)
    assert find(tenant, Details("Ana", "Pop", "0722 123 456", address="Str. Roma nr. 9")) == known
    with scope(tenant.id):
        assert PersonalData.objects.get().address == HOME
        said = doubts.differences()[0]
        assert (said.difference.field, said.known, said.difference.value) == (
            "address",
            HOME,
            "Str. Roma nr. 9",
        )
        waiting = Difference.objects.get().pk
    actions.accept_difference(tenant.id, waiting, actor=SYSTEM)
    assert find(tenant, Details("Ana", "Pop", address="str roma nr 9")) == known
    with scope(tenant.id):
        assert Client.objects.count() == 1


def test_an_address_of_the_card_recognises_too(tenant: Tenant) -> None:
    known = find(tenant, Details("Ana", "Pop", "0722 123 456"))
    actions.set_personal_data(tenant.id, known, Personal(address=HOME), actor=SYSTEM)
    assert find(tenant, Details("Ana", "Pop", address=HOME)) == known
    actions.set_personal_data(tenant.id, known, Personal(address=""), actor=SYSTEM)
    assert find(tenant, Details("Ana", "Pop", address=HOME)) != known


def test_whether_it_was_known_costs_the_same(tenant: Tenant) -> None:
    find(tenant, ANA)
    counts = set()
    for details in (
        ANA,
        Details("Ana", "Pop", "0722 123 456", address="Str. Roma 9"),
        Details("Ion", "Nou", address=HOME),
    ):
        with CaptureQueriesContext(connection) as asked:
            find(tenant, details)
        counts.add(len(asked))
    assert len(counts) == 1


@pytest.mark.parametrize("address", ["", "here", "12", "нет", "Paris"])
def test_what_means_no_one_place_is_no_key(address: str) -> None:
    assert address_key(address) == ""
