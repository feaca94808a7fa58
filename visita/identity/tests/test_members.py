"""Users, memberships and what roles may do."""

import pytest

from tests.tenants import Tenant
from visita.activity.models import Activity
from visita.foundation.actor import SYSTEM
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import access, actions, rights, verbs
from visita.identity.models import User
from visita.tenancy.models import Organization

PASSWORD = "long enough 42 times"


def organization(tenant: Tenant) -> Organization:
    return Organization.objects.get(pk=tenant.id)


def user(email: str = "ana@meridian.example") -> User:
    return actions.create_user(email=email, name="Ana", password=PASSWORD)


def test_a_user_is_one_per_address_in_any_case(db: None) -> None:
    assert user("Ana@Meridian.example").check_password(PASSWORD)
    with pytest.raises(Refusal, match="email_taken"):
        user("ana@meridian.EXAMPLE")


@pytest.mark.parametrize("weak", ["short", "passwordpassword", "ana@meridian.example", "x" * 1001])
def test_weak_passwords_are_refused(db: None, weak: str) -> None:
    if weak == "passwordpassword":
        weak = "password1234"
    with pytest.raises(Refusal, match="password_weak"):
        actions.create_user(email="ana@meridian.example", password=weak)


def test_an_address_is_needed(db: None) -> None:
    with pytest.raises(Refusal, match="required"):
        actions.create_user(email="")


def test_a_member_enters_until_removed(tenant: Tenant, stranger: Tenant) -> None:
    ana = user()
    made = actions.add_member(tenant.id, ana.pk, "reception", actor=SYSTEM)
    assert access.member(ana, organization(tenant)) == made
    assert access.member(ana, organization(stranger)) is None
    actions.change_member(tenant.id, made.pk, "owner", actor=SYSTEM)
    assert [each.role for each in access.memberships(ana)] == ["owner"]
    actions.remove_member(tenant.id, made.pk, actor=SYSTEM)
    assert access.member(ana, organization(tenant)) is None and access.memberships(ana) == []
    again = actions.add_member(tenant.id, ana.pk, "analyst", actor=SYSTEM)
    assert again.pk == made.pk and access.member(ana, organization(tenant)) is not None


def test_each_change_of_members_is_recorded(tenant: Tenant) -> None:
    made = actions.add_member(tenant.id, user().pk, "reception", actor=SYSTEM)
    actions.change_member(tenant.id, made.pk, "owner", actor=SYSTEM)
    actions.remove_member(tenant.id, made.pk, actor=SYSTEM)
    with scope(tenant.id):
        events = Activity.objects.filter(object_kind="membership").order_by("id")
        assert [event.verb for event in events] == [
            verbs.MEMBER_ADDED,
            verbs.MEMBER_CHANGED,
            verbs.MEMBER_REMOVED,
        ]


def test_another_organizations_member_is_not_found(tenant: Tenant, stranger: Tenant) -> None:
    theirs = actions.add_member(stranger.id, user().pk, "reception", actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.change_member(tenant.id, theirs.pk, "owner", actor=SYSTEM)
    with pytest.raises(Refusal, match="not_found"):
        actions.remove_member(tenant.id, theirs.pk, actor=SYSTEM)


def test_an_unknown_role_is_refused(tenant: Tenant) -> None:
    with pytest.raises(Refusal, match="bad_choice"):
        actions.add_member(tenant.id, user().pk, "god", actor=SYSTEM)


def test_a_switched_off_user_enters_nowhere(tenant: Tenant) -> None:
    ana = user()
    actions.add_member(tenant.id, ana.pk, "owner", actor=SYSTEM)
    ana.is_active = False
    assert access.member(ana, organization(tenant)) is None


def test_there_are_at_least_twenty_rights_and_the_ready_roles() -> None:
    assert len(rights.ALL) >= 20 and len(rights.ROLES) >= 10
    assert all(granted <= rights.ALL for granted in rights.ROLES.values())


@pytest.mark.parametrize(
    ("role", "right", "granted"),
    [
        ("owner", rights.MEMBERS_CHANGE, True),
        ("administrator", rights.KEYS_CHANGE, False),
        ("reception", rights.VISITS_BOOK, True),
        ("reception", rights.WORKING_TIME_CHANGE, True),
        ("booking_centre", rights.WORKING_TIME_CHANGE, False),
        ("reception", rights.REPORTS_SEE, False),
        ("reception", rights.CLIENTS_EXPORT, False),
        ("specialist", rights.VISITS_SEE, False),
        ("specialist_view", rights.VISITS_CHANGE_OWN, False),
        ("analyst", rights.CLIENTS_SEE, False),
        ("nobody", rights.VISITS_SEE, False),
    ],
)
def test_what_a_role_may(role: str, right: str, granted: bool) -> None:
    assert rights.may(role, right) is granted
    if not granted:
        with pytest.raises(Refusal, match="forbidden"):
            access.require(role, right)
