"""What is asked of the engine and what it knows: small frozen records without services, clients or rows.

All instants are epoch minutes in UTC, all lengths minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from visita.foundation.timeline import Span, Timeline, from_spans, without
from visita.scheduling.engine.claims import Claims
from visita.scheduling.engine.working import WorkingTime


class Window(NamedTuple):
    """The starts asked about: origin ≤ start < end."""

    origin: int
    end: int


class Claim(NamedTuple):
    """One row to be claimed: a resource, [start, end) with buffers, seats [low, high) (None: all from low on)."""

    resource: int
    start: int
    end: int
    low: int = 1
    high: int | None = None


@dataclass(frozen=True, slots=True)
class StartRule:
    """Where a visit may start: every `step` wall-clock minutes from the start of each working interval, or, if `hours`
    is not empty, only at these minutes of the wall-clock day. `step` 0: at any minute whatever (staff). `aligned`: the
    steps are counted from midnight, whenever work begins (full hours, half hours)."""

    step: int = 15
    hours: tuple[int, ...] = ()
    aligned: bool = False

    @property
    def fixed(self) -> tuple[int, ...]:
        """The minutes of the day at which it starts, where they do not depend on who works when."""
        return self.hours or (tuple(range(0, 1440, self.step)) if self.aligned and self.step else ())


ANY_MINUTE = StartRule(step=0)


@dataclass(frozen=True, slots=True)
class Group:
    """One more resource is needed: any of `candidates`, exclusively, for the whole service time and its own buffers."""

    candidates: tuple[int, ...]
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """One service at a time.

    `minutes`: the visible time, `minutes_of` where a resource's differs. `before`, `after`: buffers, claimed too.
    `holes`: (offset, length) inside the visible time during which the main resource is free for others. `groups`:
    further resources, all distinct and none the main one. `lanes` > 1: the main resource is shared, each place keeps one
    of the seats 1..lanes for its whole length; `seats`: places wanted, each on a lane of its own.

    What binds clients only: `online`: by resource, the UTC spans (ascending, disjoint) the visible time must lie in.
    `limited`: the only spans in which a visit may start (a promotion's hours). `rests`: by resource, the shortest rest
    a visit may leave beside it, at the `sides` (before, after) that count; none at all is always welcome.
    """

    minutes: int
    candidates: tuple[int, ...]
    starts: StartRule = StartRule()
    before: int = 0
    after: int = 0
    holes: tuple[Span, ...] = ()
    groups: tuple[Group, ...] = ()
    lanes: int = 1
    seats: int = 1
    minutes_of: Mapping[int, int] = field(default_factory=dict)
    online: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    limited: tuple[Span, ...] | None = None
    rests: Mapping[int, int] = field(default_factory=dict)
    sides: tuple[bool, bool] = (True, True)

    def length(self, resource: int) -> int:
        """Visible minutes with this resource."""
        return self.minutes_of.get(resource, self.minutes)

    def longest(self) -> int:
        """Visible minutes with whoever takes longest; 0 where there is nobody."""
        if not self.minutes_of:
            return self.minutes if self.candidates else 0
        return max(map(self.length, self.candidates), default=0)

    def parts(self, resource: int) -> list[Span]:
        """What is claimed of the main resource, as (offset from the start, length): all but the holes."""
        length = self.length(resource)
        holes = [(max(at, 0), min(at + span, length)) for at, span in self.holes]
        return [(s, e - s) for s, e in without((-self.before, length + self.after), holes)]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of one resource.

    `work` None: always open (a device without hours of its own). `online`: the only UTC spans clients may book by
    themselves, ascending and disjoint; None = all working time.
    """

    resource: int
    work: WorkingTime | None
    claims: Claims = field(default_factory=Claims)
    online: tuple[Span, ...] | None = None

    def works(self, length: int, origin: int, end: int) -> Timeline:
        """The minutes in [origin, end) from which `length` minutes in a row are working time."""
        return everything(origin, end) if self.work is None else within(self.work.spans, length, origin, end)

    def bookable_online(self, need: Need, origin: int, end: int) -> Timeline:
        """The minutes in [origin, end) from which the whole visible time is open to clients."""
        length, found = need.length(self.resource), everything(origin, end)
        for spans in (self.online, need.online.get(self.resource)):
            if spans is not None:
                found &= within(spans, length, origin, end)
        return found


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on the first start, all inclusive, None = none: `now`, `earliest` (notice), `latest` (horizon)."""

    now: int | None = None
    earliest: int | None = None
    latest: int | None = None

    def clip(self, window: Window) -> Window:
        """The part of the window in which a start may lie; empty windows have end = origin."""
        known = [bound for bound in (self.now, self.earliest) if bound is not None]
        origin = max([window.origin, *known])
        end = window.end if self.latest is None else min(window.end, self.latest + 1)
        return Window(origin, max(origin, end))

    def refusal(self, start: int) -> tuple[str, int] | None:
        """Why this start lies outside, with the bound it breaks."""
        if self.now is not None and start < self.now:
            return "too_late", max(self.now, self.earliest or self.now)
        if self.earliest is not None and start < self.earliest:
            return "notice_required", self.earliest
        if self.latest is not None and start > self.latest:
            return "too_far", self.latest
        return None


NO_LIMITS = Limits()


@lru_cache(maxsize=128)  # people of one place often keep the same hours
def within(spans: tuple[Span, ...], length: int, origin: int, end: int) -> Timeline:
    """The minutes in [origin, end) from which `length` minutes in a row lie in one of the disjoint `spans`."""
    less = length - 1
    return from_spans([(s, e - less) for s, e in spans if e - s > less], origin, end)


def everything(origin: int, end: int) -> Timeline:
    """Every minute in [origin, end)."""
    return (1 << max(end - origin, 0)) - 1
