"""A trade's own words, and the plain ones for a trade nobody knows."""

from visita.web.components.trades import TRADES, words


def test_a_clinic_has_patients_and_doctors() -> None:
    assert str(words("medical").client) == "Patient" and str(words("medical").by) == "By doctor"
    assert str(words("vet").client) == "Owner"


def test_an_unknown_trade_has_the_plain_words() -> None:
    assert str(words("candle maker").client) == "Client"


def test_the_trades_of_the_requirement_are_there() -> None:
    assert len(TRADES) >= 17 and all(str(one.name) and str(one.family) for one in TRADES.values())
