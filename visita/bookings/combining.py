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
    able: list[dict[int, tuple[int, ...]]] = []
    for at, (need, away) in enumerate(zip(needs, distances, strict=True)):
        later = engine.Window(window.origin + away, window.end + away)
        any_minute = need if at == 0 or need.starts.hours else replace(need, starts=engine.ANY_MINUTE)
        offered = engine.offers(later, any_minute, known, limits if at == 0 else engine.Limits())
        able.append({start - away: who for start, who in offered.items()})
    common = set.intersection(*(set(each) for each in able))
    found = {
        start: _filled(
            [
                (need, start + away, who[start])
                for need, away, who in zip(needs, distances, able, strict=True)
            ],
            known,
            (),
        )
        for start in sorted(common)
    }
    return {start: items for start, items in found.items() if items}


def _filled(
    parts: Sequence[tuple[engine.Need, int, tuple[int, ...]]],
    known: Mapping[int, engine.Calendar],
    taken: tuple[engine.Claim, ...],
) -> tuple[engine.Item, ...] | None:
    """The first who can for each (need, start, who is free); nobody and no room twice at the same time.

    A resource of several lanes bears what overlaps.
    """
    if not parts:
        return ()
    (need, start, free), *rest = parts
    for who in free:
        spans = need.parts(who) if need.lanes == 1 else ()
        own = tuple(engine.Claim(who, start + at, start + at + length) for at, length in spans)
        if engine.clashes(own, taken):
            continue
        for more in engine.extras(need, start, who, known, (*taken, *own)):
            behind = _filled(rest, known, (*taken, *own, *more))
            if behind is not None:
                return (engine.Item(who, start, start + need.length(who)), *behind)
    return None
