"""Commands end in order by signal; a worker first finishes what it has in hand."""

import signal
from collections.abc import Iterator

import pytest

from visita.cli.start import leave_in_order
from visita.cli.worker import ended_by_signal

NUMBERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@pytest.fixture
def handlers() -> Iterator[dict[signal.Signals, object]]:
    """What was there before, put back at the end."""
    before = {number: signal.getsignal(number) for number in NUMBERS}
    yield dict(before)
    for number, handler in before.items():
        signal.signal(number, handler)


def test_the_first_signal_asks_and_the_next_is_the_old_one(handlers: dict[signal.Signals, object]) -> None:
    over = ended_by_signal()
    assert not over.is_set()
    signal.raise_signal(signal.SIGTERM)
    assert over.is_set()
    assert {number: signal.getsignal(number) for number in NUMBERS} == handlers


def test_a_server_started_beside_a_script_listens_to_ctrl_c_at_once(
    handlers: dict[signal.Signals, object],
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_in_order(by_keys=True)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(SystemExit):
        signal.raise_signal(signal.SIGTERM)
