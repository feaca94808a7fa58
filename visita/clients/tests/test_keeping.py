"""Notes and tags of clients, and the list of all clients with its filters."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tenants import Tenant
from visita.clients import actions, base
from visita.clients.base import Wanted
from visita.clients.details import Details
from visita.clients.models import Client, Tag
from visita.clients.personal_data import Personal
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

ANA = Actor("staff", 7, "Ana", source="desk")


@pytest.fixture
def maria(tenant: Tenant) -> int:
    """A client."""
    return int(actions.register(tenant.id, Details("Maria", "Ilie"), actor=ANA).pk)


def names(wanted: Wanted) -> list[str]:
    return [client.first_name for client in base.listed(wanted).clients]


def test_a_note_keeps_its_author_and_says_when_it_was_changed(tenant: Tenant, maria: int) -> None:
    note = actions.write_note(tenant.id, maria, "Afraid of needles", actor=ANA)
    other = Actor("staff", 8, "Ion", source="desk")
    actions.change_note(tenant.id, note.pk, "Afraid of dogs", actor=other, version=1)
    with pytest.raises(Refusal, match="changed_meanwhile"):
        actions.remove_note(tenant.id, note.pk, actor=other, version=1)
    with scope(tenant.id):
        kept = base.notes(maria)[0]
        assert (kept.author, kept.text, kept.version) == ("Ana", "Afraid of dogs", 2)
        assert kept.changed is not None
    actions.remove_note(tenant.id, note.pk, actor=other, version=2)
    with scope(tenant.id):
        assert base.notes(maria) == []


@pytest.mark.parametrize("words", ["", "  ", "x" * 10_001, "a\x00b"])
def test_what_is_no_note_is_refused(tenant: Tenant, maria: int, words: str) -> None:
    with pytest.raises(Refusal):
        actions.write_note(tenant.id, maria, words, actor=ANA)


def test_a_tag_is_one_however_it_is_written(tenant: Tenant, maria: int) -> None:
    first = actions.tag(tenant.id, maria, "Постоянный", actor=ANA, color="green")
    assert actions.tag(tenant.id, maria, " ПОСТОЯННЫЙ ", actor=ANA, color="red").pk == first.pk
    with scope(tenant.id):
        assert [(tag.color, count) for tag, count in base.tags()] == [("green", 1)]
    actions.untag(tenant.id, maria, first.pk, actor=ANA)
    with pytest.raises(Refusal, match="not_found"):
        actions.untag(tenant.id, maria, first.pk, actor=ANA)
    with scope(tenant.id):
        assert base.tags_of([maria]) == {}


@pytest.mark.parametrize(("name", "color"), [("", ""), ("x" * 41, ""), ("ok", "pink")])
def test_what_is_no_tag_is_refused(tenant: Tenant, maria: int, name: str, color: str) -> None:
    with pytest.raises(Refusal):
        actions.tag(tenant.id, maria, name, actor=ANA, color=color)


def test_a_tag_takes_no_other_tags_name(tenant: Tenant, maria: int) -> None:
    one, _other = (actions.tag(tenant.id, maria, name, actor=ANA) for name in ("One", "Other"))
    with pytest.raises(Refusal, match="tag_taken"):
        actions.change_tag(tenant.id, one.pk, "OTHER", "red", actor=ANA)
    assert actions.change_tag(tenant.id, one.pk, "ONE", "red", actor=ANA).name == "ONE"


def test_the_list_goes_by_name_page_after_page(tenant: Tenant) -> None:
    with scope(tenant.id):
        for number in range(base.PAGE + 3):
            actions.register.here(Details(f"N{number:03}", "Same"), actor=ANA, country="RO")
        first = base.listed(Wanted())
        last = first.clients[-1]
        rest = base.listed(Wanted(after=(last.last_name, last.first_name, last.pk)))
    seen = [client.first_name for client in (*first.clients, *rest.clients)]
    assert first.more and not rest.more and seen == [f"N{number:03}" for number in range(base.PAGE + 3)]


def test_the_list_is_filtered_by_word_tag_and_birthday(tenant: Tenant, maria: int) -> None:
    ion = actions.register(tenant.id, Details("Ion", "Pop"), actor=ANA).pk
    vip = actions.tag(tenant.id, maria, "VIP", actor=ANA)
    actions.set_personal_data(tenant.id, ion, Personal(birth_date="1980-11-23"), actor=ANA)
    with scope(tenant.id):
        assert names(Wanted("pop")) == ["Ion"] and names(Wanted("pop", tag=vip.pk)) == []
        assert names(Wanted(tag=vip.pk)) == ["Maria"]
        assert (
            names(Wanted(birthday=date(2026, 11, 23)))
            == ["Ion"]
            == names(Wanted(birthday=date(2026, 11, 1), month=True))
        )
        assert names(Wanted(birthday=date(2026, 11, 22))) == []


@pytest.mark.parametrize(
    ("gathered", "walked"),
    [(9, 9), (1, 9), (1, 2)],
    ids=["a rare one", "a frequent one by name", "a frequent one far behind"],
)
def test_a_tag_shows_the_same_however_it_is_read(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch, gathered: int, walked: int
) -> None:
    frequent = base._WALK.replace(f"LIMIT {base.WALKED})", f"LIMIT {walked})")
    monkeypatch.setattr(base, "GATHERED", gathered)
    monkeypatch.setattr(base, "PAGE", 2)
    monkeypatch.setattr(base, "_WALK", frequent)
    monkeypatch.setattr(base, "_BEYOND", base._BEYOND.replace(f"OFFSET {base.WALKED}", f"OFFSET {walked}"))
    with scope(tenant.id):
        made = [actions.register.here(Details(each, "A"), actor=ANA, country="RO") for each in "ABCDE"]
        for each in made[2:]:
            tag = actions.tag.here(each.pk, "VIP", actor=ANA)
        first = base.listed(Wanted(tag=tag.pk))
        last = first.clients[-1]
        rest = base.listed(Wanted(tag=tag.pk, after=(last.last_name, last.first_name, last.pk)))
    assert [client.first_name for client in first.clients] == ["C", "D"] and first.more
    assert [client.first_name for client in rest.clients] == ["E"] and not rest.more


def test_the_number_of_statements_is_constant(tenant: Tenant) -> None:
    counts = []
    for number in (2, 9):
        for each in range(number):
            made = actions.register(tenant.id, Details(f"N{number}{each}"), actor=ANA).pk
            actions.tag(tenant.id, made, f"T{each}", actor=ANA)
        with scope(tenant.id), CaptureQueriesContext(connection) as asked:
            base.listed(Wanted())
        counts.append(len(asked))
    assert counts[0] == counts[1] == 4


def test_a_merge_brings_notes_and_tags_along_and_undoing_takes_them_back(tenant: Tenant, maria: int) -> None:
    other = actions.register(tenant.id, Details("Marie", "Ilie"), actor=ANA).pk
    for client in (maria, other):
        actions.tag(tenant.id, client, "Both", actor=ANA)
    actions.tag(tenant.id, other, "Other", actor=ANA)
    actions.write_note(tenant.id, other, "Hers", actor=ANA)
    merged = actions.merge(tenant.id, maria, other, actor=ANA)
    with scope(tenant.id):
        assert [tag.name for tag in base.tags_of([maria])[maria]] == ["Both", "Other"]
        assert len(base.notes(maria)) == 1 and Client.objects.get(pk=other).archived_at
    actions.unmerge(tenant.id, merged.pk, actor=ANA)
    with scope(tenant.id):
        tags = base.tags_of([maria, other])
        assert [tag.name for tag in tags[maria]] == ["Both"]
        assert [tag.name for tag in tags[other]] == ["Both", "Other"] and len(base.notes(other)) == 1
        assert Tag.objects.count() == 2
