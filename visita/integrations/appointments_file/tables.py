"""Reading a TOML table strictly: each key has a type, unknown keys are told, and every reason names its line."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from visita.foundation import text
from visita.foundation.errors import Refusal
from visita.integrations.appointments_file.problems import Problem, Unusable

_BIGGEST = 1 << 20


class Source:
    """A mapping's text beside the problems found in it so far."""

    def __init__(self, file: Path) -> None:
        """Reads the file; raises Unusable where it is no TOML at all."""
        self.file, self.problems, self._told = file, list[Problem](), set[str]()
        try:
            self.text = _text(file)
            self.values = tomllib.loads(self.text)
        except (OSError, ValueError) as error:  # broken UTF-8 and broken TOML are ValueErrors
            raise Unusable(
                [Problem(file, _line_in(str(error)), _("is not a mapping: %s") % error)]
            ) from error

    def line(self, path: str, key: str) -> int | None:
        """The line on which `key` of the table `path` stands, else that of the table itself."""
        table, found = "", dict[str, int]()
        for number, line in enumerate(self.text.splitlines(), 1):
            header = re.match(r"\s*\[([^\[\]]+)\]", line)
            if header:
                table = _bare(header[1])
            found.setdefault(table if header else f"{table}.{_bare(line.partition('=')[0])}", number)
        names = [f"{path}.{key}", path]
        while path:
            path = path.rpartition(".")[0]
            names.append(path)
        return next((found[name] for name in map(_bare, names) if name in found), None)

    def wrong(self, path: str, key: str, reason: str) -> None:
        """Keep the first reason about a key and read on, so that all are told at once."""
        name = f"{path}.{key}" if path and key else path or key
        if name in self._told:
            return
        self._told.add(name)
        self.problems.append(Problem(self.file, self.line(path, key), f"{name}: {reason}"))


class Table:
    """One table. Asking for a key types it; `close` tells the keys nobody asked for."""

    def __init__(self, source: Source, path: str, values: dict[str, Any]) -> None:
        self.source, self.path, self._values = source, path, dict(values)

    def __bool__(self) -> bool:
        return bool(self._values)

    def text(self, key: str, default: str | None = None, *, most: int = 200) -> str:
        """A text that is not empty; required where there is no default."""
        value = self._take(key, default, str)
        if value == "" and default != "":
            self.wrong(key, _("is missing or empty"))
        try:
            return text.line(value, field=key, limit=most)
        except Refusal as refusal:
            self.wrong(key, str(refusal.message))
            return ""

    def character(self, key: str, default: str) -> str:
        """One character between cells, a tab or a space too; not what quotes them or ends their line."""
        value = self._take(key, default, str)
        if len(value) == 1 and value not in '"\r\n\0':
            return str(value)
        self.wrong(key, _("the delimiter is one character"))
        return default

    def whole(self, key: str, default: int | None, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._take(key, default, int)
        if isinstance(value, bool) or not low <= value <= high:
            self.wrong(key, _("is not a whole number from %(low)s to %(high)s") % {"low": low, "high": high})
            return low
        return int(value)

    def items(self, kind: type) -> Iterator[tuple[str, Any]]:
        """All keys not asked for yet, with values of one type."""
        for key in list(self._values):
            yield key, self._take(key, None, kind)

    def table(self, key: str) -> "Table":
        """A table inside this one; empty where there is none."""
        path = f"{self.path}.{key}" if self.path else key
        return Table(self.source, path, self._take(key, {}, dict))

    def wrong(self, key: str, reason: str) -> None:
        """Keep a reason about a key of this table."""
        self.source.wrong(self.path, key, reason)

    def parsed(self, key: str, parse: Callable[[str], Any], default: str) -> Any:
        """A text through `parse`, whose ValueError or LookupError is told as the reason."""
        try:
            return parse(self.text(key, default))
        except (ValueError, LookupError) as error:
            self.wrong(key, str(error))
            return parse(default)

    def close(self) -> None:
        """Tell every key that nobody asked for."""
        for key in self._values:
            self.wrong(key, _("is not a key we know"))

    def _take(self, key: str, default: Any, kind: type) -> Any:
        value = self._values.pop(key, default)
        if value is None:
            self.wrong(key, _("is missing"))
        elif not isinstance(value, kind):
            self.wrong(
                key, _("is not a %s") % {str: "text", int: "number", dict: "table", list: "list"}[kind]
            )
        else:
            return value
        return kind()


def _text(file: Path) -> str:
    with file.open("rb") as stream:
        data = stream.read(_BIGGEST + 1)
    if len(data) > _BIGGEST:
        raise ValueError(_("it is larger than 1 MiB"))
    return data.decode("utf-8-sig")


def _line_in(message: str) -> int | None:
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else None


def _bare(name: str) -> str:
    """A key's path without quotes, spaces and a leading dot."""
    return re.sub(r"[\"'\s]", "", name).strip(".")
