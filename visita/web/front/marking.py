"""Which letters of a found name were meant by what was typed: cut into pieces for the page to mark."""

from collections.abc import Sequence

from visita.web.front.spelling import Meets, fold, letter, slips, sounds

Pieces = tuple[tuple[str, bool], ...]


def marked(name: str, wanted: Sequence[str], meets: Meets) -> Pieces:
    """The name in pieces: of a word that begins so the typed letters, of one with a slip or in other letters all."""
    pieces: list[tuple[str, bool]] = []
    for piece in _pieces(name):
        for text, hit in _split(piece, wanted, meets):
            if pieces and pieces[-1][1] is hit:
                pieces[-1] = (pieces[-1][0] + text, hit)
            elif text:
                pieces.append((text, hit))
    return tuple(pieces)


def _pieces(name: str) -> list[str]:
    """Words and what stands between them; joined they are the name again."""
    pieces: list[str] = []
    for sign in name:
        joins = pieces and (_lettered(sign) == _lettered(pieces[-1][-1]))
        pieces[-1:] = [pieces[-1] + sign] if joins else [*pieces[-1:], sign]
    return pieces


def _lettered(sign: str) -> bool:
    return sign.isalnum() or sign in "_'" or letter(sign) == ""


def _split(piece: str, wanted: Sequence[str], meets: Meets) -> list[tuple[str, bool]]:
    folded = fold(piece)
    begun = [word for word in wanted if folded.startswith(word)]
    if begun:
        at = _length(piece, max(map(len, begun)))
        return [(piece[:at], True), (piece[at:], False)]
    inside = [word for word in wanted if len(word) > 2 and word in folded]
    if inside:
        first = folded.index(inside[0])
        start, end = _length(piece, first), _length(piece, first + len(inside[0]))
        return [(piece[:start], False), (piece[start:end], True), (piece[end:], False)]
    return [(piece, _meant(folded, wanted, meets))]


def _meant(folded: str, wanted: Sequence[str], meets: Meets) -> bool:
    if not folded or not _lettered(folded[0]):
        return False
    slipped = meets is slips and any(slips(word, folded) for word in wanted)
    return slipped or any(sounds(word, folded, meets) for word in wanted)


def _length(piece: str, folded: int) -> int:
    """How many signs of the piece give so many folded ones, the marks that follow included."""
    at = given = 0
    while at < len(piece) and (given < folded or letter(piece[at]) == ""):
        given += len(letter(piece[at]))
        at += 1
    return at
