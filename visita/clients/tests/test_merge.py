"""Two records made one, and one made two again."""

import pytest
from django.db import connection

from tests.tenants import Tenant
from visita.clients import actions, belongings, queries
from visita.clients.details import Details
from visita.clients.models import Client, Difference, Double, Subject
from visita.clients.search import search
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

ANA = Details("Ana", "Pop", "0722 123 456", "ana@x.ro", note="Likes tea")
OLD = Details("Ana", "Pop", "0733 123 456", note="Allergic")


def two(tenant: Tenant) -> tuple[int, int]:
    return tuple(actions.register(tenant.id, each, actor=SYSTEM).pk for each in (ANA, OLD))  # type: ignore[return-value]


def found(tenant: Tenant, details: Details) -> int:
    return actions.find_or_register(tenant.id, details, actor=SYSTEM).pk


def names(tenant: Tenant, text: str) -> list[int]:
    with scope(tenant.id):
        return [client.pk for client in search(text)]


@pytest.mark.django_db
def test_every_column_that_names_a_client_is_declared() -> None:
    """A new table with a client in it is moved by merges or says why not."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT conrelid::regclass::text || '.' || a.attname FROM pg_constraint k
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey)
            WHERE k.contype = 'f' AND k.confrelid = 'clients_client'::regclass AND a.attname <> 'organization_id'
            UNION SELECT table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'client_id' AND table_name NOT LIKE '%event'""")
        assert {row[0] for row in cursor.fetchall()} == set(belongings.DECLARED)


def test_everything_moves_and_the_merged_record_leads_on(tenant: Tenant) -> None:
    ana, old = two(tenant)
    cat = actions.add_subject(tenant.id, old, "cat", "Misse", actor=SYSTEM)
    merged = actions.merge(tenant.id, ana, old, take={"note": "both"}, actor=SYSTEM)
    assert merged.moved == {"clients_subject.client_id": [cat.pk]}
    with scope(tenant.id):
        survivor = queries.client(old)
        assert (survivor.pk, survivor.note, survivor.phone) == (ana, "Likes tea\nAllergic", ANA.phone)
        assert queries.present(old) == ana
        assert [each.pk for each in queries.subjects(ana)] == [cat.pk]
    assert names(tenant, "0733 123 456") == names(tenant, "Pop Ana") == [ana]
    assert found(tenant, OLD) == found(tenant, ANA) == ana


def test_two_notes_that_do_not_fit_into_one_are_refused_not_cut(tenant: Tenant) -> None:
    ana, old = two(tenant)
    with scope(tenant.id):
        Client.objects.filter(pk__in=(ana, old)).update(note="x" * 6000)
    with pytest.raises(Refusal) as refused:
        actions.merge(tenant.id, ana, old, take={"note": "both"}, actor=SYSTEM)
    assert (refused.value.code, "12001 characters, 10000 fit" in str(refused.value.message)) == (
        "too_long",
        True,
    )


def test_fields_are_chosen_one_by_one_and_gaps_are_filled(tenant: Tenant) -> None:
    ana, old = two(tenant)
    actions.merge(tenant.id, old, ana, take={"phone": "other"}, actor=SYSTEM)
    with scope(tenant.id):
        survivor = queries.client(old)
    assert (survivor.phone, survivor.phone_e164) == (ANA.phone, "+40722123456")
    assert (survivor.email, survivor.note) == ("ana@x.ro", "Allergic")


def test_undoing_brings_back_what_was_moved_and_no_more(tenant: Tenant) -> None:
    ana, old = two(tenant)
    theirs = actions.add_subject(tenant.id, old, "cat", "Misse", actor=SYSTEM)
    merged = actions.merge(tenant.id, ana, old, take={"phone": "other", "note": "other"}, actor=SYSTEM)
    since = actions.add_subject(tenant.id, ana, "dog", "Rex", actor=SYSTEM)
    with scope(tenant.id):
        client = queries.client(ana)
    actions.change(
        tenant.id, ana, Details("Ana", "Pop", client.phone, client.email, note="New"), actor=SYSTEM
    )
    actions.unmerge(tenant.id, merged.pk, actor=SYSTEM)
    with scope(tenant.id):
        one, other = queries.client(ana), queries.client(old)
        assert (one.phone, one.note) == (ANA.phone, "New")  # the note was changed since and stays
        assert (other.phone, other.note, other.archived_at) == (OLD.phone, OLD.note, None)
        assert [each.pk for each in queries.subjects(ana)] == [since.pk]
        assert [each.pk for each in queries.subjects(old)] == [theirs.pk]
    assert (found(tenant, OLD), found(tenant, ANA)) == (old, ana)
    with pytest.raises(Refusal, match="not_merged"):
        actions.unmerge(tenant.id, merged.pk, actor=SYSTEM)


