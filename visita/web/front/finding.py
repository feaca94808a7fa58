"""The search of the client's pages: what is offered, ranked by how well it answers the words typed so far.

A beginning of the name comes before a beginning of one of its words, that before a synonym or another language's
name, that before the group or the occupation. Slips of the finger (one in four letters, two in eight) and the wrong
keyboard are forgiven when nothing was written as typed. The catalogue is small and at hand: no index, no query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from visita.web.front.marking import Pieces, marked
from visita.web.front.spelling import Meets, begins, fold, other_keyboard, slips, sounds, words

WHOLE, START, WORD, ALSO, INSIDE, NEAR, SOUND = range(7)  # how a typed word was met, best first
_MISS = 99
MOST = 40  # nobody reads further; they type another letter


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its name as shown, what else it is called, what it is about; `what` is for the caller."""

    what: Any
    name: str
    also: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that answers: its name in pieces (text, whether it was meant), the synonym that was, how far off."""

    what: Any
    name: Pieces
    by: str = ""
    rank: tuple[int, ...] = ()


def find(typed: str, entries: Sequence[Entry]) -> list[Found]:
    """The entries that answer every typed word, best first; as written, else on the other keyboard, else with slips."""
    wanted = words(typed)
    if not wanted:
        return []
    meant = words(other_keyboard(typed))
    return (
        _ranked(wanted, entries, begins)
        or (_ranked(meant, entries, begins) if meant else [])
        or _ranked(wanted, entries, slips)
        or (_ranked(meant, entries, slips) if meant else [])
    )


def _ranked(wanted: Sequence[str], entries: Sequence[Entry], meets: Meets) -> list[Found]:
    met = [(rank, at) for at, entry in enumerate(entries) if (rank := _rank(wanted, entry, meets))]
    return [_found(wanted, entries[at], meets, rank) for rank, at in sorted(met)[:MOST]]


def _rank(wanted: Sequence[str], entry: Entry, meets: Meets) -> tuple[int, ...]:
    """The worst word and all together, lower is better; empty when a word is not met at all."""
    ranks = [_how(word, entry, meets) for word in wanted]
    if _MISS in ranks:
        return ()
    if max(ranks) <= WORD and fold(entry.name).startswith(" ".join(wanted)):
        ranks = [WHOLE if words(entry.name) == tuple(wanted) else START]
    return max(ranks), sum(ranks)


def _found(wanted: Sequence[str], entry: Entry, meets: Meets, rank: tuple[int, ...]) -> Found:
    by = _called(wanted, entry, meets) if rank[0] >= ALSO else ""
    return Found(entry.what, marked(entry.name, wanted, meets), by, rank)


def _how(wanted: str, entry: Entry, meets: Meets) -> int:
    name = words(entry.name)
    if _any(wanted, name, meets):
        return WORD
    if any(_any(wanted, words(text), meets) for text in entry.also):
        return ALSO
    if meets is slips:  # what a thing is about is long: with slips everything would answer
        return SOUND if _sounds(wanted, entry, meets) else _MISS
    if len(wanted) > 2 and any(wanted in word for text in (entry.name, *entry.also) for word in words(text)):
        return INSIDE
    if any(_any(wanted, words(text), meets) for text in entry.near):
        return NEAR
    return SOUND if _sounds(wanted, entry, meets) else _MISS


def _any(wanted: str, found: Iterable[str], meets: Meets) -> bool:
    return any(meets(wanted, word) for word in found)


def _sounds(wanted: str, entry: Entry, meets: Meets) -> bool:
    return any(sounds(wanted, word, meets) for text in (entry.name, *entry.also) for word in words(text))


def _called(wanted: Sequence[str], entry: Entry, meets: Meets) -> str:
    """The synonym that was meant: the first that answers a word the name does not."""
    name = words(entry.name)
    open_ = [word for word in wanted if not _any(word, name, meets)]
    return next((text for text in entry.also if any(_any(word, words(text), meets) for word in open_)), "")
