"""The policy a client agreed to: kept with the visit as it was, and the one that counts afterwards."""

from dataclasses import asdict, dataclass
from typing import Any

from visita.bookings import policies


@dataclass(frozen=True, slots=True)
class Terms:
    """`cancel_until` minutes before the start a visit may be cancelled or moved; `text` the policy in `language`."""

    cancel_until: int
    text: str = ""
    language: str = ""

    def deadline(self, start: int) -> int:
        """The last epoch minute for a change of a visit that starts at `start`."""
        return policies.deadline(start, self.cancel_until)

    def kept(self) -> dict[str, Any]:
        """As the visit keeps it."""
        return asdict(self)


def of(kept: dict[str, Any]) -> Terms | None:
    """The terms of a visit; None where none were agreed (booked by staff or imported)."""
    if "cancel_until" not in kept:
        return None
    return Terms(int(kept["cancel_until"]), kept.get("text", ""), kept.get("language", ""))
