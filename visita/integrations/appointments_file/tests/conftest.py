"""A mapping and a file in the test's own folder, small enough to read in the test."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from visita.integrations.appointments_file import command

MAPPING = """
[file]
source = "old-program"
[columns]
external_id = "id"
location = "place"
client_id = "client"
booked_at = "booked"
day = "day"
status = "missed"
[status]
"0" = "completed"
"1" = "no_show"
[clients]
name = "Client {client_id}"
[organization]
name = "Two Clinics"
trade = "clinic"
zone = "America/Sao_Paulo"
currency = "BRL"
country = "BR"
[service]
name = "Consultation"
minutes = 30
[locations]
resources = 1
resource_name = "Room {number}"
resource_kind = "room"
[locations.working_time]
monday-friday = ["08:00-10:00"]
"""

HEADER = "id,place,client,booked,day,missed"
ROWS = [
    "a1,NORTH,c1,2016-05-02T08:00:00,2016-05-03,0",
    "a2,NORTH,c2,2016-05-02T08:01:00,2016-05-03,1",
    "a3,SOUTH,c1,2016-05-02T08:02:00,2016-05-03,0",
]

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes lines under a header (or bytes as they are) and gives the file."""

    def write(*rows: str, header: str = HEADER, name: str = "file.csv", data: bytes | None = None) -> Path:
        file = tmp_path / name
        file.write_bytes("\n".join([header, *rows, ""]).encode() if data is None else data)
        return file

    return write


@pytest.fixture
def mapping_file(tmp_path: Path) -> Path:
    """The mapping the small files are read by."""
    file = tmp_path / "mapping.toml"
    file.write_text(MAPPING, encoding="utf-8")
    return file


Import = Callable[..., dict[str, Any]]


@pytest.fixture
def bring(
    db: None, tmp_path: Path, mapping_file: Path, capsys: pytest.CaptureFixture[str], write: Write
) -> Import:
    """Imports rows (or a file) into the organization `two-clinics` and gives the summary, with its exit code."""

    def bring(*rows: str, file: Path | None = None, code: int = 0) -> dict[str, Any]:
        path = file or write(*rows)
        capsys.readouterr()
        found = command.run(path, mapping_file, "two-clinics", as_json=True, refused=tmp_path / "refused.csv")
        said = capsys.readouterr()
        assert (found, said.err == "") == (code, code in (0, 1, 130)), said.err
        summary: dict[str, Any] = json.loads(said.out)
        return summary

    return bring
