"""What came of an import: the summary for people and programs, and the file of refused rows."""

import csv
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.utils.translation import gettext as _

from visita.foundation.errors import Refusal
from visita.integrations.appointments_file.rows import Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


@dataclass(slots=True)
class Summary:
    """Counts of one run. `read` rows are booked, already there, or refused: nothing else can happen to a row.

    `found` and `found_no_show` are read back from the database for the rows said to be booked, `told_no_show` is
    what the file says of the same rows.
    """

    organization: str
    rows: int
    made: dict[str, int] = field(default_factory=dict)
    read: int = 0
    booked: int = 0
    already: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    clients_created: int = 0
    found: int = 0
    found_no_show: int = 0
    told_no_show: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    stopped: str = ""
    refused_file: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For programs; shares are of the rows found, rounded to six digits, None where there are none."""
        return {
            "organization": self.organization,
            "rows": self.rows,
            "read": self.read,
            "booked": self.booked,
            "already": self.already,
            "refused": sum(self.refused.values()),
            "refused_by_reason": dict(sorted(self.refused.items())),
            "clients_created": self.clients_created,
            "made": self.made,
            "found": self.found,
            "no_show_share": {
                "booked": self._share(self.found_no_show),
                "file": self._share(self.told_no_show),
            },
            "seconds": round(self.seconds, 3),
            "rows_per_second": round(self.read / self.seconds, 1) if self.seconds else None,
            "interrupted": self.interrupted,
            "stopped": self.stopped or None,
            "refused_file": self.refused_file,
        }

    def counts(self) -> dict[str, int]:
        """The numbers alone, for the activity record."""
        names = ("rows", "read", "booked", "already", "clients_created")
        return {**{name: getattr(self, name) for name in names}, "refused": sum(self.refused.values())}

    def as_json(self) -> str:
        """One object on one line."""
        return json.dumps(self.as_dict(), ensure_ascii=False)

    def as_text(self) -> str:
        """For people."""
        lines = [
            _("%(read)s of %(rows)s rows read for %(organization)s") % self.as_dict(),
            _("  booked           %s") % self.booked,
            _("  already there    %s") % self.already,
            _("  refused          %s") % sum(self.refused.values()),
            *(f"    {code}: {count}" for code, count in sorted(self.refused.items())),
            _("  clients created  %s") % self.clients_created,
            _("  no-show share    %(ours)s booked, %(file)s in the file for the same rows") % self._shares(),
        ]
        if self.refused_file:
            lines.append(_("  refused rows are in %s") % self.refused_file)
        if self.interrupted:
            lines.append(_("Interrupted. What is booked is kept; run the same command again for the rest."))
        if self.stopped:
            lines.append(_("Stopped: %s. What is booked is kept; run the same command again.") % self.stopped)
        return "\n".join(lines)

    def _share(self, count: int) -> float | None:
        return round(count / self.found, 6) if self.found else None

    def _shares(self) -> dict[str, str]:
        shares = {"ours": self._share(self.found_no_show), "file": self._share(self.told_no_show)}
        return {name: "–" if share is None else f"{share:.2%}" for name, share in shares.items()}


class RefusedFile(AbstractContextManager["RefusedFile"]):
    """The refused rows as CSV: line, code, reason, then the row as it was; written as they come, only we may read it.

    Cells that a spreadsheet would take for a formula get an apostrophe in front.
    """

    def __init__(self, path: Path, header: list[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream)
        self._write(["line", "code", "reason", *header])

    def add(self, row: Row, refusal: Refusal) -> None:
        """One row, at once on disk, so that an import that is killed leaves the reasons so far."""
        self._write([str(row.line), refusal.code, str(refusal.message), *row.cells])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def _write(self, cells: Iterable[str]) -> None:
        self._writer.writerow([_harmless(cell) for cell in cells])
        self._stream.flush()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
