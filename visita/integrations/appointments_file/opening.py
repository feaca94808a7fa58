"""Where a row goes that has a day but no hour: the first free start of that day at that place."""

from datetime import date, timedelta

from visita.bookings import calendars, rules
from visita.bookings.calendars import Work
from visita.bookings.rules import Rules
from visita.foundation import prepared
from visita.integrations.appointments_file import refusals
from visita.scheduling import engine


class Openings:
    """Asks the engine as every door does. Rules and working time are kept until `forget`, claims never."""

    def __init__(self, service_id: int) -> None:
        self._service_id = service_id
        self._rules: dict[int, Rules] = {}
        self._work: dict[tuple[int, date], Work] = {}

    def forget(self) -> None:
        """Read rules and working time again, in case somebody changed them meanwhile."""
        self._rules.clear()
        self._work.clear()

    def rules(self, location_id: int) -> Rules:
        """The rules at a location, inside a scope."""
        if location_id not in self._rules:
            self._rules[location_id] = rules.load(location_id, (self._service_id,)).outlasting()
        return self._rules[location_id]

    def first(self, location_id: int, day: date) -> tuple[int, tuple[int, ...]]:
        """The first free start from now on (epoch minute) and who is free then; refuses a day that has none."""
        found = self.rules(location_id)
        service = found.service(self._service_id)
        need = service.need(service.candidates(None, staff=True), seats=1)
        window = engine.Window(found.day_start(day), found.day_start(day + timedelta(days=1)))
        known = self._calendars(found, need, day, window)
        offered = engine.offers(window, need, known, found.limits([service], staff=True))
        if offered:
            return next(iter(offered.items()))
        raise refusals.no_free_start() if _worked(known, window) else refusals.not_offered()

    def _calendars(
        self, found: Rules, need: engine.Need, day: date, window: engine.Window
    ) -> dict[int, engine.Calendar]:
        extra = {resource for group in need.groups for resource in group.candidates}
        resources = sorted(extra.union(need.candidates))
        if (found.location_id, day) not in self._work:
            beside = extra.difference(need.candidates)
            self._work[found.location_id, day] = calendars.working(found, resources, day, day, beside)
        work = self._work[found.location_id, day]
        busy = prepared.ask(calendars.seated(resources, window.origin - 720, window.end + 2880))
        return calendars.join(work, busy)


def _worked(known: dict[int, engine.Calendar], window: engine.Window) -> bool:
    """True if anybody works within the window."""
    spans = [span for calendar in known.values() if calendar.work for span in calendar.work.spans]
    return any(start < window.end and end > window.origin for start, end in spans)
