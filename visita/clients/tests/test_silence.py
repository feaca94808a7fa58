"""Nobody learns from a booking whether a record existed: not by the number of statements either."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tenants import Tenant
from visita.clients import actions
from visita.clients.details import Details
from visita.foundation.actor import SYSTEM

KNOWN = Details("Ana", "Pop", "0722 123 456", "ana@x.ro")
TWIN = Details("Dan", "Rus", "0733 123 456")


@pytest.mark.parametrize(
    "details",
    [
        Details("Ion", "Nou", "0744 123 456"),
        KNOWN,
        Details("Ana", "Pop", "0722 123 456", "new@x.ro"),
        Details("Ana", "Alta", "0722 123 456"),
        TWIN,
    ],
    ids=["nobody", "one", "one with another email", "the phone alone", "several"],
)
def test_every_answer_costs_the_same(tenant: Tenant, details: Details) -> None:
    for known in (KNOWN, TWIN, TWIN):
        actions.register(tenant.id, known, actor=SYSTEM)
    with CaptureQueriesContext(connection) as asked:
        actions.find_or_register(tenant.id, details, actor=SYSTEM, country="RO")
    written = [each for each in asked if "SAVEPOINT" not in each["sql"] and "set_config" not in each["sql"]]
    assert len(written) == 3  # locks, candidates, one write
