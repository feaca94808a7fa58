"""Finding clients by what is typed, and through the index."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tenants import Tenant
from visita.clients import actions, doubts
from visita.clients.details import Details
from visita.clients.search import search
from visita.clients.similar import SHORTEST, similar, spellings
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope

PEOPLE = (
    Details("Ștefan", "Pop-Ionescu", "0722 123 456", "stefan@x.ro"),
    Details("Анна", "Щукина", "0733 555 777"),
    Details("Ελένη", "Παπαδοπούλου"),
    Details("小明", "王"),
    Details("Ana", "Popescu", "0722 999 456"),
)


@pytest.fixture
def known(tenant: Tenant) -> Tenant:
    """An organization with PEOPLE."""
    with scope(tenant.id):
        for person in PEOPLE:
            actions.register.here(person, actor=SYSTEM, country="RO")
    return tenant


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("stef", ["Ștefan"]),
        ("ȘTEFAN pop", ["Ștefan"]),
        ("pop", ["Ștefan", "Ana"]),
        ("ionescu", ["Ștefan"]),
        ("popionescu", ["Ștefan"]),
        ("щук", ["Анна"]),
        ("an", ["Ana", "Анна"]),
        ("ан", ["Ana", "Анна"]),
        ("eleni", ["Ελένη"]),
        ("παπα", ["Ελένη"]),
        ("王", ["小明"]),
        ("456", ["Ștefan", "Ana"]),
        ("99 94 56", ["Ana"]),
        ("0722123456", ["Ștefan"]),
        ("+40 722 123 456", ["Ștefan"]),
        ("stefan@x", ["Ștefan"]),
        ("pop 123456", ["Ștefan"]),
        ("tefan", []),
        ("%", []),
        ("\\", []),
        ("a@\x00", []),
        ("a@\ud800", []),
        ("", []),
    ],
)
def test_what_is_typed_finds(known: Tenant, typed: str, found: list[str]) -> None:
    with scope(known.id):
        assert sorted(client.first_name for client in search(typed)) == sorted(found)


def test_nobody_elses_clients_are_found(known: Tenant, stranger: Tenant) -> None:
    with scope(stranger.id):
        assert search("pop") == [] and search("456") == []


MANY = """
INSERT INTO clients_searchkey (organization_id, client_id, key)
SELECT organization_id, id, 'k' || number FROM clients_client, generate_series(1, 3000) number
WHERE organization_id = %s AND first_name = 'Ana'
"""


def test_the_search_walks_the_index_behind_the_wall(known: Tenant) -> None:
    with scope(known.id), CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
        cursor.execute(MANY, [known.id])
        search("pop")
        sql = next(query["sql"] for query in queries if "LIMIT 200" in query["sql"])
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")  # a test's table has no statistics to choose by
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql)
        plan = json.dumps(cursor.fetchone()[0])
    assert "search_key_prefix" in plan
    assert any("key" in part and ">=" in part for part in plan.split('"Index Cond": ')[1:])
    assert "Filter" not in plan.replace("One-Time Filter", "")


IVANOV = Details("Иван Игоревич", "Иванов", "+40 721 555 014")
INITIALS = Details("И. И.", "Алёшин", "")
ONE_FIELD = Details("Семёнова А. Ф.", "", "")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *[(each, IVANOV) for each in (
            "ИвановИ. И.", "Ив анов И. И.", "Иванов И. И", "иванов и.и.", "ИВАНОВ И И", "И. И. Иванов", "и.и.иванов",
            "Иванов Иван Игоревич", "ИвановИван", "Иван Иванов", "Ivanov I.I.", "ivanovi.i", "Ива нов И.",
            "0721555014", "+40721555014", "0040 721 555 014", "(0721) 555-014", "721.555.014", "0 7 2 1 5 5 5 0 1 4", "555014",
        )],
        *[(each, INITIALS) for each in ("Алешин И.И.", "алёшини. и", "Але шин", "Aleshin I. I.", "АЛЁШИН")],
        *[(each, ONE_FIELD) for each in ("семенова", "Семенова А.Ф.", "СемёноваА. Ф.", "Семе нова А Ф")],
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_broken(tenant: Tenant, typed: str, found: Details) -> None:
    with scope(tenant.id):
        for person in (*PEOPLE, IVANOV, INITIALS, ONE_FIELD):
            actions.register.here(person, actor=SYSTEM, country="RO")
        names = [(client.first_name, client.last_name) for client in search(typed)]
    assert names == [(found.first_name, found.last_name)]


@pytest.mark.parametrize("typed", ["Иванов П. П.", "Петров И. И.", "И", "..", "= =", "=", "ив анов 5"])
def test_another_name_does_not_find_it(tenant: Tenant, typed: str) -> None:
    with scope(tenant.id):
        actions.register.here(IVANOV, actor=SYSTEM, country="RO")
        found = search(typed)
    assert found == [] or typed == "И"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Stfean", ["Ștefan"]),  # two changed places
        ("stephan", []),  # two letters
        ("popesku", ["Ana"]),
        ("popecu", ["Ana"]),
        ("poppescu", ["Ana"]),
        ("topescu", ["Ana"]),
        ("Щукена", ["Анна"]),
        ("ionezcu stefan", ["Ștefan"]),
        ("ionezcu shtefan", ["Ștefan"]),
        ("popezcu ana", ["Ana"]),
        ("popezcu stefan", []),
        ("popezcu 456", ["Ana"]),
        ("popezcu 457", []),
        ("ane", []),  # too short to guess
        ("457", []),
        ("stefam@x.ro", []),
        ("%%%%", []),
        ("", []),
    ],
)
def test_one_wrong_letter_is_forgiven(known: Tenant, typed: str, found: list[str]) -> None:
    with scope(known.id):
        assert sorted(client.first_name for client in similar(typed)) == sorted(found)


def test_who_may_not_see_contacts_guesses_none(known: Tenant, stranger: Tenant) -> None:
    with scope(known.id):
        assert similar("popezcu 456", contacts=False) == []
        assert [client.first_name for client in similar("popezcu", contacts=False)] == ["Ana"]
    with scope(stranger.id):
        assert similar("popezcu") == []


def test_a_spelling_that_another_covers_is_not_asked_for() -> None:
    found = spellings("popescu")
    assert {"popesc", "opescu", "poepscu", "poqescu", "popeescu"} <= found
    assert not any(one != other and one.startswith(other) for one in found for other in found)
    assert len(spellings("a" * SHORTEST)) < 250 and all(len(one) >= SHORTEST - 1 for one in found)


def test_the_guesses_walk_the_index_behind_the_wall(known: Tenant) -> None:
    with scope(known.id), CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
        similar("popezcu")
        sql = next(query["sql"] for query in queries if "LATERAL" in query["sql"])
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql)
        plan = json.dumps(cursor.fetchone()[0])
    assert any("key" in part and ">=" in part for part in plan.split('"Index Cond": ')[1:]), plan


@pytest.mark.parametrize(
    ("second", "doubted"),
    [
        (Details("MARIA", "rossi", "+40722123456"), True),
        (Details("Maria", "Rossi", "0744 000 111"), False),
        (Details("Marta", "Rossi", "0722 123 456"), False),
    ],
)
def test_a_record_made_twice_by_hand_is_put_before_staff(
    tenant: Tenant, second: Details, doubted: bool
) -> None:
    with scope(tenant.id):
        first = actions.register.here(Details("Maria", "Rossi", "0722 123 456"), actor=SYSTEM, country="RO")
        made = actions.register.here(second, actor=SYSTEM, country="RO")
        pairs = [(each.made.pk, each.known.pk) for each in doubts.pairs()]
    assert pairs == ([(made.pk, first.pk)] if doubted else [])


@pytest.mark.parametrize("typed", ["ИвановИ. И.", "Ив анов И. И.", "Иванов И. И", "Иванов И. И."])
def test_every_spelling_finds_every_stored_form_whoever_else_fits(tenant: Tenant, typed: str) -> None:
    forms = (("И. И.", "Иванов"), ("Иван Иванович", "Иванов"), ("И. И.", "Ив анов"))
    with scope(tenant.id):
        made = {actions.register.here(Details(*form), actor=SYSTEM).pk for form in forms}
        assert {client.pk for client in search(typed)} == made
