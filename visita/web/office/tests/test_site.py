"""The code generator: who may, what it makes, and the list of sites."""

from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from visita.foundation.scope import scope
from visita.tenancy import origins, queries, settings
from visita.web.office.snippet import snippet
from visita.web.office.tests.conftest import Office


@pytest.mark.parametrize(
    ("role", "home", "site"),
    [
        ("owner", 200, 200),
        ("administrator", 200, 200),
        ("online_keeper", 200, 200),
        ("reception", 403, 403),
        ("specialist", 403, 403),
        ("partner", 403, 403),
    ],
)
def test_only_who_may_set_things_gets_in(office: Office, role: str, home: int, site: int) -> None:
    browser = office.sign_in(role)
    assert browser.get(office.url()).status_code == home
    assert browser.get(office.url("site/")).status_code == site
    assert browser.get(office.url("site/preview/")).status_code == site
    refused = browser.post(office.url("site/origins/"), {"origins": "https://a.example"}).status_code
    assert refused == (302 if site == 200 else 403)


def test_strangers_sign_in_first_and_foreigners_are_refused(office: Office) -> None:
    assert "/accounts/login/" in Client().get(office.url("site/"))["Location"]
    other = Office(office.clinic).sign_in("owner")
    assert other.get("/nobody-here/office/").status_code == 404


def test_the_code_carries_the_choice_and_nothing_breaks_out(office: Office) -> None:
    wishes: dict[str, str] = {
        "form": "popup",
        "service": str(office.clinic.visit),
        "lang": "ro",
        "words": '"><script>x',
        "color": "#112233",
    }
    page = office.sign_in("owner").get(office.url("site/"), wishes)
    code = page.context["code"]
    assert f"/{office.clinic.slug}/?service={office.clinic.visit}&lang=ro&via=link" in unescape(code)
    assert 'data-visita="popup" data-color="#112233"' in code and "<script>x" not in code
    assert code.count("<script ") == 1 and "/static/embed-1.js" in code


@pytest.mark.parametrize(
    "wishes",
    [{"form": "evil"}, {"service": "999999"}, {"color": "red;x"}, {"lang": "xx"}, {"words": "a" * 90}],
)
def test_what_cannot_be_wished_is_said_and_a_working_code_stays(
    office: Office, wishes: dict[str, str]
) -> None:
    page = office.sign_in("owner").get(office.url("site/"), wishes)
    assert page.status_code == 200 and page.context["form"].errors
    assert "evil" not in page.context["code"] and 'data-visita="inline"' in page.context["code"]


def test_the_preview_is_framed_by_us_alone(office: Office) -> None:
    page = office.sign_in("owner").get(office.url("site/preview/"), {"form": "floating"})
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert 'data-visita="floating"' in page.content.decode()
    assert (
        "frame-ancestors 'none'"
        in office.sign_in("administrator").get(office.url("site/"))["Content-Security-Policy"]
    )


def test_sites_are_kept_or_refused_with_what_was_typed(office: Office) -> None:
    owner = office.sign_in("owner")
    assert (
        owner.post(
            office.url("site/origins/"), {"origins": "https://b.example\n\nhttps://a.example/"}
        ).status_code
        == 302
    )
    page = owner.post(office.url("site/origins/"), {"origins": "https://ok.example\n*"})
    assert page.status_code == 422 and 'aria-invalid="true"' in page.content.decode()
    assert "https://ok.example\n*" in page.content.decode()
    assert owner.get(office.url("site/origins/")).status_code == 405
    with scope(office.clinic.id):
        assert settings.value(queries.setting_rows(), origins.KEY) == [
            "https://b.example",
            "https://a.example",
        ]


def test_a_link_needs_no_code() -> None:
    assert snippet("link", "https://x.example/a/", "Book", {}, "l.js") == "https://x.example/a/"


def test_the_qr_code_leads_to_the_choice_at_a_printable_size(office: Office) -> None:
    browser = Client()
    drawn = browser.get(f"/{office.clinic.slug}/qr.svg?size=60&service=3&evil=1&download=1")
    assert drawn["Content-Type"] == "image/svg+xml" and b'width="60.0mm"' in drawn.content
    assert "attachment" in drawn["Content-Disposition"]
    photo = Image.open(BytesIO(browser.get(f"/{office.clinic.slug}/qr.png?size=40").content))
    assert 430 < photo.width < 520  # 4 cm at 300 dots an inch
    assert browser.get(f"/{office.clinic.slug}/qr.exe").status_code == 404
    for size in ("-1", "0", "99999", "x", "٣"):
        assert browser.get(f"/{office.clinic.slug}/qr.svg?size={size}").status_code == 200
    assert not browser.cookies
