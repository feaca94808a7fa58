"""Working time at the desk: seen, changed, decided about, undone, and closed to the wrong role."""

from typing import Any

import pytest
from django.test import Client

from tests import world
from visita.bookings import actions
from visita.bookings.models import Choice, Visit
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling.models import WorkingException, WorkingPattern
from visita.web.desk.hours import typed
from visita.web.desk.tests.conftest import Desk, signed_in

DAY = world.MONDAY.isoformat()


@pytest.fixture
def keeper(desk: Desk) -> Client:
    """Of one who may change everything."""
    return signed_in(desk.clinic.id, "owner")


def book(desk: Desk, hour: int = 10) -> int:
    request = world.request(desk.clinic, world.at(hour), who=desk.clinic.ana)
    return int(actions.book(desk.clinic.id, request, world.CLIENT).visit_id)  # type: ignore[union-attr]


def exceptions(desk: Desk) -> list[WorkingException]:
    with scope(desk.clinic.id):
        return list(WorkingException.objects.order_by("id"))


def visit(desk: Desk, key: int) -> Visit:
    with scope(desk.clinic.id):
        return Visit.objects.get(pk=key)


def away(desk: Desk, browser: Client, **more: Any) -> Any:
    values = {"resource": desk.clinic.ana, "kind": "ill", "from": DAY, "to": DAY}
    return browser.post(desk.url("hours/away/"), {**values, **more})


def test_the_chart_shows_plan_and_bookings(desk: Desk, keeper: Client) -> None:
    book(desk)
    page = keeper.get(desk.url(f"hours/?date={DAY}")).content.decode()
    assert "9:00–12:30, 13:00–17:00" in page
    assert '<rect class="hours-visit" x="600" y="8" width="30"' in page


@pytest.mark.parametrize("path", ["", "away/", "closed/", "changes/", "?days=28", "?days=9&date=2026-03-29"])
def test_every_page_opens(desk: Desk, keeper: Client, path: str) -> None:
    assert keeper.get(desk.url(f"hours/{path}")).status_code == 200


def test_a_day_of_the_plan_is_not_said_to_be_of_an_illness(desk: Desk, keeper: Client) -> None:
    """The first reason of the list takes the whole day away, whatever hours are written beside it."""
    page = keeper.get(desk.url(f"hours/day/?resource={desk.clinic.ana}&date={DAY}")).content.decode()
    assert '<option value="changed" selected>' in page


def apply(desk: Desk, browser: Client, shown: Any, **decisions: Any) -> Any:
    context = shown.context
    sent = {"changes": context["changes"], "agreed": context["token"], "sick": "1"}
    for row in context["rows"]:
        sent[f"version_{row['visit'].pk}"] = row["visit"].version
    return browser.post(desk.url("hours/apply/"), {**sent, **decisions}, follow=True)


def test_ill_today_proposes_applies_and_is_undone(desk: Desk, keeper: Client) -> None:
    first, second, third = book(desk, 10), book(desk, 11), book(desk, 14)
    page = away(desk, keeper)
    rows = page.context["rows"]
    assert [row["do"] for row in rows] == ["choose", "choose", "choose"]
    assert exceptions(desk) == []
    done = apply(
        desk, keeper, page,
        **{f"do_{first}": "choose", f"option_{first}": [p["value"] for p in rows[0]["places"][:2]],
           f"do_{second}": "move", f"place_{second}": rows[1]["places"][0]["value"],
           f"do_{third}": "cancel", "reason": "ill"},
    )  # fmt: skip
    assert (done.status_code, done.context["failed"], len(done.context["done"])) == (200, [], 3)
    assert (visit(desk, second).version, visit(desk, third).status) == (2, "cancelled")
    with scope(desk.clinic.id):
        assert len(Choice.objects.get().options) == 2
    back = keeper.post(desk.url(f"hours/undo/{done.context['batch']}/"))
    assert back["Location"].endswith(f"?location={desk.clinic.location}&date={DAY}&undo=done")
    assert exceptions(desk) == []
    assert (visit(desk, second).s, visit(desk, third).status) == (visit(desk, first).s + 60, "confirmed")
    assert keeper.post(desk.url(f"hours/undo/{done.context['batch']}/"))["Location"].endswith("undo=late")


