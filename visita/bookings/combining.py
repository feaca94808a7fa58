"""Several services in one visit: the best combination at each start, for the answer and for the booking alike."""

from collections.abc import Mapping, Sequence

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
