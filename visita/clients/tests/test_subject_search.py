"""Clients are found by what they come with: pets, children, vehicles and their plates."""

import pytest

from tests.tenants import Tenant
from visita.clients import actions, subject_search
from visita.clients.details import Details
from visita.clients.models import Client
from visita.clients.search import search, themselves
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope


@pytest.fixture
def owner(tenant: Tenant) -> Client:
    """A client with a dog, a motorcycle and two cars, one typed in Cyrillic letters, one with its plate as a fact."""
    with scope(tenant.id):
        client = actions.register.here(
            Details("Agnieszka", "Taylor", "0722 123 456"), actor=SYSTEM, country="RO"
        )
        for name, facts in (
            ("Zwiebel", {"breed": "Puli"}),
            ("Triumph Bonneville LD14 EHJ", {}),
            ("Lada А123ВС77", {}),
            ("Dacia", {"plate": "AR 01 MAX"}),
        ):
            actions.add_subject.here(client.pk, "thing", name, details=facts, actor=SYSTEM)
    return client


@pytest.mark.parametrize(
    "typed",
    [
        "Zwiebel", "zwie", "LD14 EHJ", "ld14ehj", "LD-14-EHJ", "LD 14 E", "EHJ", "14EHJ", "bonneville", "Triumph LD14",
        "А123ВС77", "A123BC77", "a 123 bc", "123вс", "AR 01 MAX", "ar01max", "AR-01-M",
    ],
)  # fmt: skip
@pytest.mark.parametrize("contacts", [True, False])
def test_a_pet_or_a_plate_finds_its_person(owner: Client, typed: str, contacts: bool) -> None:
    with scope(owner.organization_id):
        assert [each.pk for each in search(typed, contacts=contacts)] == [owner.pk]
        assert list(subject_search.called(typed).values()) == [owner.pk]
        assert not contacts or themselves(typed) == []


@pytest.mark.parametrize("typed", ["wiebel", "Puli", "LD15", "EHJ LD1", "%", "\\", "-", ""])
def test_nothing_else_does(owner: Client, typed: str) -> None:
    with scope(owner.organization_id):
        found = subject_search.called(typed)
        assert (len(found) == 1) == (typed == "EHJ LD1") and bool(search(typed)) == bool(found)


def test_a_new_name_takes_the_place_of_the_old_one(owner: Client) -> None:
    with scope(owner.organization_id):
        pk = next(iter(subject_search.called("Zwiebel")))
        actions.change_subject.here(pk, owner.pk, "Knolle", actor=SYSTEM)
        assert search("Zwiebel") == [] and list(subject_search.called("knol")) == [pk]


def test_what_went_along_with_a_merge_leads_to_the_survivor(owner: Client) -> None:
    with scope(owner.organization_id):
        other = actions.register.here(Details("Agnes", "Taylor"), actor=SYSTEM)
        merged = actions.merge.here(other.pk, owner.pk, actor=SYSTEM)
        assert [each.pk for each in search("LD14")] == [other.pk]
        actions.unmerge.here(merged.pk, actor=SYSTEM)
        assert [each.pk for each in search("LD14")] == [owner.pk]


def test_nobody_elses_are_found(owner: Client, stranger: Tenant) -> None:
    with scope(stranger.id):
        assert search("LD14 EHJ") == [] and subject_search.called("LD14 EHJ") == {}


@pytest.mark.parametrize("typed", ["642098", "642 098 100", "98100", "RO642098100", "ro 64209", "64209"])
def test_the_number_of_a_chip_finds_only_for_who_may_see_contacts(owner: Client, typed: str) -> None:
    with scope(owner.organization_id):
        actions.add_subject.here(owner.pk, "dog", "Rex", details={"chip": "RO 642 098 100"}, actor=SYSTEM)
        actions.add_subject.here(owner.pk, "dog", "64209 98100", details={}, actor=SYSTEM)
        assert search(typed) == [owner]
        assert search(typed, contacts=False) == []
        assert subject_search.names(typed, contacts=False) == {}
