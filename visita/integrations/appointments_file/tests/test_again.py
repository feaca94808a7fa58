"""Once only: a second run, a larger file, an import that was cut off, two at the same moment."""

import signal
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from visita.bookings.actions.book import book_within
from visita.bookings.models import Visit
from visita.clients.models import Client
from visita.foundation.scope import scope
from visita.integrations.appointments_file import booking
from visita.integrations.appointments_file.known import Known
from visita.integrations.appointments_file.rows import Reader
from visita.integrations.appointments_file.tests.conftest import ROWS, Import, Write
from visita.tenancy.models import Organization


def _walls() -> dict[str | None, str]:
    with scope(Organization.objects.get(slug="two-clinics").pk):
        return dict(Visit.objects.order_by("external_id").values_list("external_id", "wall"))


def test_a_second_run_adds_nothing(bring: Import) -> None:
    bring(*ROWS)
    again = bring(*ROWS)
    assert (again["booked"], again["already"], again["clients_created"]) == (0, 3, 0)
    assert again["no_show_share"] == {"booked": 0.333333, "file": 0.333333}
    assert len(_walls()) == 3


def test_a_larger_file_adds_what_is_new(bring: Import) -> None:
    bring(*ROWS)
    more = bring(*ROWS, "a4,NORTH,c1,2016-05-02T09:00:00,2016-05-03,0")
    assert (more["booked"], more["already"], more["clients_created"]) == (1, 3, 0)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_import_goes_on_where_it_stopped(
    bring: Import, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    real = booking.Booker._row

    def row(self: booking.Booker, row: Any) -> None:
        real(self, row)
        if row.external_id == "a2":
            signal.raise_signal(how)

    monkeypatch.setattr(booking.Booker, "_row", row)
    cut = bring(*ROWS, code=130)
    assert (cut["interrupted"], cut["booked"], cut["read"], cut["found"]) == (True, 2, 2, 2)
    monkeypatch.undo()
    rest = bring(*ROWS)
    assert (rest["booked"], rest["already"]) == (1, 2)
    assert _walls() == {"a1": "2016-05-03T08:00", "a2": "2016-05-03T08:30", "a3": "2016-05-03T08:00"}


def test_an_import_interrupted_while_it_checks_has_done_nothing(
    bring: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Reader.row

    def row(self: Reader, line: int, cells: list[str]) -> Any:
        signal.raise_signal(signal.SIGINT)
        return real(self, line, cells)

    monkeypatch.setattr(Reader, "row", row)
    assert (bring(*ROWS, code=130)["read"], Organization.objects.filter(slug="two-clinics").exists()) == (
        0,
        False,
    )


def test_a_database_that_goes_away_keeps_what_is_booked(
    bring: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = book_within

    def book(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.external.id == "a3":
            raise OperationalError("the connection is closed")
        return real(request, *args, **kwargs)

    monkeypatch.setattr(booking, "book_within", book)
    summary = bring(*ROWS, code=1)
    assert (summary["booked"], summary["stopped"]) == (2, "the connection is closed")
    monkeypatch.undo()
    assert bring(*ROWS)["booked"] == 1


def test_two_imports_of_one_file_at_once(bring: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one books between our look and our write: the unique key refuses, and the row counts as there."""
    bring(*ROWS[:1])
    real = Known.look
    looks: list[int] = []

    def look(self: Known, rows: Any) -> None:
        real(self, rows)
        looks.append(len(rows))
        if len(looks) == 1:
            self.visits.clear()
            self.clients.clear()

    monkeypatch.setattr(Known, "look", look)
    summary = bring(*ROWS)
    assert (summary["already"], summary["booked"], looks) == (1, 2, [3, 1])
    assert len(_walls()) == 3


def test_one_client_of_two_rows_booked_at_one_moment_is_counted_once(
    bring: Import, mapping_file: Path, write: Write
) -> None:
    text = mapping_file.read_text().replace('client_id = "client"', 'client_name = "client"')
    mapping_file.write_text(text.replace('[clients]\nname = "Client {client_id}"\n', ""))
    moment = "2016-05-02T08:00:00,2016-05-03,0"
    said = bring(f"a1,NORTH,Ana Pop,{moment}", f"a2,NORTH,Ana Pop,{moment}")
    with scope(Organization.objects.get(slug="two-clinics").pk):
        assert said["clients_created"] == Client.objects.count()


def test_a_row_whose_own_twin_took_its_time_was_there_already(
    bring: Import, mapping_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping_file.write_text(mapping_file.read_text().replace('day = "day"', 'start = "day"'))
    row = "a1,NORTH,c1,2016-05-02T08:00:00,2016-05-03T08:00,0"
    bring(row)
    monkeypatch.setattr(Known, "look", lambda *_: None)  # as before the other import has committed
    said = bring(row)
    assert (said["already"], said["refused"], said["found"]) == (1, 0, 1)
