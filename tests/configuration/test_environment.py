"""Every variable has a default, and a value that cannot be used is refused by name."""

from pathlib import Path

import pytest

from config import keys
from config.database import databases
from config.environment import ROOT, BadSetting, read


def test_a_laptop_needs_nothing() -> None:
    environment = read({})
    assert (environment.data, environment.port, environment.debug) == (ROOT / ".data", 8000, False)
    assert environment.rate_limits and environment.database_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("VISITA_DEBUG", "maybe"),
        ("FRONT_ORIGIN", "book.example.org"),
        ("VISITA_PUBLIC_URL", "https://example.org/visita"),
        ("WEB_THREADS", "0"),
        ("TRUSTED_PROXIES", "10.0.0.1, proxy"),
        ("VISITA_SMS", "console, pigeon"),
        ("DATABASE_URL", "mysql://app:secret@db.example.org/clinic"),
        ("DATABASE_OWNER_URL", "postgresql://app:secret@db.example.org"),
        ("DATABASE_DIRECT_URL", "postgresql://app:secret@db.example.org:port/clinic"),
    ],
)
def test_a_bad_value_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name) as refused:
        read({name: value})
    assert "secret" not in str(refused.value)


def test_tags_run_where_no_other_page_is() -> None:
    assert read({"TAGS_ORIGIN": "https://tags.example.org"}).tags_origin == "https://tags.example.org"
    with pytest.raises(BadSetting, match="TAGS_ORIGIN"):
        read({"TAGS_ORIGIN": "https://a.example", "VISITA_PUBLIC_URL": "https://a.example"})


def test_embedded_aliases_are_two_roles_of_one_socket(tmp_path: Path) -> None:
    aliases = databases(read({"VISITA_DATA": str(tmp_path)}))
    assert [aliases[name]["USER"] for name in ("default", "owner")] == ["visita_app", "visita_owner"]
    assert aliases["default"]["OPTIONS"]["host"] == aliases["owner"]["OPTIONS"]["host"]
    assert list(tmp_path.iterdir()) == []


def test_a_given_server_without_an_owner_has_one_alias() -> None:
    aliases = databases(read({"DATABASE_URL": "postgresql://app:secret@db.example.org:5433/clinic"}))
    assert set(aliases) == {"default"}
    assert (aliases["default"]["HOST"], aliases["default"]["PORT"]) == ("db.example.org", 5433)


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    assert keys.read(tmp_path) != keys.read(tmp_path)
    keys.ensure(tmp_path)
    first = keys.read(tmp_path)
    keys.ensure(tmp_path)
    assert keys.read(tmp_path) == first and len(first) >= 50
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["secret_key"]