def test_what_was_shown_is_what_is_done(desk: Desk, keeper: Client) -> None:
    first = book(desk, 10)
    page = away(desk, keeper)
    meanwhile = book(desk, 11)
    again = apply(desk, keeper, page, **{f"do_{first}": "cancel"})
    assert again.status_code == 409
    assert [row["visit"].pk for row in again.context["rows"]] == [first, meanwhile]
    assert (exceptions(desk), visit(desk, first).status) == ([], "confirmed")


def test_two_desks_at_once(desk: Desk, keeper: Client) -> None:
    first = book(desk, 10)
    one, other = away(desk, keeper), away(desk, keeper)
    assert apply(desk, keeper, one, **{f"do_{first}": "cancel"}).status_code == 200
    second = apply(desk, keeper, other, **{f"do_{first}": "cancel"})
    assert [str(each["client"]) for each in second.context["failed"]] == ["Maria Ilie"]


def test_another_time_typed_by_hand(desk: Desk, keeper: Client) -> None:
    first = book(desk, 10)
    page = away(desk, keeper)
    tuesday = world.day_after(1)
    typed = {
        f"do_{first}": "move", f"place_{first}": "other", f"date_{first}": tuesday.isoformat(),
        f"time_{first}": "15:00", f"resource_{first}": desk.clinic.mihai,
    }  # fmt: skip
    assert apply(desk, keeper, page, **typed).context["failed"] == []
    assert visit(desk, first).s == int(world.at(15, day=tuesday).timestamp()) // 60


def test_the_weekly_plan_is_saved_as_a_whole(desk: Desk, keeper: Client) -> None:
    url = desk.url(f"hours/week/{desk.clinic.mihai}/")
    assert keeper.get(url).status_code == 200
    saved = keeper.post(
        url, {"day_0_0": "8-12, 13:00-15", "from_0": DAY, "every_0": "2", "day_1_2": "10–14", "from_1": DAY, "to_1": DAY}
    )  # fmt: skip
    assert saved.status_code == 302
    with scope(desk.clinic.id):
        rows = WorkingPattern.objects.filter(resource_id=desk.clinic.mihai).order_by("weekday", "start")
        assert [(r.weekday, r.start, r.end, r.every_weeks) for r in rows] == [
            (0, 480, 720, 2), (0, 780, 900, 2), (2, 600, 840, 1)
        ]  # fmt: skip


@pytest.mark.parametrize("hours", ["9-9", "17-9", "22:00-26:00", "nine", "9-12, 11-13", "9:75-10", "9" * 300])
def test_hours_that_make_no_sense(desk: Desk, keeper: Client, hours: str) -> None:
    sent = {"resource": desk.clinic.ana, "date": DAY, "hours": hours}
    assert keeper.post(desk.url("hours/day/"), sent).status_code == 422
    assert keeper.post(desk.url("hours/day.json"), sent, "application/json").status_code == 422
    assert exceptions(desk) == []


@pytest.mark.parametrize("since", ["99:99", "24:00", "9:60", "9", "nine", "-1:00"])
def test_away_from_a_time_that_is_none(desk: Desk, keeper: Client, since: str) -> None:
    assert away(desk, keeper, since=since).status_code == 422
    assert exceptions(desk) == []


@pytest.mark.parametrize(
    ("since", "until"), [("2026-11-20", DAY), (DAY, "2026-11-20"), (DAY, "2036-11-23"), ("x", "")]
)
def test_spans_that_make_no_sense(desk: Desk, keeper: Client, since: str, until: str) -> None:
    assert away(desk, keeper, **{"from": since, "to": until}).status_code == 422
    assert exceptions(desk) == []


