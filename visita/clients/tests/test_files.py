"""Files about a client: what is kept is read by what it is; what is removed is gone, its name stays."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.world import STAFF, Clinic, clinic, person
from visita.clients import actions, base, files
from visita.clients.models import ClientFile
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

PDF = b"%PDF-1.7\nHello\n%%EOF\n"


@pytest.fixture
def home(db: None, tmp_path: Path, settings: pytest.FixtureRequest) -> Clinic:
    """A clinic that keeps its files in a folder of the test."""
    settings.VISITA_DATA = tmp_path  # type: ignore[attr-defined]
    return clinic()


@pytest.fixture
def maria(home: Clinic) -> int:
    """A client."""
    return actions.register(home.id, person(), actor=STAFF).pk


def photo() -> bytes:
    """A JPEG that tells where it was taken."""
    made, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", (40, 30), "red").save(made, "JPEG", exif=exif)
    return made.getvalue()


def listed(home: Clinic, client: int) -> list[ClientFile]:
    with scope(home.id):
        return base.files(client)


def test_a_pdf_is_kept_as_it_is_under_its_own_name(home: Clinic, maria: int) -> None:
    actions.add_file(home.id, maria, "C:\\Scans\\result 7.pdf", PDF, actor=STAFF)
    [found] = listed(home, maria)
    assert (str(found), found.author, found.size) == ("result 7.pdf", "Reception", len(PDF))
    assert files.read(home.id, found.kind, found.digest) == PDF


def test_a_picture_loses_what_the_camera_said(home: Clinic, maria: int) -> None:
    assert b"SecretCamera" in photo()
    actions.add_file(home.id, maria, "skin.jpg", photo(), actor=STAFF)
    [found] = listed(home, maria)
    content = files.read(home.id, found.kind, found.digest)
    assert str(found) == "skin.webp" and b"SecretCamera" not in content
    assert Image.open(BytesIO(content)).size == (40, 30)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "required"),
        (b"<script>alert(1)</script>", "file_type"),
        (b"%PDF-1.7 torn", "file_type"),
        (b"MZ" + bytes(300), "file_type"),
        (PDF + bytes(files.LARGEST), "file_too_large"),
    ],
)
def test_what_is_neither_is_refused(home: Clinic, maria: int, content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.add_file(home.id, maria, "x.pdf", content, actor=STAFF)
    assert refused.value.code == code and listed(home, maria) == []


def test_removed_the_bytes_go_unless_another_client_has_them(home: Clinic, maria: int) -> None:
    other = actions.register(home.id, person("Ion", "Pop", phone="+40722000111"), actor=STAFF).pk
    for client in (maria, other):
        actions.add_file(home.id, client, "same.pdf", PDF, actor=STAFF)
    [first], [second] = listed(home, maria), listed(home, other)
    with pytest.raises(Refusal, match="not_found"):
        actions.remove_file(home.id, maria, second.pk, actor=STAFF)
    actions.remove_file(home.id, maria, first.pk, actor=STAFF)
    assert files.read(home.id, second.kind, second.digest) == PDF
    actions.remove_file(home.id, other, second.pk, actor=STAFF)
    with pytest.raises(Refusal, match="not_found"):
        files.read(home.id, second.kind, second.digest)
    with pytest.raises(Refusal, match="not_found"):
        actions.remove_file(home.id, other, second.pk, actor=STAFF)


def test_a_client_has_so_many_and_no_more(home: Clinic, maria: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 1)
    actions.add_file(home.id, maria, "one.pdf", PDF, actor=STAFF)
    with pytest.raises(Refusal, match="too_many_files"):
        actions.add_file(home.id, maria, "two.pdf", PDF, actor=STAFF)


def test_the_files_of_a_merged_record_go_with_it(home: Clinic, maria: int) -> None:
    other = actions.register(home.id, person("Mara", "Ilie", phone="+40722000111"), actor=STAFF).pk
    actions.add_file(home.id, other, "one.pdf", PDF, actor=STAFF)
    merge = actions.merge(home.id, maria, other, actor=STAFF)
    assert len(listed(home, maria)) == 1
    actions.unmerge(home.id, merge.pk, actor=STAFF)
    assert len(listed(home, other)) == 1 and listed(home, maria) == []
