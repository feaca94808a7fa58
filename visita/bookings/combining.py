"""Several services in one visit: the best combination at each start, for the answer and for the booking alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from visita.scheduling import engine


def combinations(
    window: engine.Window,
    needs: tuple[engine.Need, ...],
    known: Mapping[int, engine.Calendar],
    limits: engine.Limits,
    gap: int,
    whose: Sequence[int],
) -> dict[int, tuple[engine.Item, ...]]:
    """Those who come beside each other, else one after the other; ascending. `whose` each service is, by number."""
    tracks = tuple(whose)
    found = engine.sequences(window, engine.beside(needs), known, limits, gap)
    if len(set(tracks)) > 1:
        found |= engine.sequences(window, engine.beside(needs, tracks), known, limits, gap, tracks)
    return dict(sorted(found.items()))


def beginnings(
    window: engine.Window,
    needs: tuple[engine.Need, ...],
    known: Mapping[int, engine.Calendar],
    limits: engine.Limits,
    gap: int,
    whose: Sequence[int],
) -> list[int]:
    """The same starts without the combinations, which for a month of days takes a small part of the time."""
    tracks = tuple(whose)
    found = set(engine.sequence_starts(window, engine.beside(needs), known, limits, gap))
    if len(set(tracks)) > 1:
        found.update(engine.sequence_starts(window, engine.beside(needs, tracks), known, limits, gap, tracks))
    return sorted(found)


def at_distances(
    window: engine.Window,
    needs: tuple[engine.Need, ...],
    known: Mapping[int, engine.Calendar],
    limits: engine.Limits,
    distances: Sequence[int],
) -> dict[int, tuple[engine.Item, ...]]:
    """Starts at which every need is free so many minutes after the first; ascending, the first who can for each."""
    found: dict[int, tuple[engine.Item, ...]] = {}
    for at, (need, away) in enumerate(zip(needs, distances, strict=True)):
        later = engine.Window(window.origin + away, window.end + away)
        any_minute = need if at == 0 or need.starts.hours else replace(need, starts=engine.ANY_MINUTE)
        able = engine.offers(later, any_minute, known, limits if at == 0 else engine.Limits())
        items = {
            start - away: engine.Item(who[0], start, start + need.length(who[0]))
            for start, who in able.items()
        }
        found = {
            start: (*found.get(start, ()), one) for start, one in items.items() if at == 0 or start in found
        }
    return found