def test_a_past_day_is_not_changed(desk: Desk, keeper: Client) -> None:
    sent = {"resource": desk.clinic.ana, "date": "2026-11-20", "hours": "9-10"}
    assert keeper.post(desk.url("hours/day/"), sent).status_code == 422


@pytest.mark.parametrize(
    "changes",
    [
        "",
        "[",
        "[1]",
        '[{"r":true}]',
        '[{"r":1,"l":1,"d":"x","i":[],"w":"","o":null}]',
        "9" * 600_000,
        '[{"r":1,"l":1,"p":[["a",1,2,"2026-01-01",null,1,null]]}]',
    ],
)
def test_a_forged_change_is_refused(desk: Desk, keeper: Client, changes: str) -> None:
    assert keeper.post(desk.url("hours/apply/"), {"changes": changes}).status_code in (404, 422, 400)


def test_a_reload_of_what_came_of_it_leads_to_the_hours(desk: Desk, keeper: Client) -> None:
    assert keeper.get(desk.url("hours/apply/"))["Location"] == desk.url("hours/")


def test_public_holidays_are_taken_over_and_opened_again(desk: Desk, keeper: Client) -> None:
    page = keeper.get(desk.url("hours/closed/")).content.decode()
    assert 'value="2026-12-25"' in page and "Christmas" in page
    keeper.post(desk.url("hours/closed/"), {"holiday": ["2026-12-25", "2026-12-01"]})
    assert [each.date.isoformat() for each in exceptions(desk)] == ["2026-12-25", "2026-12-01"]
    keeper.post(desk.url("hours/closed/"), {"open": "2026-12-25"})
    assert [each.date.isoformat() for each in exceptions(desk)] == ["2026-12-01"]


def test_a_week_is_copied(desk: Desk, keeper: Client) -> None:
    keeper.post(
        desk.url("hours/day/"), {"resource": desk.clinic.ana, "date": DAY, "hours": "7-9", "kind": "moved"}
    )
    keeper.post(desk.url("hours/copy/"), {"first": DAY, "weeks": 2, "resource": desk.clinic.ana})
    assert [(each.date.isoformat(), each.intervals) for each in exceptions(desk)] == [
        (world.day_after(at).isoformat(), [[420, 540]]) for at in (0, 7, 14)
    ]


def test_the_journal_of_changes_is_searched(desk: Desk, keeper: Client) -> None:
    keeper.post(desk.url("hours/day/"), {"resource": desk.clinic.ana, "date": DAY, "kind": "ill"})
    keeper.post(
        desk.url("hours/day/"),
        {"resource": desk.clinic.mihai, "date": DAY, "hours": "9-12", "kind": "shortened"},
    )

    def found(query: str) -> list[str]:
        return [row["who"] for row in keeper.get(desk.url(f"hours/changes/?{query}")).context["rows"]]

    assert found("") == [
        "Mihai Ionescu",
        "Ana Pop",
        *["Hall", "Room 1", "Corina Vasile", "Mihai Ionescu", "Ana Pop"],
    ]
    assert found("find=kind:ill") == ["Ana Pop"]
    assert found(f"find=day:{DAY}&find=person:{desk.clinic.mihai}") == ["Mihai Ionescu"]
    assert found("find=by:nobody") == []


def test_roles(desk: Desk) -> None:
    own = signed_in(desk.clinic.id, "specialist", desk.clinic.ana)
    sent = {"date": DAY, "hours": "9-12", "kind": "shortened"}
    assert own.post(desk.url("hours/day/"), {**sent, "resource": desk.clinic.ana}).status_code == 302
    assert own.post(desk.url("hours/day/"), {**sent, "resource": desk.clinic.mihai}).status_code == 403
    assert own.post(desk.url("hours/closed/"), {"date": DAY}).status_code == 403
    assert (
        desk.reception.post(desk.url("hours/day/"), {**sent, "resource": desk.clinic.mihai}).status_code
        == 302
    )
    centre = signed_in(desk.clinic.id, "booking_centre")
    assert centre.post(desk.url("hours/day/"), {**sent, "resource": desk.clinic.ana}).status_code == 403
    assert desk.analyst.get(desk.url("hours/")).status_code == 403
    assert (
        desk.doctor.post(
            desk.url("hours/day.json"), {**sent, "resource": desk.clinic.ana}, "application/json"
        ).status_code
        == 403
    )


