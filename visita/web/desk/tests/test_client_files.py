"""Files on a client's card: brought by right, given out to be saved alone, hidden from others."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import world
from visita.clients import actions, base
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk, signed_in

PDF = b"%PDF-1.7\nHello\n%%EOF\n"


@pytest.fixture
def maria(desk: Desk, tmp_path: Path, settings: Any) -> int:
    """A client; files go to a folder of the test."""
    settings.VISITA_DATA = tmp_path
    return actions.register(desk.clinic.id, world.person(), actor=world.STAFF).pk


def bring(
    desk: Desk,
    client: int,
    content: bytes = PDF,
    name: str = "Maria\u2019s result.pdf",
    by: Client | None = None,
) -> Any:
    """POST a file as the card does."""
    sent = {"file": SimpleUploadedFile(name, content, "text/html")}
    return (by or desk.reception).post(desk.url(f"clients/{client}/files"), sent)


def test_it_is_listed_and_only_ever_saved(desk: Desk, maria: int) -> None:
    assert bring(desk, maria).status_code == 302
    card = desk.reception.get(desk.url(f"clients/{maria}/")).content.decode()
    assert "Maria\u2019s result" in card and "1 KB" in card
    with scope(desk.clinic.id):
        [found] = base.files(maria)
    answer = desk.reception.get(desk.url(f"clients/{maria}/files/{found.pk}"))
    assert answer.content == PDF and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment") and answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]


def test_what_is_no_file_is_told_on_the_card(desk: Desk, maria: int) -> None:
    assert bring(desk, maria, b"<html>").status_code == 415
    assert desk.reception.post(desk.url(f"clients/{maria}/files")).status_code == 422


def test_who_may_not_see_clients_gets_nothing(desk: Desk, maria: int) -> None:
    bring(desk, maria)
    with scope(desk.clinic.id):
        [found] = base.files(maria)
    url = desk.url(f"clients/{maria}/files/{found.pk}")
    assert desk.analyst.get(url).status_code == 403
    assert bring(desk, maria, by=desk.analyst).status_code == 403
    assert desk.analyst.post(f"{url}/removal").status_code == 403
    other = Desk(world.clinic("files-elsewhere"))
    assert other.reception.get(other.url(f"clients/{maria}/files/{found.pk}")).status_code == 404
    assert desk.reception.get(desk.url(f"clients/{maria + 1000}/files/{found.pk}")).status_code == 404


def test_removed_it_is_gone(desk: Desk, maria: int) -> None:
    bring(desk, maria)
    with scope(desk.clinic.id):
        [found] = base.files(maria)
    url = desk.url(f"clients/{maria}/files/{found.pk}")
    assert desk.reception.post(f"{url}/removal").status_code == 302
    assert desk.reception.get(url).status_code == 404
    assert "No files yet" in desk.reception.get(desk.url(f"clients/{maria}/")).content.decode()


def test_a_booking_centre_changes_clients_and_so_brings_files(desk: Desk, maria: int) -> None:
    assert bring(desk, maria, by=signed_in(desk.clinic.id, "booking_centre")).status_code == 302
