"""The funnel's page: who may see it, and that it shows what was counted."""

import pytest

from visita.marketing.actions import count_steps
from visita.marketing.funnel import Visitor
from visita.web.office.tests.conftest import Office


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 200), ("analyst", 200), ("online_keeper", 403), ("reception", 403)]
)
def test_figures_are_for_those_who_may_see_figures(office: Office, role: str, status: int) -> None:
    assert office.sign_in(role).get(office.url("funnel/")).status_code == status


def test_the_page_shows_what_was_counted(office: Office) -> None:
    for steps in (["view", "service"], ["view", "service", "time"], ["details", "booked"]):
        count_steps(office.clinic.id, steps, Visitor("qr", "ro", "phone", "google"))
    browser = office.sign_in("analyst")
    page = browser.get(office.url("funnel/"), {"days": "7", "by": "door"})
    assert [bar["count"] for bar in page.context["bars"]] == [2, 0, 2, 1, 1, 1]
    assert page.context["parted"] == [{"name": "QR code", "steps": (2, 0, 2, 1, 1, 1), "share": "50 %"}]
    assert page.context["bars"][-1]["share"] == "100 %"
    for by, name in (("language", "Română"), ("device", "Phone"), ("channel", "Google")):
        assert browser.get(office.url("funnel/"), {"by": by}).context["parted"][0]["name"] == name
    assert browser.get(office.url("funnel/"), {"days": "x", "by": "'"}).status_code == 200


def test_an_empty_time_says_so(office: Office) -> None:
    assert "Nobody came" in office.sign_in("owner").get(office.url("funnel/")).content.decode()
