"""Scopes within scopes: an action's commit is a real one, unless whoever is around it keeps something beside it."""

import pytest
from django.db import DataError

from tests import world
from visita.foundation import prepared
from visita.foundation.prepared import Question
from visita.foundation.scope import current, joined, scope

_HERE = Question("SELECT current_setting('app.organization')", (), lambda rows: str(rows[0][0]))


def test_an_action_within_another_transaction_is_a_fault(db: None) -> None:
    clinic = world.clinic()
    with scope(clinic.id), pytest.raises(RuntimeError), scope(clinic.id, durable=True):
        pytest.fail("its commit would not be one")


def test_joined_it_is_a_part_that_may_fail_by_itself(db: None) -> None:
    clinic = world.clinic()
    with scope(clinic.id, durable=True), joined():
        with pytest.raises(DataError), scope(clinic.id, durable=True):
            prepared.ahead("SELECT 1 / 0")
        with scope(clinic.id, durable=True):
            assert prepared.ask(_HERE) == str(clinic.id)
        assert current() == clinic.id and prepared.ask(_HERE) == str(clinic.id)
    with scope(clinic.id), pytest.raises(RuntimeError), scope(clinic.id, durable=True):
        pytest.fail("what was joined ended with its block")
