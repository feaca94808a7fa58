"""Two frequent beginnings: some who have both are enough, and whoever is alone in having both is found."""

import pytest

from tests.tenants import Tenant
from visita.clients import actions, search
from visita.clients.details import Details
from visita.foundation.actor import SYSTEM
from visita.foundation.scope import scope


@pytest.fixture
def crowd(tenant: Tenant) -> Tenant:
    """Twelve of whom all begin with ma, half go on with po, and one with zu."""
    with scope(tenant.id):
        for number in range(12):
            last = "Zuza" if number == 11 else ("Popa" if number % 2 else "Rus")
            actions.register.here(Details(f"Maria{number}", last), actor=SYSTEM, country="RO")
    return tenant


def _found(text: str, limit: int) -> list[str]:
    return [client.last_name for client in search.search(text, limit)]


def test_enough_of_them_are_found_without_reading_all(crowd: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LOOKED_AT", 6)
    with scope(crowd.id):
        assert _found("ma po", 1) == ["Popa"]


def test_who_is_alone_in_having_both_is_found_behind_the_first(
    crowd: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most in (1, 3, 500):
        monkeypatch.setattr(search, "LOOKED_AT", most)
        with scope(crowd.id):
            assert _found("ma zu", 10) == _found("zu maria11", 10) == ["Zuza"], most
            assert len(_found("ma po", 10)) == 5 and _found("ma rus zu", 10) == []
            assert _found("maria11 ru", 10) == []
