"""What a client's account rests on: contacts, sessions, personal data, subjects that come and go."""

from datetime import timedelta

import pytest

from tests.tenants import Tenant
from tests.world import CLIENT, NOW
from visita.clients import actions, contacts, queries, sessions
from visita.clients.contacts import Contact
from visita.clients.details import Details
from visita.clients.models import ClientSession, Subject
from visita.clients.personal_data import Personal
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

MARIA = Details("Maria", "Ilie", "0721 555 014", "maria@example.org")


@pytest.fixture
def maria(tenant: Tenant) -> int:
    """A client."""
    return actions.register(tenant.id, MARIA, actor=CLIENT).pk


def test_a_contact_is_read_as_people_type_it() -> None:
    assert contacts.read("0721 555 014", "RO") == Contact("phone", "+40721555014")
    assert contacts.read(" Maria@Example.org ", "RO") == Contact("email", "maria@example.org")
    assert contacts.read("+40 721 555 014", "IT").shown == "+40 ••• 014"
    assert contacts.read("maria@example.org", "RO").shown == "m•••@example.org"


@pytest.mark.parametrize("typed", ["", "Maria", "12", "maria@", "a@b", "\x00", "0900 123 456"])
def test_what_is_no_contact_is_refused_at_the_field(typed: str) -> None:
    with pytest.raises(Refusal) as caught:
        contacts.read(typed, "RO")
    assert (caught.value.status, caught.value.field) == (422, "contact")


def test_a_family_shares_a_phone_and_a_stranger_is_nobody(
    tenant: Tenant, stranger: Tenant, maria: int
) -> None:
    ion = actions.register(tenant.id, Details("Ion", "Ilie", "+40721555014"), actor=CLIENT).pk
    phone = contacts.read("0721555014", "RO")
    with scope(tenant.id):
        assert [each.pk for each in contacts.people(phone)] == [ion, maria]
        assert contacts.people(Contact("email", "nobody@example.org")) == []
    with scope(stranger.id):
        assert contacts.people(phone) == []


@pytest.mark.parametrize(("stay", "hours"), [(False, 12), (True, 30 * 24)])
def test_a_session_lives_as_long_as_was_ticked(
    tenant: Tenant, stranger: Tenant, stay: bool, hours: int
) -> None:
    with clock.at(NOW):
        _session, token = actions.start_session(
            tenant.id, Contact("email", "m@example.org"), stay=stay, actor=CLIENT
        )
    with scope(tenant.id), clock.at(NOW + timedelta(hours=hours, seconds=-1)):
        assert sessions.living(token) is not None and sessions.living(token + "x") is None
        assert token not in str(ClientSession.objects.values().get())
    with scope(tenant.id), clock.at(NOW + timedelta(hours=hours)):
        assert sessions.living(token) is None
    with scope(stranger.id), clock.at(NOW):
        assert sessions.living(token) is None


def test_an_ended_session_is_over_at_once(tenant: Tenant) -> None:
    session, token = actions.start_session(
        tenant.id, Contact("email", "m@example.org"), stay=True, actor=CLIENT
    )
    actions.end_session(tenant.id, session.pk, actor=CLIENT)
    actions.end_session(tenant.id, session.pk, actor=CLIENT)
    with scope(tenant.id):
        assert sessions.living(token) is None and sessions.alive(session.pk) is None


def test_personal_data_is_one_row_and_checked(tenant: Tenant, maria: int) -> None:
    told = Personal("1963-06-15", "1630615123457", "RO", "Strada Paris 1", "010101", "București")
    actions.set_personal_data(tenant.id, maria, told, actor=CLIENT)
    actions.set_personal_data(tenant.id, maria, told, actor=CLIENT)
    with pytest.raises(Refusal, match="other_birth_date"):
        actions.set_personal_data(
            tenant.id, maria, Personal("1963-06-16", "1630615123457", "RO"), actor=CLIENT
        )
    with scope(tenant.id):
        assert queries.personal_data(maria).tax_code == "1630615123457"
        assert queries.personal_data(0).city == ""


@pytest.mark.parametrize("born", ["yesterday", "2027-01-01", "1066-10-14", "2026-02-30"])
def test_no_date_of_birth(born: str) -> None:
    with clock.at(NOW), pytest.raises(Refusal, match="birth_date_invalid"):
        Personal(born).columns()


def test_subjects_are_changed_and_put_away_by_their_own_client_only(tenant: Tenant, maria: int) -> None:
    other = actions.register(tenant.id, Details("Ion"), actor=CLIENT).pk
    rex = actions.add_subject(tenant.id, maria, "dog", "Rex", actor=CLIENT, details={"breed": "Puli"}).pk
    for act in (
        lambda: actions.change_subject(tenant.id, rex, other, "Max", actor=CLIENT),
        lambda: actions.archive_subject(tenant.id, rex, other, actor=CLIENT),
    ):
        with pytest.raises(Refusal, match="not_found"):
            act()
    actions.change_subject(tenant.id, rex, maria, "Max", actor=CLIENT)
    with scope(tenant.id):
        assert (Subject.objects.get().name, Subject.objects.get().details) == ("Max", {"breed": "Puli"})
    actions.archive_subject(tenant.id, rex, maria, actor=CLIENT)
    with scope(tenant.id):
        assert queries.subjects(maria) == [] and Subject.objects.count() == 1
