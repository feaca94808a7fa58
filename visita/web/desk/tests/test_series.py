"""Series at the desk: the dates are shown, what was chosen is booked, changes are shown before they are made."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.world import MONDAY, STAFF, at, request
from visita.activity.models import Activity
from visita.bookings import actions
from visita.bookings.models import Series, Visit
from visita.bookings.requests import Booked
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk

RULE = {"unit": "week", "every": "1", "ends": "count", "count": "3", "look": "1"}


@pytest.fixture
def booked(desk: Desk) -> Booked:
    made = actions.book(desk.clinic.id, request(desk.clinic, at(10), who=desk.clinic.ana, staff=True), STAFF)
    assert isinstance(made, Booked)
    return made


def post(browser: Client, url: str, sent: dict[str, Any], status: int = 200) -> str:
    response = browser.post(url, sent, headers={"X-Part": "1"})
    assert response.status_code == status, response.content[:300]
    return response.content.decode()


def rows(html: str) -> dict[str, str]:
    """What the ticked boxes and chosen options of a preview would send."""
    ticked = re.findall(r'<input type="checkbox" name="(row_\d+)" value="([^"]+)" checked', html)
    found = dict(ticked)
    for name, options in re.findall(r'<select class="input" name="(row_\d+)".*?>(.*?)</select>', html, re.S):
        found[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    found.update(re.findall(r'name="(version_\d+|seen_\d+)" value="(\d+)"', html))
    return found


def walls(desk: Desk) -> list[str]:
    with scope(desk.clinic.id):
        return list(Visit.objects.exclude(status="cancelled").order_by("s").values_list("wall", flat=True))


def test_a_series_pressed_twice_is_booked_once(desk: Desk) -> None:
    url = desk.url("series/new/")
    new = {"service": desk.clinic.visit, "resource": "", "date": f"{MONDAY}", "time": "10:00", "first_name": "Ana",
           "last_name": "Rusu", "phone": "0721555777", **RULE}  # fmt: skip
    html = post(desk.reception, url, new)
    key = re.findall(r'name="pressed" value="([^"]+)"', html)
    chosen = {**new, **rows(html), "book": "1", "pressed": key[0]}
    first, again = (post(desk.reception, url, chosen) for _ in range(2))
    assert first == again and "3 visits booked" in first
    assert len(walls(desk)) == 3


def test_a_visit_is_repeated_from_its_panel(desk: Desk, booked: Booked) -> None:
    url = desk.url("series/new/")
    form = desk.reception.get(url, {"visit": booked.visit_id}, headers={"X-Part": "1"}).content.decode()
    assert "Show the dates" in form and "Book the series" not in form
    sent = {**RULE, "visit": booked.visit_id}
    html = post(desk.reception, url, sent)
    assert "All dates are free." in html and "booked already" in html
    answer = post(desk.reception, url, {**sent, **rows(html), "book": "1"})
    assert '"2 visits booked"' in answer
    assert [wall[5:] for wall in walls(desk)] == ["11-23T10:00", "11-30T10:00", "12-07T10:00"]
    panel = desk.reception.get(desk.url(f"visits/{booked.visit_id}/")).content.decode()
    assert "Visit 1 of 3" in panel and "next" in panel


def test_a_new_visit_is_booked_as_a_series_without_script(desk: Desk) -> None:
    new = {
        "service": desk.clinic.visit, "resource": desk.clinic.ana, "date": "2026-11-23", "time": "11:00",
        "first_name": "Rosa", "last_name": "Vera", "location": desk.clinic.location, **RULE,
    }  # fmt: skip
    html = desk.reception.post(desk.url("series/new/"), new).content.decode()
    assert 'name="first_name" value="Rosa"' in html and len(rows(html)) == 6
    done = desk.reception.post(desk.url("series/new/"), {**new, **rows(html), "book": "1"}, follow=True)
    assert done.status_code == 200 and "Rosa Vera" in done.content.decode()
    assert len(walls(desk)) == 3


def test_repeat_in_the_form_of_a_new_visit_asks_for_the_rule_first(desk: Desk) -> None:
    sent = {"location": desk.clinic.location, "service": desk.clinic.visit, "resource": desk.clinic.ana,
            "date": MONDAY.isoformat(), "time": "09:00", "first_name": "Ana"}  # fmt: skip
    page = post(desk.reception, desk.url("series/new/"), sent)
    assert "Show the dates" in page and "data-begun" in page and 'name="on_0" checked' in page
    wrong = post(desk.reception, desk.url("series/new/"), {**sent, **RULE, "count": "", "on_2": "on"}, 422)
    assert 'name="on_2" checked' in wrong  # what was chosen stays


def test_a_length_drawn_for_the_first_is_that_of_all(desk: Desk) -> None:
    new = {
        "service": desk.clinic.visit, "resource": desk.clinic.ana, "date": "2026-11-23", "time": "11:00",
        "minutes": "45", "first_name": "Rosa", "location": desk.clinic.location, **RULE,
    }  # fmt: skip
    html = desk.reception.post(desk.url("series/new/"), new).content.decode()
    desk.reception.post(desk.url("series/new/"), {**new, **rows(html), "book": "1"})
    with scope(desk.clinic.id):
        assert [visit.e - visit.s for visit in Visit.objects.all()] == [45, 45, 45]


def test_a_taken_date_is_shown_with_what_could_be_instead(desk: Desk, booked: Booked) -> None:
    other = request(desk.clinic, at(10, day=MONDAY.replace(day=30)), who=desk.clinic.ana, staff=True)
    actions.book(desk.clinic.id, other, STAFF)
    sent = {**RULE, "visit": booked.visit_id}
    html = post(desk.reception, desk.url("series/new/"), sent)
    assert "1 date is not free" in html and "taken" in html and "Leave this date out" in html
    chosen = rows(html)
    assert "T09:30" in chosen["row_2"]
    picked = {**sent, **chosen, "row_2": "pick", "day_2": "2026-11-30", "time_2": "15:00", "book": "1"}
    again = post(desk.reception, desk.url("series/new/"), picked)  # looked at first, nothing is booked
    assert "T15:00" in rows(again)["row_2"] and len(walls(desk)) == 2
    post(desk.reception, desk.url("series/new/"), {**sent, **rows(again), "book": "1"})
    assert "2026-11-30T15:00" in walls(desk)


def test_a_date_lost_meanwhile_is_said_and_can_be_left_out(desk: Desk, booked: Booked) -> None:
    sent = {**RULE, "visit": booked.visit_id}
    shown = rows(post(desk.reception, desk.url("series/new/"), sent))
    other = request(desk.clinic, at(10, day=MONDAY.replace(day=30)), who=desk.clinic.ana, staff=True)
    actions.book(desk.clinic.id, other, STAFF)
    html = post(desk.reception, desk.url("series/new/"), {**sent, **shown, "book": "1"}, 409)
    assert "not free any more" in html and 'name="skips"' in html and len(walls(desk)) == 2
    post(desk.reception, desk.url("series/new/"), {**sent, **shown, "book": "1", "skips": "on"})
    assert len(walls(desk)) == 3


def test_all_are_moved_to_another_day_and_hour(desk: Desk, booked: Booked) -> None:
    series = _series(desk, booked)
    sent = {"visit": booked.visit_id, "span": "all", "weekday": "2", "time": "14:00", "look": "1"}
    html = post(desk.reception, desk.url(f"series/{series}/change/"), sent)
    assert html.count("was Mon") == 3
    assert 'name="tell"' in html
    post(
        desk.reception, desk.url(f"series/{series}/change/"), {**sent, **rows(html), "save": "1", "tell": "1"}
    )
    assert [wall[5:] for wall in walls(desk)] == ["11-25T14:00", "12-02T14:00", "12-09T14:00"]
    with scope(desk.clinic.id):
        told = Activity.objects.get(verb="visit.told")
        assert (told.object_kind, told.object_id, len(told.payload["visits"])) == ("series", series, 3)


def test_looked_at_again_with_another_hour_the_ticks_stay(desk: Desk, booked: Booked) -> None:
    url = desk.url("series/new/")
    sent: dict[str, Any] = {**RULE, "visit": booked.visit_id}
    first = rows(post(desk.reception, url, sent))
    ticked = [name for name in first if name.startswith("row_")]
    left = {name: value for name, value in first.items() if name != ticked[0]}
    again = rows(post(desk.reception, url, {**sent, **left, "unit": "day"}))
    assert [name for name in again if name.startswith("row_")] == ticked[1:]


def test_the_following_are_cancelled(desk: Desk, booked: Booked) -> None:
    series = _series(desk, booked)
    with scope(desk.clinic.id):
        second = Visit.objects.order_by("s")[1].pk
    html = post(desk.reception, desk.url(f"series/{series}/cancellation/"), {"visit": second, "look": "1"})
    sent = {"visit": second, **rows(html), "save": "1", "reason": "moved away"}
    assert "2 visits cancelled" in post(desk.reception, desk.url(f"series/{series}/cancellation/"), sent)
    assert len(walls(desk)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": "1"}, {"count": "105"}, {"count": "9999999999"}, {"every": "0"}, {"every": "x"}, {"ends": "until"},
        {"ends": "until", "until": "yesterday"}, {"book": "1"}, {"book": "1", "row_2": "nonsense"},
        {"book": "1", "row_2": "2026-11-30T10:00:00+02:00~x|"}, {"row_2": "pick"}, {"book": "1", "row_999999": "a~b"},
        {"unit": "eon", "every": "61"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(desk: Desk, booked: Booked, wrong: dict[str, str]) -> None:
    sent = {**RULE, "visit": booked.visit_id, **wrong}
    response = desk.reception.post(desk.url("series/new/"), sent)
    assert response.status_code == 422 and 'role="alert"' in response.content.decode()
    assert len(walls(desk)) == 1


def test_who_may_not_book_sees_none_of_it(desk: Desk, booked: Booked) -> None:
    series = _series(desk, booked)
    assert desk.analyst.get(desk.url("series/new/"), {"visit": booked.visit_id}).status_code == 403
    for browser in (desk.analyst, desk.doctor):
        assert browser.get(desk.url(f"series/{series}/")).status_code in (403, 404)
        assert browser.get(desk.url(f"series/{series}/change/")).status_code in (403, 404)
    assert desk.reception.get(desk.url("series/999999/")).status_code == 404


def _series(desk: Desk, booked: Booked) -> int:
    sent = {**RULE, "visit": booked.visit_id}
    shown = rows(post(desk.reception, desk.url("series/new/"), sent))
    post(desk.reception, desk.url("series/new/"), {**sent, **shown, "book": "1"})
    with scope(desk.clinic.id):
        return Series.objects.get().pk
