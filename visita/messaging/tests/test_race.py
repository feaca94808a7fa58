"""Two right codes at one moment let one in; many wrong ones at one moment are all counted."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tests.tenants import Tenant, fresh
from visita.clients import codes
from visita.clients.actions import issue_code, try_code
from visita.clients.contacts import Contact
from visita.foundation.errors import Refusal

MANY = 12
PHONE = Contact("phone", "+40721555014")


def _together(tenant: Tenant, code: str) -> list[str]:
    def one(_number: int) -> str:
        try:
            try_code(tenant.id, PHONE, "sign_in", "page", code)
        except Refusal as refusal:
            return refusal.code
        else:
            return "in"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


@pytest.mark.race
def test_one_of_many_right_ones_is_let_in(committed_db: None) -> None:
    tenant = fresh()
    answers = _together(tenant, issue_code(tenant.id, PHONE, "sign_in", "page"))
    assert answers.count("in") == 1


@pytest.mark.race
def test_no_more_than_five_of_many_wrong_ones_are_compared(committed_db: None) -> None:
    tenant = fresh()
    code = issue_code(tenant.id, PHONE, "sign_in", "page")
    answers = _together(tenant, f"{(int(code) + 1) % 10**6:06d}")
    assert answers.count("code_wrong") == codes.TRIES


@pytest.mark.race
def test_without_the_use_once_guard_several_get_in(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from visita.clients.actions import try_code as module  # the function; its module holds the guard

    monkeypatch.setitem(module.__globals__, "_use", lambda _pk, _digest: True)
    tenant = fresh()
    answers = _together(tenant, issue_code(tenant.id, PHONE, "sign_in", "page"))
    assert answers.count("in") > 1
