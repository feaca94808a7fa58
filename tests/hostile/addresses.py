"""Every address of the URLconf with values in its places."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
LONG = "9" * 5000


@dataclass(frozen=True, slots=True)
class Address:
    """A route as Django names it (`front:home`), and its pattern."""

    name: str
    route: str

    def path(self, values: Mapping[str, object]) -> str:
        """The address with these values in its places; what is not given stands as 1."""
        return "/" + _PLACE.sub(lambda found: str(values.get(found[2], 1)), self.route)

    @property
    def places(self) -> list[tuple[str, str]]:
        """(converter, name) of each place."""
        return _PLACE.findall(self.route)


def every() -> list[Address]:
    """All of the pages' addresses; programs' are another suite's."""
    found = list(_walk(get_resolver().url_patterns, "", ""))
    return [each for each in found if not each.route.startswith(("api", "^api"))]


def _walk(patterns: list[URLPattern | URLResolver], space: str, before: str) -> Iterator[Address]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            name = each.namespace or ""
            yield from _walk(each.url_patterns, f"{space}{name}:" if name else space, route)
        else:
            yield Address(f"{space}{each.name or ''}", route)
