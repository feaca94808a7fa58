"""Where a row goes that has a day but no hour: the first free start of that day at that place."""

from datetime import date

from visita.bookings import availability, rules
from visita.bookings.availability import Ask, AskItem, Loaded
from visita.bookings.rules import Rules
from visita.integrations.appointments_file import refusals


class Openings:
    """Asks the engine as every door does. The rules of a location are kept until `forget`, claims never."""

    def __init__(self, service_id: int) -> None:
        self._service_id = service_id
        self._rules: dict[int, Rules] = {}

    def forget(self) -> None:
        """Read the rules again, in case somebody changed them meanwhile."""
        self._rules.clear()

    def rules(self, location_id: int) -> Rules:
        """The rules at a location, inside a scope."""
        if location_id not in self._rules:
            self._rules[location_id] = rules.load(location_id, (self._service_id,))
        return self._rules[location_id]

    def first(self, location_id: int, day: date) -> tuple[int, tuple[int, ...]]:
        """The first free start from now on (epoch minute) and who is free then; refuses a day that has none."""
        ask = Ask(location_id, (AskItem(self._service_id),), day, day, staff=True)
        loaded = availability.load(ask)
        start = next(availability.starts(ask, loaded), None)
        if start is None:
            raise refusals.no_free_start() if _worked(loaded) else refusals.not_offered()
        return start.start, start.resources


def _worked(loaded: Loaded) -> bool:
    """True if anybody works within the window."""
    spans = [span for calendar in loaded.calendars.values() if calendar.work for span in calendar.work.spans]
    return any(start < loaded.window.end and end > loaded.window.origin for start, end in spans)
