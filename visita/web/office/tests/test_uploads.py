"""Files over HTTP: too large, of another kind, broken, disguised; and a PDF on its way out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import world
from visita.catalog import actions as catalog
from visita.catalog import documents
from visita.foundation.tests.test_pictures import drawn
from visita.web.office.tests.conftest import Office

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.VISITA_DATA = tmp_path


def _send(office: Office, content: bytes, name: str = "logo.png", kind: str = "image/png") -> Any:
    file = SimpleUploadedFile(name, content, kind)
    return office.sign_in("owner").post(office.url("look/picture/"), {"kind": "logo", "file": file})


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (lambda: drawn() + b"\0" * (11 * MEGABYTE), 413),
        (lambda: drawn()[:200], 415),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"not a picture", 415),
        (lambda: b"%PDF-1.7 " + b"x" * 500, 415),
        (lambda: b"<html><script>alert(1)</script></html>", 415),
        (lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415),
        (lambda: b"GIF89a<script>alert(1)</script>", 415),
        (lambda: b"", 415),
    ],
    ids=["11 MB", "cut off", "head only", "pdf", "html", "svg", "polyglot", "empty"],
)
def test_what_is_no_usable_picture_is_refused(
    office: Office, content: Callable[[], bytes], status: int
) -> None:
    page = _send(office, content())
    assert page.status_code == status and "error-logo" in page.content.decode()
    assert "/pictures/" not in Client().get(f"/{office.clinic.slug}/").content.decode()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\0.png", "x.svg", "x" * 300 + ".png", "con", ".htaccess"]
)
def test_a_files_name_means_nothing(office: Office, name: str, tmp_path: Path) -> None:
    assert _send(office, drawn(), name).status_code == 302
    kept = [each.relative_to(tmp_path) for each in tmp_path.rglob("*") if each.is_file()]
    assert kept and not any("passwd" in str(each) or "htaccess" in str(each) for each in kept)


def test_a_pdf_is_a_file_and_nothing_more(office: Office) -> None:
    clinic = office.clinic
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    digest = documents.keep(clinic.id, content)
    made = catalog.add_consent(
        clinic.id, {"en": "Terms"}, file_hash=digest, file_name="terms.pdf", actor=world.STAFF
    )
    address = f"/{clinic.slug}/texts/{made.pk}/1/file.pdf"
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get(address.replace(clinic.slug, world.clinic().slug)).status_code == 404
