"""Many bookings of one new person at one moment make one record."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.tenants import fresh
from visita.clients import actions
from visita.clients.details import Details
from visita.foundation.actor import SYSTEM


@pytest.mark.race
@pytest.mark.usefixtures("committed_db")
def test_one_new_person_is_registered_once() -> None:
    tenant = fresh()

    def book(number: int) -> int:
        contact = {"phone": "0722 123 456"} if number % 2 else {"email": "ana@x.ro", "phone": "0722 123 456"}
        try:
            return actions.find_or_register(tenant.id, Details("Ana", "Pop", **contact), actor=SYSTEM).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(book, range(24)))) == 1