def test_who_changes_the_own_calendar_decides_about_the_own_visits_alone(desk: Desk) -> None:
    own = signed_in(desk.clinic.id, "specialist", desk.clinic.ana)
    theirs = world.request(desk.clinic, world.at(9), who=desk.clinic.mihai)
    other = int(actions.book(desk.clinic.id, theirs, world.CLIENT).visit_id)  # type: ignore[union-attr]
    mine = book(desk, 10)
    page = away(desk, own)
    [row] = page.context["rows"]
    assert {place["value"].partition(":")[2] for place in row["places"]} == {str(desk.clinic.ana)}
    later = int(world.at(11).timestamp()) // 60
    for sent in (
        {f"do_{other}": "move", f"place_{other}": f"{later}:{desk.clinic.mihai}", f"version_{other}": 1},
        {f"do_{other}": "keep", f"version_{other}": 1},
        {f"do_{mine}": "move", f"place_{mine}": f"{later}:{desk.clinic.mihai}"},
        {f"do_{mine}": "choose", f"option_{mine}": f"{later}:{desk.clinic.mihai}"},
    ):
        assert apply(desk, own, page, **sent).status_code == 403
    assert (visit(desk, other).version, visit(desk, mine).version, exceptions(desk)) == (1, 1, [])
    assert apply(desk, own, page, **{f"do_{mine}": "keep"}).context["failed"] == []


def test_undo_takes_back_its_own_doing_and_nobody_elses(desk: Desk, keeper: Client) -> None:
    first = book(desk, 10)
    page = away(desk, keeper)
    there = page.context["rows"][0]["places"][0]["value"]
    done = apply(desk, keeper, page, **{f"do_{first}": "move", f"place_{first}": there})
    actions.note(desk.clinic.id, first, "Brings papers", world.STAFF)
    back = keeper.post(desk.url(f"hours/undo/{done.context['batch']}/"))
    assert back["Location"].endswith("undo=part")
    assert (visit(desk, first).note, visit(desk, first).s) == ("Brings papers", int(there.partition(":")[0]))


def test_a_plan_that_is_not_seen_is_not_lost(desk: Desk, keeper: Client) -> None:
    url = desk.url(f"hours/week/{desk.clinic.mihai}/")
    seasons = {f"day_{at}_0": "8-12" for at in range(9)}
    seasons |= {f"from_{at}": f"20{27 + at}-01-01" for at in range(9)}
    seasons |= {f"to_{at}": f"20{27 + at}-12-31" for at in range(9)}
    assert keeper.post(url, seasons).status_code == 302
    plans = keeper.get(url).context["plans"]
    assert [each["plan"].valid_from[:4] for each in plans if not each["new"]] == [
        f"20{27 + at}" for at in range(9)
    ]


def test_weekly_hours_changed_by_another_meanwhile_are_not_written_over(desk: Desk, keeper: Client) -> None:
    url = desk.url(f"hours/week/{desk.clinic.mihai}/")
    version = keeper.get(url).context["who"].hours_version
    mine = {"day_0_0": "8-12", "from_0": DAY, "version": version}
    assert keeper.post(url, {**mine, "day_0_0": "9-12"}).status_code == 302
    answer = keeper.post(url, mine)
    assert answer.status_code == 422 and answer.context["refusal"].code == "changed_meanwhile"
    assert keeper.post(url, {**mine, "version": answer.context["who"].hours_version}).status_code == 302


