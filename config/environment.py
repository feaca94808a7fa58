"""Reads the environment once, into typed values. docs/reference/settings.md says what each one is for."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
_ADAPTERS = ("console", "file")
_ON, _OFF = {"1", "on", "true", "yes"}, {"", "0", "off", "false", "no"}


class BadSetting(ValueError):
    """A variable has a value that cannot be used; the text names it and what is accepted."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything that can be set from outside, with its default filled in."""

    data: Path
    port: int
    host: str
    debug: bool
    database_url: str | None
    database_owner_url: str | None
    database_direct_url: str | None
    secret_key: str | None
    hosts: tuple[str, ...]
    public_url: str | None
    front_origin: str | None
    tags_origin: str | None
    google_tags: str
    facebook_tags: str
    trusted_proxies: tuple[str, ...]
    rate_limits: bool
    sms: tuple[str, ...]
    email: tuple[str, ...]
    vite_dev: bool
    web_threads: int
    worker: bool


def read(variables: Mapping[str, str]) -> Environment:
    """The environment of this process; raises BadSetting naming the first variable that cannot be used."""
    return Environment(
        data=Path(variables.get("VISITA_DATA") or ROOT / ".data").expanduser().absolute(),
        port=_number(variables, "PORT", 8000, 0, 65535),
        host=variables.get("VISITA_BIND") or "127.0.0.1",
        debug=_switch(variables, "VISITA_DEBUG", default=False),
        database_url=_database(variables, "DATABASE_URL"),
        database_owner_url=_database(variables, "DATABASE_OWNER_URL"),
        database_direct_url=_database(variables, "DATABASE_DIRECT_URL"),
        secret_key=variables.get("VISITA_SECRET_KEY") or None,
        hosts=_list(variables, "VISITA_HOSTS"),
        public_url=_origin(variables, "VISITA_PUBLIC_URL"),
        front_origin=_origin(variables, "FRONT_ORIGIN"),
        tags_origin=_tags_origin(variables),
        google_tags=_origin(variables, "GOOGLE_TAGS") or "https://www.googletagmanager.com",
        facebook_tags=_origin(variables, "FACEBOOK_TAGS") or "https://connect.facebook.net",
        trusted_proxies=_networks(variables, "TRUSTED_PROXIES"),
        rate_limits=_switch(variables, "VISITA_RATE_LIMITS", default=True),
        sms=_adapters(variables, "VISITA_SMS"),
        email=_adapters(variables, "VISITA_EMAIL"),
        vite_dev=_switch(variables, "VISITA_VITE_DEV", default=False),
        web_threads=_number(variables, "WEB_THREADS", 8, 1, 64),
        worker=_switch(variables, "WORKER", default=True),
    )


def _tags_origin(variables: Mapping[str, str]) -> str | None:
    origin = _origin(variables, "TAGS_ORIGIN")
    if origin and origin in (_origin(variables, "VISITA_PUBLIC_URL"), _origin(variables, "FRONT_ORIGIN")):
        raise BadSetting(f"TAGS_ORIGIN is {origin!r}: it must be an origin where no other page of Visita is.")
    return origin


def _database(variables: Mapping[str, str], name: str) -> str | None:
    """The address as it stands; a refusal does not repeat it, for there is a password in it."""
    text = variables.get(name) or None
    try:
        parts = urlsplit(text or "postgresql:///visita")
        sound = parts.scheme in ("postgres", "postgresql") and parts.path.strip("/") and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise BadSetting(f"{name} is no PostgreSQL database: write postgresql://role:password@host/database.")
    return text


def _switch(variables: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = variables.get(name, "on" if default else "off").strip().lower()
    if value not in _ON | _OFF:
        raise BadSetting(f"{name} is {value!r}: write on or off.")
    return value in _ON


def _number(variables: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = variables.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise BadSetting(f"{name} is {text!r}: write a whole number from {low} to {high}.")
    return int(text)


def _list(variables: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in variables.get(name, "").split(",") if part.strip())


def _adapters(variables: Mapping[str, str], name: str) -> tuple[str, ...]:
    chosen = _list(variables, name)
    for text in chosen:
        if text not in _ADAPTERS:
            raise BadSetting(f"{name} has {text!r}: write one or more of {', '.join(_ADAPTERS)}.")
    return chosen


def _networks(variables: Mapping[str, str], name: str) -> tuple[str, ...]:
    networks = _list(variables, name)
    for text in networks:
        try:
            ip_network(text, strict=False)
        except ValueError:
            raise BadSetting(
                f"{name} has {text!r}: write addresses or networks such as 10.0.0.0/8."
            ) from None
    return networks


def _origin(variables: Mapping[str, str], name: str) -> str | None:
    text = variables.get(name, "").rstrip("/")
    scheme, _, rest = text.partition("://")
    if text and (scheme not in ("http", "https") or not rest or "/" in rest):
        raise BadSetting(f"{name} is {text!r}: write an origin such as https://book.example.org.")
    return text or None


environment = read(os.environ)
