"""Series of visits: previewed, booked as shown or not at all, changed together, and each still a visit of its own."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from time import process_time
from typing import Any

import pytest

from tests.world import CLIENT, MONDAY, NOW, STAFF, Clinic, at, person, request
from visita.bookings import actions, series_change, series_lookup, series_plan
from visita.bookings.models import Appointment, Series, Turn, Visit
from visita.bookings.repeating import Repeat
from visita.bookings.requests import BookRequest, Item, MoveRequest
from visita.bookings.series_change import Wish
from visita.bookings.series_plan import Occasion
from visita.bookings.series_requests import BookedSeries, Chosen, SeriesRequest, Shift, Span
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.tenancy import actions as tenancy

WEEKLY = Repeat("week", count=4)


def wanted(cast: Clinic, who: int | None = None, **more: Any) -> BookRequest:
    """Mondays at ten with Ana, by staff."""
    made = request(cast, at(10), who=who or cast.ana, location_id=cast.location, staff=True, **more)
    assert isinstance(made, BookRequest)
    return made


def seen(cast: Clinic, visit: BookRequest, rule: Repeat = WEEKLY) -> list[Occasion]:
    with scope(cast.id):
        return series_plan.plan(visit, rule)


def chosen(rows: list[Occasion]) -> tuple[Chosen, ...]:
    return tuple(Chosen(row.number, row.items, row.price) for row in rows if row.free)


def book(cast: Clinic, visit: BookRequest | None = None, rule: Repeat = WEEKLY, **more: Any) -> BookedSeries:
    visit = visit or wanted(cast)
    asked = SeriesRequest(visit, rule, chosen(seen(cast, visit, rule)), **more)
    return actions.book_series(cast.id, asked, STAFF)


def visits(cast: Clinic) -> list[Visit]:
    with scope(cast.id):
        return list(Visit.objects.order_by("s"))


def walls(cast: Clinic) -> list[str]:
    return [each.wall[5:] for each in visits(cast) if each.status != "cancelled"]


def whole(cast: Clinic, made: BookedSeries) -> series_lookup.Whole:
    found = series_lookup.whole(made.series_id)
    assert found is not None
    return found


def change(cast: Clinic, made: BookedSeries, anchor: int, span: Span, wish: Wish) -> tuple[Shift, ...]:
    """What the preview offers, without those changed by themselves."""
    with scope(cast.id):
        rows = series_change.plan(whole(cast, made), made.booked[anchor].visit_id, span, wish)
    return tuple(
        Shift(
            row.place.visit.pk, row.place.visit.version,
            tuple((item.start, item.resource_id) for item in row.to.items),
        )
        for row in rows if row.to.free and not row.place.apart
    )  # fmt: skip


def refused(act: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


def test_four_mondays_each_with_its_own_code(cast: Clinic) -> None:
    made = book(cast)
    assert walls(cast) == ["11-23T10:00", "11-30T10:00", "12-07T10:00", "12-14T10:00"]
    assert len({each.code for each in made.booked}) == len({each.manage_token for each in made.booked}) == 4
    with scope(cast.id):
        assert [turn.number for turn in Turn.objects.order_by("number")] == [1, 2, 3, 4]
        found = whole(cast, made)
        second = made.booked[1].visit_id
        following = found.following(second)
        assert (found.number(second), found.count) == (2, 4)
        assert following and following.visit.pk == made.booked[2].visit_id


def test_the_wall_clock_is_kept_over_the_change_of_clocks(cast: Clinic) -> None:
    visit = replace(wanted(cast), items=(Item(cast.visit, cast.ana, at(10, day=date(2027, 3, 22))),))
    made = book(cast, visit, Repeat("week", count=2))
    first, second = (each.start for each in made.booked)
    assert (first.hour, second.hour) == (10, 10)
    assert clock.to_minute(second) - clock.to_minute(first) == 7 * 1440 - 60


def test_a_date_that_is_taken_is_shown_with_the_nearest_of_the_same_person_first(cast: Clinic) -> None:
    actions.book(cast.id, request(cast, at(10, day=MONDAY + timedelta(7)), who=cast.ana, staff=True), STAFF)
    rows = seen(cast, wanted(cast))
    assert [row.free for row in rows] == [True, False, True, True]
    taken = rows[1]
    assert taken.refusal and taken.refusal.code == "slot_taken"
    assert taken.near[0].same and taken.near[0].items[0].resource_id == cast.ana
    assert abs(taken.near[0].start - taken.start) == timedelta(minutes=30)


def test_a_closed_day_is_shown_as_such(cast: Clinic) -> None:
    scheduling.set_exception(cast.id, None, cast.location, MONDAY + timedelta(7), [], actor=STAFF)
    rows = seen(cast, wanted(cast))
    assert rows[1].refusal and rows[1].refusal.code == "not_offered"


def test_what_is_skipped_or_moved_in_the_preview_is_booked_so(cast: Clinic) -> None:
    for week in (7, 14):
        taken = request(cast, at(10, day=MONDAY + timedelta(week)), who=cast.ana, staff=True)
        actions.book(cast.id, taken, STAFF)
    rows = seen(cast, wanted(cast))
    moved = Chosen(2, rows[1].near[0].items, rows[1].near[0].price)
    plan = (*chosen(rows)[:1], moved, *chosen(rows)[1:])
    made = actions.book_series(cast.id, SeriesRequest(wanted(cast), WEEKLY, plan), STAFF)
    assert [f"{each.start:%d %H:%M}" for each in made.booked] == ["23 10:00", "30 09:30", "14 10:00"]
    with scope(cast.id):
        assert [place.apart for place in whole(cast, made).places] == [False, True, False]


def test_a_date_lost_since_the_preview_books_nothing_and_is_named(cast: Clinic) -> None:
    plan = chosen(seen(cast, wanted(cast)))
    lost = MONDAY + timedelta(14)
    actions.book(cast.id, request(cast, at(10, day=lost), who=cast.ana, staff=True), STAFF)
    asked = SeriesRequest(wanted(cast), WEEKLY, plan)
    refusal = refused(lambda: actions.book_series(cast.id, asked, STAFF))
    assert refusal.code == "series_conflict"
    assert [(row["number"], row["start"][:10]) for row in refusal.extra["dates"]] == [(3, lost.isoformat())]
    assert len(visits(cast)) == 1
    made = actions.book_series(cast.id, replace(asked, skips=True), STAFF)
    assert len(made.booked) == 3 and [f"{day:%Y-%m-%d}" for day in made.lost] == [lost.isoformat()]


def test_a_price_that_changed_since_the_preview_books_nothing(cast: Clinic) -> None:
    plan = tuple(replace(row, price_seen=1) for row in chosen(seen(cast, wanted(cast))))
    refusal = refused(lambda: actions.book_series(cast.id, SeriesRequest(wanted(cast), WEEKLY, plan), STAFF))
    assert refusal.code == "price_changed" and not visits(cast)


@pytest.mark.parametrize("numbers", [(), (0, 1), (2, 1), (1, 1), (1, 9)])
def test_dates_that_are_not_the_rules_are_refused(cast: Clinic, numbers: tuple[int, ...]) -> None:
    rows = chosen(seen(cast, wanted(cast)))
    plan = tuple(replace(rows[0], number=number) for number in numbers)
    refusal = refused(lambda: actions.book_series(cast.id, SeriesRequest(wanted(cast), WEEKLY, plan), STAFF))
    assert refusal.extra["why"] == "plan" and not visits(cast)


def test_a_visit_that_exists_becomes_the_first(cast: Clinic) -> None:
    actions.book(cast.id, wanted(cast), STAFF)
    with scope(cast.id):
        rows = series_plan.plan(wanted(cast), WEEKLY, booked=True)
    assert [row.number for row in rows] == [2, 3, 4]
    asked = SeriesRequest(wanted(cast), WEEKLY, chosen(rows), first=visits(cast)[0].pk)
    actions.book_series(cast.id, asked, STAFF)
    assert len(visits(cast)) == 4
    again = refused(lambda: actions.book_series(cast.id, asked, STAFF))
    assert again.extra["why"] == "in_series"


def test_all_move_to_another_hour_and_one_changed_by_itself_stays(cast: Clinic) -> None:
    made = book(cast)
    actions.move(
        cast.id, made.booked[2].visit_id, MoveRequest(at(15, day=MONDAY + timedelta(15)), staff=True), STAFF
    )
    wish = Wish(wall=time(11, 30))
    shifts = change(cast, made, 0, "all", wish)
    actions.change_series(cast.id, made.series_id, shifts, "all", wish, STAFF)
    assert walls(cast) == ["11-23T11:30", "11-30T11:30", "12-08T15:00", "12-14T11:30"]
    with scope(cast.id):
        assert [place.apart for place in whole(cast, made).places] == [False, False, True, False]


def test_the_following_go_a_day_later_with_somebody_else(cast: Clinic) -> None:
    made = book(cast)
    wish = Wish(days=1, resource_id=cast.mihai)
    shifts = change(cast, made, 2, "following", wish)
    actions.change_series(cast.id, made.series_id, shifts, "following", wish, STAFF)
    assert walls(cast) == ["11-23T10:00", "11-30T10:00", "12-08T10:00", "12-15T10:00"]
    with scope(cast.id):
        who = Appointment.objects.order_by("s").values_list("resource_id", flat=True)
        assert list(who) == [cast.ana, cast.ana, cast.mihai, cast.mihai]
        assert not any(place.apart for place in whole(cast, made).places)


def test_visits_that_move_together_are_not_in_each_others_way(cast: Clinic) -> None:
    made = book(cast, rule=Repeat("day", count=3))
    wish = Wish(days=1)
    shifts = change(cast, made, 0, "all", wish)
    assert len(shifts) == 3  # Tuesday takes Wednesday's time, which goes to Thursday
    actions.change_series(cast.id, made.series_id, shifts, "all", wish, STAFF)
    assert walls(cast) == ["11-24T10:00", "11-25T10:00", "11-26T10:00"]


def test_one_of_a_series_changed_is_its_own_exception(cast: Clinic) -> None:
    made = book(cast)
    wish = Wish(wall=time(16))
    actions.change_series(cast.id, made.series_id, change(cast, made, 1, "this", wish), "this", wish, STAFF)
    with scope(cast.id):
        assert [place.apart for place in whole(cast, made).places] == [False, True, False, False]


def test_a_time_lost_since_the_preview_moves_none(cast: Clinic) -> None:
    made = book(cast)
    before = walls(cast)
    wish = Wish(wall=time(16))
    shifts = change(cast, made, 0, "all", wish)
    taken = MONDAY + timedelta(14)
    actions.book(cast.id, request(cast, at(16, day=taken), who=cast.ana, staff=True), STAFF)
    refusal = refused(lambda: actions.change_series(cast.id, made.series_id, shifts, "all", wish, STAFF))
    assert refusal.code == "series_conflict"
    assert [row["visit"] for row in refusal.extra["dates"]] == [made.booked[2].visit_id]
    assert [wall for wall in walls(cast) if not wall.endswith("16:00")] == before


def test_a_visit_somebody_changed_meanwhile_moves_none(cast: Clinic) -> None:
    made = book(cast)
    wish = Wish(wall=time(16))
    shifts = change(cast, made, 0, "all", wish)
    actions.note(cast.id, made.booked[3].visit_id, "rings twice", STAFF)
    refusal = refused(lambda: actions.change_series(cast.id, made.series_id, shifts, "all", wish, STAFF))
    assert refusal.code == "changed_meanwhile" and walls(cast)[0].endswith("10:00")


def test_the_following_are_cancelled_together(cast: Clinic) -> None:
    made = book(cast)
    actions.cancel_series(cast.id, made.series_id, {each.visit_id: 1 for each in made.booked[2:]}, STAFF)
    assert len(walls(cast)) == 2
    with scope(cast.id):
        assert whole(cast, made).count == 2
    stale = {made.booked[0].visit_id: 7}
    refusal = refused(lambda: actions.cancel_series(cast.id, made.series_id, stale, STAFF))
    assert refusal.code == "changed_meanwhile"


def test_the_client_moves_and_cancels_one_of_it(cast: Clinic) -> None:
    made = book(cast)
    there = at(11, day=MONDAY + timedelta(7))
    actions.move(cast.id, made.booked[1].visit_id, MoveRequest(there), CLIENT)
    actions.cancel(cast.id, made.booked[3].visit_id, CLIENT)
    assert walls(cast) == ["11-23T10:00", "11-30T11:00", "12-07T10:00"]
    with scope(cast.id):
        found = whole(cast, made)
        assert (found.number(made.booked[2].visit_id), found.count) == (3, 3)


def test_clients_repeat_where_the_service_allows_it_and_it_counts_as_one_booking(cast: Clinic) -> None:
    visit = request(cast, at(10), who=cast.ana, location_id=cast.location)
    assert refused(lambda: seen(cast, visit)).extra["why"] == "not_allowed"
    tenancy.set_setting(cast.id, "repeat_most", 4, scope_kind="service", scope_id=cast.visit, actor=STAFF)
    tenancy.set_setting(cast.id, "contact_open_limit", 1, actor=STAFF)
    asked = SeriesRequest(visit, WEEKLY, chosen(seen(cast, visit)))
    actions.book_series(cast.id, asked, CLIENT)
    assert len(visits(cast)) == 4
    assert refused(lambda: seen(cast, visit, Repeat("week", count=5))).extra["why"] == "too_many"
    later = SeriesRequest(visit, WEEKLY, tuple(
        Chosen(each.number, tuple(replace(item, start=item.start + timedelta(hours=1)) for item in each.items))
        for each in asked.chosen
    ))  # fmt: skip
    assert refused(lambda: actions.book_series(cast.id, later, CLIENT)).code == "too_many_bookings"


def test_several_services_and_parties_repeat_whole(cast: Clinic) -> None:
    items = (Item(cast.visit, cast.ana, at(10)), Item(cast.scan, cast.mihai, at(10, 30)))
    book(cast, replace(wanted(cast), items=items), Repeat("week", count=2))
    party = replace(wanted(cast), items=(Item(cast.gym, None, at(10)),), seats=3)
    book(cast, party, Repeat("week", count=2))
    with scope(cast.id):
        assert Appointment.objects.count() == 6
        assert set(Visit.objects.values_list("seats", flat=True)) == {1, 3}


def test_a_class_repeats_where_it_is_held(cast: Clinic) -> None:
    for week in (0, 7):
        actions.add_session(
            cast.id, cast.yoga, cast.location, at(15, day=MONDAY + timedelta(week)), [cast.ana], actor=STAFF
        )
    visit = replace(wanted(cast), items=(Item(cast.yoga, None, at(15)),))
    rows = seen(cast, visit, Repeat("week", count=3))
    assert [row.free for row in rows] == [True, True, False]
    made = actions.book_series(cast.id, SeriesRequest(visit, Repeat("week", count=3), chosen(rows)), STAFF)
    assert len(made.booked) == 2


def test_rules_of_the_organization_judge_each_visit_after_those_before_it(cast: Clinic) -> None:
    tenancy.set_setting(
        cast.id, "booking_rules", [{"rule": "example.days-between", "parameters": {"days": 10}}], actor=STAFF
    )
    refusal = refused(lambda: book(cast))
    assert refusal.code == "rule_refused" and not visits(cast)
    book(cast, rule=Repeat("week", 2, count=3))
    assert len(visits(cast)) == 3


def test_visits_that_move_together_keep_their_distance_from_each_other_as_they_become(cast: Clinic) -> None:
    rule = {"after_days": [7, []]}
    tenancy.set_setting(cast.id, "eligibility", rule, actor=STAFF)
    made = book(cast)
    for days in (1, -1):
        wish = Wish(days=days)
        shifts = change(cast, made, 1, "all", wish)
        actions.change_series(cast.id, made.series_id, shifts, "all", wish, STAFF)
    wish = Wish(days=1)
    shifts = change(cast, made, 1, "this", wish)
    act = lambda: actions.change_series(cast.id, made.series_id, shifts, "this", wish, STAFF)  # noqa: E731
    assert refused(act).code == "not_eligible"


def test_a_course_booked_on_approval_waits_for_it(cast: Clinic) -> None:
    tenancy.set_setting(cast.id, "approval", True, actor=STAFF)
    tenancy.set_setting(cast.id, "repeat_most", 4, actor=STAFF)
    visit = replace(wanted(cast), staff=False)
    actions.book_series(cast.id, SeriesRequest(visit, WEEKLY, chosen(seen(cast, visit))), CLIENT)
    assert {each.status for each in visits(cast)} == {"requested"}


def test_what_a_package_above_refuses_undoes_the_whole_series(cast: Clinic) -> None:
    from visita.bookings import ports

    taken: list[int] = []

    def deposit(written: ports.Written) -> None:
        taken.append(written.visit_id)
        if len(taken) == 3:
            raise Refusal("no_credit", 422, "no")

    ports.reserve.register("deposit", deposit)
    try:
        assert refused(lambda: book(cast)).code == "no_credit"
    finally:
        ports.reserve.remove("deposit")
    assert len(taken) == 3 and not visits(cast)
    with scope(cast.id):
        assert not Series.objects.exists()


def test_the_longest_series_is_booked_in_seconds(cast: Clinic) -> None:
    visit = wanted(cast)
    rule = Repeat("week", weekdays=(0, 2), count=104)
    began = process_time()  # not the clock's: others may have the processor
    rows = seen(cast, visit, rule)
    looked = process_time()
    made = actions.book_series(cast.id, SeriesRequest(visit, rule, chosen(rows)), STAFF)
    booked = process_time()
    print(f"104 visits: preview {looked - began:.2f} s, booking {booked - looked:.2f} s")  # noqa: T201
    assert len(made.booked) == 104
    assert looked - began < 30 and booked - looked < 30  # on a good machine it is under two


def test_nobody_is_named_twice(cast: Clinic) -> None:
    with clock.at(NOW):
        made = book(cast, replace(wanted(cast), client=person("Ana", "Nou", phone="+40721000111")))
    with scope(cast.id):
        assert len({each.client_id for each in Visit.objects.all()}) == 1
    assert isinstance(made.booked[0].start, datetime)
