"""`serve` and `doctor` see a role that could pass the tenant wall, and a schema that is behind."""

import pytest
from pytest_django import Settings

from visita.cli.checks import examine


def _problems(*, loopback: bool = True, alias: str = "default") -> dict[str, str]:
    return {found.title: found.problem for found in examine(loopback=loopback, alias=alias) if found.problem}


@pytest.mark.django_db
def test_finds_nothing_in_an_install_that_is_right() -> None:
    assert _problems() == {}


@pytest.mark.django_db(databases=["default", "owner"])
def test_sees_an_owner_in_the_applications_place() -> None:
    problems = _problems(alias="owner")
    assert "DATABASE_URL must be a role that owns nothing" in problems["role owns no table"]
    assert "time limits of the role" in problems


@pytest.mark.django_db
def test_sees_debugging_and_a_weak_key(settings: Settings) -> None:
    settings.DEBUG, settings.SECRET_KEY = True, "secret"
    assert set(_problems()) == {"secret key", "debugging"}
    fatal = {found.title: found.fatal for found in examine(loopback=False)}
    assert fatal["debugging"]
