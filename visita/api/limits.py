"""Limits for callers without a key: so many requests of a kind in a window from one address at one organization."""

from collections import Counter
from threading import Lock

from django.http import HttpRequest

from visita.foundation import clock
from visita.identity import rate
from visita.identity.doors import Kind, limit
from visita.identity.errors import slow_down
from visita.identity.origin import neighbourhood
from visita.tenancy import queries
from visita.tenancy.models import Organization

TRIES = 120  # bookings tried in a minute from one address, whatever comes of them


def find_within(request: HttpRequest, slug: str, kind: Kind) -> Organization | None:
    """The active organization of a slug, this request counted; the refusal `slow_down` (429) over the limit."""
    most = limit(kind)
    if most is None:
        return queries.by_slug(slug)
    if kind == "book":  # only what succeeds uses that limit up, so tries need one of their own
        _reads.count(f"tries {slug} {neighbourhood(request)}", TRIES)
    if kind != "read":
        return rate.hit_at(most, slug, f"api {kind}", neighbourhood(request))
    found = queries.by_slug(slug)
    if found is not None:
        _reads.count(f"{slug} {neighbourhood(request)}", most.count)
    return found


def count_told(request: HttpRequest, slug: str) -> None:
    """Counts a look for what was answered before, which costs more than a refusal does."""
    _reads.count(f"told {slug} {neighbourhood(request)}", TRIES)


def forgiven(request: HttpRequest, slug: str, kind: Kind) -> None:
    """Takes the count of this request back: it was refused, or was an answer told again."""
    most = limit(kind)
    if most is not None:
        rate.forgive(most, slug, f"api {kind}", neighbourhood(request))


def count_try(request: HttpRequest, organization: Organization) -> None:
    """Counts a try of a manage token; the refusal `slow_down` over the limit."""
    most = limit("manage")
    if most is not None:
        rate.hit(most, organization.pk, "api manage", neighbourhood(request))


class Reads:
    """Reads counted by minute in this process: a row written for each read would cost more than the read is worth."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._seen: Counter[str] = Counter()

    def count(self, key: str, most: int) -> None:
        """Counts one; refuses over `most` a minute. Old minutes are forgotten whole, so memory stays small."""
        minute = clock.minute()
        with self._lock:
            if minute != self._minute:
                self._minute, self._seen = minute, Counter()
            self._seen[key] += 1
            seen = self._seen[key]
        if seen > most:
            raise slow_down(60 - int(clock.now().timestamp()) % 60)


_reads = Reads()
