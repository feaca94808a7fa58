"""The owner's pages as they look to axe and to a narrow screen, and the code generator in use."""

import pytest
from playwright.sync_api import expect

from tests.journeys.cast import PASSWORD, clinic, sign_in
from tests.journeys.conftest import Windows
from tests.journeys.watching import look
from visita.foundation.actor import SYSTEM
from visita.identity import actions as identity

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_offices_pages(windows: Windows, address: str) -> None:
    house, made = clinic()
    user = identity.create_user(
        email=f"owner@{house.slug}.example", password=PASSWORD, name="Owner", language="en"
    )
    identity.add_member(house.id, user.pk, "owner", actor=SYSTEM)
    window = windows()
    sign_in(window.context, user, address)
    page = window.open(f"/{house.slug}/office/")
    look(page)
    for path in ("funnel/", "look/", "switches/", "services/", f"services/{made.visit}/"):
        page.goto(f"/{house.slug}/office/{path}")
        look(page)
    page.goto(f"/{house.slug}/office/site/")
    page.locator("input[value=popup]").check(force=True)
    expect(page.locator(".office-code")).to_contain_text('data-visita="popup"')
    page.locator("#id_words").fill("Reserve")
    page.locator("#id_words").blur()
    expect(page.locator(".office-code")).to_contain_text(">Reserve</a>")
    look(page)
    inner = page.frame_locator(".office-preview")
    inner.get_by_role("button", name="Reserve").click()
    expect(inner.frame_locator("dialog iframe").locator("[data-group]").first).to_be_visible()
