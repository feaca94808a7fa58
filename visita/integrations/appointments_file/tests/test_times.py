"""Wall clocks that show an hour twice or never: Brazil in the winter of 2015 and 2016."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from visita.integrations.appointments_file.times import day, exists, instant, moment

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ("2016-05-02T08:00:00", "2016-05-02T11:00:00"),
        ("2015-10-17T23:59:59", "2015-10-18T02:59:59"),
        ("2015-10-18T00:00:00", "2015-10-18T03:00:00"),  # the clocks jump from 00:00 to 01:00
        ("2015-10-18T00:30:15", "2015-10-18T03:00:00"),
        ("2015-10-18T01:00:00", "2015-10-18T03:00:00"),
        ("2016-02-20T23:30:00", "2016-02-21T01:30:00"),  # shown twice: the first
        ("2016-02-21T00:00:00", "2016-02-21T03:00:00"),
    ],
)
def test_a_booking_time_on_the_wall(wall: str, utc: str) -> None:
    assert instant(moment(wall, None), SAO_PAULO) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_an_offset_decides_by_itself() -> None:
    written = moment("2015-10-18T00:30:00-05:00", None)
    assert instant(written, SAO_PAULO) == datetime(2015, 10, 18, 0, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert exists(written, SAO_PAULO)


def test_a_time_in_a_gap_does_not_exist() -> None:
    assert not exists(moment("2015-10-18T00:30:00", None), SAO_PAULO)
    assert exists(moment("2016-02-20T23:30:00", None), SAO_PAULO)


def test_formats_of_other_programs() -> None:
    assert day("31/05/2016", "%d/%m/%Y").isoformat() == "2016-05-31"
    assert moment("31.05.16 7:05", "%d.%m.%y %H:%M") == datetime(2016, 5, 31, 7, 5)  # noqa: DTZ001
    with pytest.raises(ValueError, match="out of range"):
        day("30/02/2016", "%d/%m/%Y")
