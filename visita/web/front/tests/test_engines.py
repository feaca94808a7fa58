"""What search engines and previews are told: one address a page, nothing of a person's."""

from visita.web.front.tests.conftest import Visitor, minute


def test_the_first_page_says_who_and_where_in_each_language(visitor: Visitor) -> None:
    page = visitor.get("", service=visitor.clinic.visit, via="qr").content.decode()
    home = f"http://testserver/{visitor.clinic.slug}/"
    assert f'<link rel="canonical" href="{home}">' in page and f'hreflang="ro" href="{home}?lang=ro"' in page
    assert '<meta name="description" content="Book a time at Meridian' in page
    assert (
        '<meta property="og:url"' in page
        and "https://schema.org/LocalBusiness" in page
        and "noindex" not in page
    )


def test_the_list_of_services_is_found_too(visitor: Visitor) -> None:
    for query in ({}, {"location": visitor.clinic.location}, {"q": "consult"}, {"by": "people"}):
        assert "noindex" not in visitor.get("", **query).content.decode(), query


def test_a_chosen_language_is_a_page_of_its_own(visitor: Visitor) -> None:
    page = visitor.get("contact/", lang="ro").content.decode()
    assert f'rel="canonical" href="http://testserver/{visitor.clinic.slug}/contact/?lang=ro"' in page


def test_pages_of_a_person_and_of_a_frame_stay_out(visitor: Visitor) -> None:
    link = visitor.book(minute(9))
    for page in (visitor.browser.get(link), visitor.get("embed/"), visitor.get("details/", flow="x")):
        text = page.content.decode()
        assert 'name="robots" content="noindex"' in text and "og:" not in text and "canonical" not in text