def test_a_weekly_plan_is_taken_back_unless_somebody_changed_it_since(desk: Desk, keeper: Client) -> None:
    url = desk.url(f"hours/week/{desk.clinic.mihai}/")

    def plans() -> list[tuple[str, ...]]:
        return [each["plan"].hours for each in keeper.get(url).context["plans"]]

    before = plans()
    saved = keeper.post(url, {"day_0_0": "8-12", "from_0": DAY})["Location"].partition("saved=")[2]
    assert plans() != before
    assert keeper.post(desk.url(f"hours/undo/{saved}/"))["Location"].endswith("undo=done")
    assert plans() == before
    saved = keeper.post(url, {"day_0_0": "8-12", "from_0": DAY})["Location"].partition("saved=")[2]
    keeper.post(url, {"day_0_0": "7-12", "from_0": DAY})
    assert keeper.post(desk.url(f"hours/undo/{saved}/"))["Location"].endswith("undo=part")
    assert plans()[0][0] == "7:00–12:00"


def test_a_day_somebody_changed_since_is_not_taken_back(desk: Desk, keeper: Client) -> None:
    day = {"resource": desk.clinic.ana, "date": DAY, "kind": "changed"}
    saved = keeper.post(desk.url("hours/day/"), {**day, "hours": "9-10"})["Location"].partition("saved=")[2]
    keeper.post(desk.url("hours/day/"), {**day, "hours": "9-11"})
    assert keeper.post(desk.url(f"hours/undo/{saved}/"))["Location"].endswith("undo=part")
    assert exceptions(desk)[0].intervals == [[540, 660]]


def test_many_stranded_visits_are_listed_in_parts_and_all_decided(
    desk: Desk, keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visita.web.desk.hours.listing.MOST_PLACED", 2)
    monkeypatch.setattr("visita.bookings.hours.ahead.MOST_PLACED", 2)
    visits = [book(desk, hour) for hour in (9, 10, 11, 14, 15)]
    page = away(desk, keeper)
    assert [row["visit"].pk for row in page.context["rows"]] == visits[:2]
    assert "1–2 of 5" in page.content.decode()
    second = apply(desk, keeper, page, go="next", page=0, **{f"do_{visits[0]}": "cancel"})
    assert [row["visit"].pk for row in second.context["rows"]] == visits[2:4]
    carried = {"page": 1, "decided": second.context["decided"]}
    back = apply(desk, keeper, second, go="back", **carried, **{f"do_{visits[2]}": "cancel"})
    assert [row["do"] for row in back.context["rows"]] == ["cancel", "choose"]
    carried = {"page": 0, "decided": back.context["decided"], f"do_{visits[0]}": "cancel"}
    done = apply(desk, keeper, back, go="rest", **carried)
    assert done.context["done"] == [
        ("kept where they are, marked", 3),
        ("cancelled, their clients are told", 2),
    ]
    assert [visit(desk, key).status for key in visits] == [
        "cancelled", "confirmed", "cancelled", "confirmed", "confirmed"
    ]  # fmt: skip


@pytest.mark.parametrize("decided", ["x", "e30", "9" * 600_000])
def test_forged_decisions_are_refused(desk: Desk, keeper: Client, decided: str) -> None:
    book(desk)
    page = away(desk, keeper)
    assert apply(desk, keeper, page, decided=decided).status_code in (400, 404, 422)
    assert exceptions(desk) == []


def test_too_much_at_once_says_so(desk: Desk, keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visita.scheduling.changes.MOST", 1)
    keeper.post(
        desk.url("hours/day/"), {"resource": desk.clinic.ana, "date": DAY, "hours": "7-9", "kind": "moved"}
    )
    answer = keeper.post(desk.url("hours/copy/"), {"first": DAY, "weeks": 2, "resource": desk.clinic.ana})
    assert answer.status_code == 422
    assert "Choose fewer weeks" in answer.content.decode()


def test_a_day_of_many_parts_and_of_too_many() -> None:
    parts = [f"{at // 60}:{at % 60:02d}–{(at + 20) // 60}:{(at + 20) % 60:02d}" for at in range(0, 1440, 30)]
    assert len(typed.read(", ".join(parts))) == typed.MOST
    with pytest.raises(Refusal, match="at most 48"):
        typed.read(", ".join([*parts, "24:00–24:00"]))
