"""What cannot be read refuses the whole file before anything is written: with its line and the reason."""

import gzip
from pathlib import Path

import pytest

from visita.integrations.appointments_file import checking, mapping
from visita.integrations.appointments_file.problems import Unusable
from visita.integrations.appointments_file.tests.conftest import HEADER, MAPPING, ROWS, Write

GOOD = "\n".join([HEADER, *ROWS, ""]).encode()


def _check(file: Path, mapping_file: Path) -> checking.Checked:
    return checking.check(file, mapping.read(mapping_file), lambda: None)


def _refused(file: Path, mapping_file: Path) -> tuple[int | None, str]:
    with pytest.raises(Unusable) as caught:
        _check(file, mapping_file)
    return caught.value.problems[0].line, caught.value.problems[0].reason


def test_a_good_file_is_counted(write: Write, mapping_file: Path) -> None:
    checked = _check(write(*ROWS), mapping_file)
    assert (checked.rows, list(checked.locations)) == (3, ["NORTH", "SOUTH"])


@pytest.mark.parametrize("name", ["file.csv.gz", "named-otherwise.csv"])
def test_a_packed_file_is_unpacked(write: Write, mapping_file: Path, name: str) -> None:
    assert _check(write(data=gzip.compress(GOOD), name=name), mapping_file).rows == 3


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,NORTH,c,2016-05-02T08:00:00,2016-02-30,0", "day: '2016-02-30' is no date: day is out of range"),
        ("x,NORTH,c,2016-05-02T25:00:00,2016-05-03,0", "booked: '2016-05-02T25:00:00' is no date and time"),
        ("x,NORTH,c,2016-05-02,2016-05-03,0", "booked: '2016-05-02' is no date and time: it has no hour"),
        ("x,NORTH,c,0001-01-01T00:00:00,2016-05-03,0", "the year 1 is out of reach"),
        ("x,NORTH,c,soon,2016-05-03,0", "booked: 'soon' is no date and time"),
        ("x,NORTH,c,2016-05-02T08:00:00,2016-05-03,7", "missed: '7' has no meaning in the mapping"),
        (",NORTH,c,2016-05-02T08:00:00,2016-05-03,0", "id: is empty"),
        ("x,,c,2016-05-02T08:00:00,2016-05-03,0", "place: is empty"),
        ("x,NORTH,,2016-05-02T08:00:00,2016-05-03,0", "says nothing of the client"),
        ("x,NORTH,c\0,2016-05-02T08:00:00,2016-05-03,0", "client: holds a NUL"),
        (f"{'x' * 121},NORTH,c,2016-05-02T08:00:00,2016-05-03,0", "id: is longer than 120 characters"),
        ("x,NORTH,c,2016-05-02T08:00:00", "has 4 cells, the header 6"),
        ("a1,NORTH,c,2016-05-02T08:00:00,2016-05-03,0", "id: a1 stands on line 2 already"),
    ],
)
def test_a_row_that_cannot_be_read(write: Write, mapping_file: Path, row: str, reason: str) -> None:
    line, told = _refused(write(*ROWS, row), mapping_file)
    assert line == 5
    assert reason in told


def test_lines_count_as_an_editor_counts_them(write: Write, mapping_file: Path) -> None:
    rows = [
        'b1,NORTH,"c1\nthe elder",2016-05-02T08:00:00,2016-05-03,0',
        "",
        "b2,NORTH,c1,2016-05-02T08:00:00,2016-05-33,0",
    ]
    assert _refused(write(*rows), mapping_file)[0] == 5


def test_many_bad_rows_are_counted_and_few_are_told(write: Write, mapping_file: Path) -> None:
    with pytest.raises(Unusable) as caught:
        _check(write(*["a1,NORTH,c,2016-05-02T08:00:00,2016-05-03,0"] * 500), mapping_file)
    assert (caught.value.count, len(caught.value.problems)) == (499, 20)


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", None, "is empty"),
        (HEADER.encode(), None, "has a header but no rows"),
        (GOOD.replace(b"missed", b"showed", 1), 1, "has no column 'missed' for status"),
        (GOOD.replace(b"missed", b"day", 1), 1, "has the column 'day' twice"),
        (GOOD.replace(b",", b";"), 1, "has no column 'id' for external_id"),
        (GOOD.replace(b"SOUTH", "SÃO".encode("latin-1")), 4, "is not utf-8: invalid continuation byte"),
        (GOOD.replace(b"SOUTH", b'"SOUTH'), 4, "unexpected end of data"),
        (GOOD + b"x" * (2 << 20), 5, "the line is longer than 1 MiB"),
    ],
)
def test_a_file_that_is_not_what_the_mapping_says(
    write: Write, mapping_file: Path, data: bytes, line: int | None, reason: str
) -> None:
    found, told = _refused(write(data=data), mapping_file)
    assert (found, reason in told) == (line, True), told


@pytest.mark.parametrize("keep", [1, 9, 15, 60])
def test_a_packed_file_that_was_cut_off(write: Write, mapping_file: Path, keep: int) -> None:
    packed = gzip.compress(GOOD)
    _line, reason = _refused(write(data=packed[:keep], name="file.csv.gz"), mapping_file)
    assert "broken or cut off" in reason


def test_a_packed_file_with_broken_insides(write: Write, mapping_file: Path) -> None:
    packed = bytearray(gzip.compress(GOOD))
    packed[-6] ^= 0xFF  # the checksum
    assert "broken or cut off" in _refused(write(data=bytes(packed), name="file.csv.gz"), mapping_file)[1]


def test_a_file_named_packed_that_is_not(write: Write, mapping_file: Path) -> None:
    assert "Not a gzipped file" in _refused(write(data=GOOD, name="file.csv.gz"), mapping_file)[1]


def test_a_mark_at_the_start_and_other_encodings(write: Write, mapping_file: Path) -> None:
    assert _check(write(data=b"\xef\xbb\xbf" + GOOD), mapping_file).rows == 3
    mapping_file.write_text(
        MAPPING.replace('"old-program"', '"old-program"\nencoding = "latin-1"\ndelimiter = ";"')
    )
    data = GOOD.replace(b",", b";").replace(b"SOUTH", "SÃO".encode("latin-1"))
    assert list(_check(write(data=data), mapping_file).locations) == ["NORTH", "SÃO"]


def test_a_folder_is_not_a_file(tmp_path: Path, mapping_file: Path) -> None:
    assert "is not a file that can be read twice" in _refused(tmp_path, mapping_file)[1]


def test_a_column_of_a_thousand_places_is_the_wrong_one(write: Write, mapping_file: Path) -> None:
    rows = [f"i{n},place {n},c,2016-05-02T08:00:00,2016-05-03,0" for n in range(1001)]
    assert "more than 1000 locations" in _refused(write(*rows), mapping_file)[1]
