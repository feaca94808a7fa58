"""Creating, renaming and changing an organization."""

import pytest

from visita.activity.models import Activity
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions, queries, verbs
from visita.tenancy.models import FormerSlug, Organization
from visita.tenancy.policies import RESERVED_SLUGS, slug


@pytest.mark.parametrize(
    "bad", ["ab", "x" * 41, "Upper", "with space", "ünder", "a_b", "", *sorted(RESERVED_SLUGS)]
)
def test_bad_and_reserved_slugs_are_refused(bad: str) -> None:
    with pytest.raises(Refusal, match="slug_invalid"):
        slug(bad)


def test_an_organization_has_its_profile_and_its_record(organization: Organization) -> None:
    with scope(organization.pk):
        profile, event = queries.profile(), Activity.objects.get()
    assert (profile.name, profile.languages, profile.activity_id) == ("Meridian", ["en"], event.pk)
    assert (event.verb, event.object_id) == (verbs.ORGANIZATION_CREATED, organization.pk)


def test_a_slug_is_taken_once(organization: Organization) -> None:
    with pytest.raises(Refusal, match="slug_taken"):
        actions.create_organization(organization.slug, name="X", zone="UTC", country="RO", actor=SYSTEM)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("zone", "Nowhere/City", "bad_datetime"),
        ("country", "ZZ", "country_invalid"),
        ("currency", "ABC", "currency_invalid"),
        ("name", "\x00", "text_invalid"),
        ("phone", "12", "phone_invalid"),
        ("accent", "blue", "color_invalid"),
    ],
)
def test_what_cannot_be_kept_is_refused_before_anything_is_written(
    db: None, field: str, value: str, code: str
) -> None:
    fields = {"name": "X", "zone": "UTC", "country": "RO", field: value}
    with pytest.raises(Refusal, match=code):
        actions.create_organization("never-made", actor=SYSTEM, **fields)  # type: ignore[arg-type]
    assert queries.by_slug("never-made") is None


def test_an_old_slug_leads_to_the_new_one_and_stays_reserved(organization: Organization) -> None:
    old, new = organization.slug, organization.slug + "-new"
    actions.change_slug(organization.pk, new, actor=SYSTEM)
    assert queries.by_slug(old) is None
    found = queries.by_former_slug(old)
    assert found is not None and found.slug == new
    with pytest.raises(Refusal, match="slug_taken"):
        actions.create_organization(old, name="X", zone="UTC", country="RO", actor=SYSTEM)


def test_an_organization_may_take_its_old_slug_back(organization: Organization) -> None:
    old = organization.slug
    actions.change_slug(organization.pk, old + "-b", actor=SYSTEM)
    actions.change_slug(organization.pk, old, actor=SYSTEM)
    assert [former.slug for former in FormerSlug.objects.filter(organization=organization)] == [old + "-b"]
    assert actions.change_slug(organization.pk, old, actor=SYSTEM).slug == old


def test_another_ones_slug_cannot_be_taken(organization: Organization) -> None:
    other = actions.create_organization(
        organization.slug + "-o", name="O", zone="UTC", country="RO", actor=SYSTEM
    )
    with pytest.raises(Refusal, match="slug_taken"):
        actions.change_slug(other.pk, organization.slug, actor=SYSTEM)


def test_the_profile_changes_by_field(organization: Organization) -> None:
    profile = actions.change_profile(organization.pk, {"accent": "#AA0011", "name": "Nou"}, actor=SYSTEM)
    assert (profile.accent, profile.name, profile.country) == ("#aa0011", "Nou", "RO")
    with pytest.raises(KeyError):
        actions.change_profile(organization.pk, {"status": "x"}, actor=SYSTEM)


@pytest.mark.parametrize("wrong", ["", "\x00", "\ud800", "é", "a'--", "../x"])
def test_wrong_names_find_nothing(db: None, wrong: str) -> None:
    assert queries.by_slug(wrong) is None
    assert queries.by_former_slug(wrong) is None
    assert queries.by_public_id(wrong) is None


def test_a_closed_organization_is_not_found(organization: Organization) -> None:
    Organization.objects.filter(pk=organization.pk).update(status="closed")
    assert queries.by_slug(organization.slug) is None
    assert queries.by_public_id(organization.public_id) is None
