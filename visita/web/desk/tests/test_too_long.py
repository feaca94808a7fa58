"""A question of years that the database ends: said in words, as data and as a page, and never over a change."""

import pytest
from django.db import connection

from visita.bookings import table
from visita.web.desk.tests.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table's questions take longer than the database waits."""

    def ended(*_given: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(5)")

    monkeypatch.setattr(table, "page", ended)
    monkeypatch.setattr(table, "count", ended)


@pytest.mark.usefixtures("impatient")
def test_a_question_that_takes_too_long_is_answered_in_words(desk: Desk) -> None:
    page = desk.reception.get(desk.url("table/"))
    assert page.status_code == 503 and "choose fewer days" in page.content.decode()
    assert page["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("impatient")
def test_the_script_is_told_with_a_code(desk: Desk) -> None:
    number = desk.reception.get(desk.url("table/count.json"))
    assert number.status_code == 503 and number.json()["code"] == "too_long"


def test_what_broke_otherwise_stays_a_fault(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    monkeypatch.setattr(table, "page", broken)
    desk.reception.raise_request_exception = False
    assert desk.reception.get(desk.url("table/")).status_code == 500
