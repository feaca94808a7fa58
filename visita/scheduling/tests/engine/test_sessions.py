"""Dated classes pass the engine with places and limits only."""

from visita.scheduling.engine import Limits, Session, Window, session_offers


def test_sessions_with_places_inside_window_and_limits() -> None:
    classes = [Session(3, 200, 260, (1,), 2), Session(1, 100, 160, (1,), 5), Session(2, 100, 160, (2,), 0)]
    late = Session(4, 300, 360, (1,), 9)
    found = session_offers(Window(0, 300), [*classes, late], seats=2)
    assert [each.id for each in found] == [1, 3]
    assert [each.id for each in session_offers(Window(0, 301), [late], 9, Limits(latest=300))] == [4]
    assert session_offers(Window(0, 400), [late], 1, Limits(now=301)) == []