def test_merges_upon_merges_are_undone_from_the_last(tenant: Tenant) -> None:
    ana, old = two(tenant)
    third = actions.register(tenant.id, Details("A.", "Pop", "0744 123 456"), actor=SYSTEM).pk
    first = actions.merge(tenant.id, ana, old, actor=SYSTEM)
    second = actions.merge(tenant.id, third, ana, actor=SYSTEM)
    assert found(tenant, OLD) == third
    with pytest.raises(Refusal, match="not_merged"):
        actions.unmerge(tenant.id, first.pk, actor=SYSTEM)
    actions.unmerge(tenant.id, second.pk, actor=SYSTEM)
    assert found(tenant, OLD) == ana
    actions.unmerge(tenant.id, first.pk, actor=SYSTEM)
    assert found(tenant, OLD) == old


@pytest.mark.parametrize("pair", [(0, 0), (0, 1)])
def test_what_cannot_be_merged(tenant: Tenant, stranger: Tenant, pair: tuple[int, int]) -> None:
    ana, _old = two(tenant)
    theirs = actions.register(stranger.id, OLD, actor=SYSTEM).pk
    other = (ana, theirs)[pair[1]]
    with pytest.raises(Refusal) as refused:
        actions.merge(tenant.id, ana, other, actor=SYSTEM)
    assert refused.value.code == ("merge_same", "not_found")[pair[1]]


def test_a_merge_that_was_looked_at_too_early_is_refused(tenant: Tenant) -> None:
    ana, old = two(tenant)
    actions.change(tenant.id, old, OLD, actor=SYSTEM)
    with pytest.raises(Refusal, match="changed_meanwhile"):
        actions.merge(tenant.id, ana, old, versions=(1, 1), actor=SYSTEM)
    actions.merge(tenant.id, ana, old, versions=(1, 2), actor=SYSTEM)
    with pytest.raises(Refusal, match="already_merged"):
        actions.merge(tenant.id, old, ana, actor=SYSTEM)


def test_several_fits_are_flagged_with_their_candidates(tenant: Tenant) -> None:
    known = [actions.register(tenant.id, ANA, actor=SYSTEM).pk for _twice in range(2)]
    made = found(tenant, ANA)
    with scope(tenant.id):
        pairs = Double.objects.filter(settled="", client_id=made).order_by("other_id")
        assert [(pair.client_id, pair.other_id) for pair in pairs] == [(made, each) for each in known]
        first = pairs[0]
    actions.dismiss_double(tenant.id, first.pk, actor=SYSTEM)
    with pytest.raises(Refusal, match="settled_already"):
        actions.dismiss_double(tenant.id, first.pk, actor=SYSTEM)
    actions.merge(tenant.id, made, known[1], actor=SYSTEM)
    with scope(tenant.id):
        assert not Double.objects.filter(settled="", client_id=made).exists()


def test_what_is_said_otherwise_is_kept_beside_the_record(tenant: Tenant) -> None:
    ana = found(tenant, ANA)
    said = Details("ana", "POP", "+40 722 123 456", "new@x.ro")
    for _twice in range(2):
        assert found(tenant, said) == ana
    with scope(tenant.id):
        assert Client.objects.get(pk=ana).email == "ana@x.ro"
        differences = list(Difference.objects.all())
    assert [(each.field, each.value) for each in differences] == [("email", "new@x.ro")]
    accepted = actions.accept_difference(tenant.id, differences[0].pk, actor=SYSTEM)
    assert (accepted.email, accepted.version) == ("new@x.ro", 2)
    assert names(tenant, "new@x") == [ana]
    with pytest.raises(Refusal, match="settled_already"):
        actions.dismiss_difference(tenant.id, differences[0].pk, actor=SYSTEM)


def test_a_dismissed_difference_does_not_come_back(tenant: Tenant) -> None:
    ana = found(tenant, ANA)
    said = Details("Ana", "Pop", "0744 999 888", "ana@x.ro")
    assert found(tenant, said) == ana
    with scope(tenant.id):
        difference = Difference.objects.get()
    actions.dismiss_difference(tenant.id, difference.pk, actor=SYSTEM)
    assert found(tenant, said) == ana
    with scope(tenant.id):
        assert [each.settled for each in Difference.objects.all()] == ["dismissed"]
        assert not Subject.objects.exists()
