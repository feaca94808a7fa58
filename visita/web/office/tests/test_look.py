"""The look of the client pages: who may set it, what is refused, and where it shows and where not."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import world
from visita.foundation.tests.test_pictures import drawn
from visita.web.office.tests.conftest import Office


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.VISITA_DATA = tmp_path


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.png", content, "image/png")


def test_pictures_show_on_the_client_pages_and_go_again(office: Office) -> None:
    owner, clinic = office.sign_in("owner"), office.clinic
    sent = [("logo", "", drawn()), ("background", "", drawn(1200, 500)), ("photo", str(clinic.ana), drawn())]
    for kind, resource, content in sent:
        data = {"kind": kind, "resource": resource, "file": file(content)}
        assert owner.post(office.url("look/picture/"), data).status_code == 302
    page = owner.get(f"/{clinic.slug}/?by=people").content.decode()
    addresses = set(re.findall(rf"/{clinic.slug}/pictures/[0-9a-f]{{64}}\.webp", page))
    assert len(addresses) == 2  # logo and photo are the same picture here
    for address in addresses:
        got = owner.get(address)
        assert got["Content-Type"] == "image/webp" and "immutable" in got["Cache-Control"]
        assert owner.get(address.replace(clinic.slug, world.clinic().slug)).status_code == 404
    assert 'class="backdrop"' not in owner.get(f"/{clinic.slug}/desk/").content.decode()
    owner.post(office.url("look/picture/"), {"kind": "background", "remove": "1"})
    assert 'class="backdrop"' not in owner.get(f"/{clinic.slug}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("logo", b"<svg/>", 415),
        ("logo", b"", 415),
        ("logo", drawn(200, 200), 422),
        ("background", drawn(900, 400), 422),
    ],
)
def test_a_wrong_picture_is_refused_with_the_reason(
    office: Office, kind: str, content: bytes, status: int
) -> None:
    page = office.sign_in("owner").post(office.url("look/picture/"), {"kind": kind, "file": file(content)})
    assert page.status_code == status and f"error-{kind}" in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "resource"), [("photo", "999999"), ("photo", ""), ("logo", "1"), ("evil", "")]
)
def test_what_does_not_exist_gets_no_picture(office: Office, kind: str, resource: str) -> None:
    data = {"kind": kind, "resource": resource, "file": file(drawn())}
    assert office.sign_in("owner").post(office.url("look/picture/"), data).status_code == 404


def test_an_own_style_is_a_file_of_the_client_pages_only(office: Office) -> None:
    owner, slug = office.sign_in("owner"), office.clinic.slug
    data = {"accent": "#aa3366", "font": "serif", "sheet": ".front h1 { letter-spacing: 0; }"}
    assert owner.post(office.url("look/style/"), data).status_code == 302
    page = owner.get(f"/{slug}/").content.decode()
    address = re.search(rf'href="(/{slug}/style\.css\?v=\w+)"', page)
    assert address and ".front h1" in owner.get(address[1]).content.decode()
    assert "--font: Charter" in owner.get(address[1]).content.decode()
    for staff in ("desk/", "office/", "office/look/"):
        assert "style.css" not in owner.get(f"/{slug}/{staff}").content.decode()


@pytest.mark.parametrize(
    "sheet",
    [
        "@import 'https://evil.example/a.css';", "a { background: url(https://evil.example/x) }", "a { background: URL ( 'x' ) }",
        "a { background: u\\72l(x) }", "@font-face { src: url(x) }", "</style><script>", "a { behavior: x }", "a {", "x" * 20_001,
        "a { background: image-set('x' 1x) }",
    ],
)  # fmt: skip
def test_a_style_that_reaches_out_is_refused_and_kept_in_the_form(office: Office, sheet: str) -> None:
    page = office.sign_in("owner").post(office.url("look/style/"), {"accent": "", "font": "", "sheet": sheet})
    assert page.status_code == 422 and "sheet-error" in page.content.decode()


@pytest.mark.parametrize("data", [{"font": "evil"}, {"accent": "red"}])
def test_an_unknown_font_or_colour_is_refused(office: Office, data: dict[str, str]) -> None:
    assert office.sign_in("owner").post(office.url("look/style/"), data).status_code == 422


def test_a_wrong_colour_leaves_the_font_and_the_sheet_as_they_were(office: Office) -> None:
    owner, data = (
        office.sign_in("owner"),
        {"accent": "red", "font": "serif", "sheet": ".front { margin: 0; }"},
    )
    assert owner.post(office.url("look/style/"), data).status_code == 422
    assert 'value="serif" selected' not in (page := owner.get(office.url("look/")).content.decode())
    assert ".front { margin" not in page


@pytest.mark.parametrize("role", ["reception", "online_keeper", "analyst"])
def test_others_may_not(office: Office, role: str) -> None:
    browser = office.sign_in(role)
    assert browser.get(office.url("look/")).status_code == 403
    assert browser.post(office.url("look/picture/"), {"kind": "logo"}).status_code == 403
    assert browser.post(office.url("look/style/"), {}).status_code == 403
