"""A person's card: facts and photo by right, read by everybody at the desk."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import world
from visita.foundation.scope import scope
from visita.scheduling import queries
from visita.web.desk.tests.conftest import Desk, signed_in


@pytest.fixture
def card(desk: Desk, tmp_path: Path, settings: Any) -> str:
    """The address of Ana's card; pictures go to a folder of the test."""
    settings.VISITA_DATA = tmp_path
    return desk.url(f"people/{desk.clinic.ana}/")


def test_name_title_and_position_are_changed_by_right(desk: Desk, card: str) -> None:
    owner = signed_in(desk.clinic.id, "administrator")
    sent = {"version": 1, "title": "Dr.", "name": "Ana Popescu", "occupation_en": "Cardiologist"}
    assert owner.post(card, sent).status_code == 302
    with scope(desk.clinic.id):
        found = queries.resource(desk.clinic.ana)
    assert str(found) == "Dr. Ana Popescu" and found.occupation == {"en": "Cardiologist"}
    assert owner.post(card, sent).status_code == 409  # an old version
    assert owner.post(card, {**sent, "version": 2, "name": ""}).status_code == 422
    page = owner.get(card).content.decode()
    assert "Cardiologist" in page and "Consultation" in page and 'lang="ro"' in page


def test_the_rest_of_the_desk_reads_it(desk: Desk, card: str) -> None:
    for browser in (desk.reception, desk.doctor):
        page = browser.get(card)
        assert page.status_code == 200 and b"person-file" not in page.content
        assert browser.post(card, {"version": 1, "name": "X"}).status_code == 403
        assert browser.post(f"{card}photo").status_code == 403
    assert desk.reception.get(desk.url("people/999999999/")).status_code == 404
    stranger = Desk(world.clinic("people-elsewhere"))
    assert stranger.reception.get(stranger.url(f"people/{desk.clinic.ana}/")).status_code == 404


def test_the_photo_goes_up_and_down(desk: Desk, card: str) -> None:
    owner, made = signed_in(desk.clinic.id, "owner"), BytesIO()
    Image.new("RGB", (320, 320), "blue").save(made, "PNG")

    def send(content: bytes) -> int:
        sent = {"file": SimpleUploadedFile("a.png", content)}
        return int(owner.post(f"{card}photo", sent).status_code)

    assert send(b"GIF89a") == 415
    assert send(made.getvalue()) == 302
    assert b"person-photo" in owner.get(card).content
    assert owner.post(f"{card}photo", {"remove": "1"}).status_code == 302
    assert b"person-photo" not in owner.get(card).content
