"""How likely a visit is missed: the prior without a past, the own record, what is usual so far ahead."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import NOW, STAFF, Clinic, at, person
from tests.world import request as wanted
from visita.activity.models import Activity
from visita.activity.outbox import SWEEPS
from visita.bookings import actions, hints, reliability, risk
from visita.bookings.requests import Booked
from visita.clients import actions as clients
from visita.clients.models import Client
from visita.clients.personal_data import Personal
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.tenancy import queries


def booked(cast: Clinic, hour: int, who: str = "Maria", ahead: int = 5) -> int:
    """A visit at that hour of Monday, booked so many days before it."""
    with clock.at(at(hour) - timedelta(days=ahead)):
        made = actions.book(cast.id, wanted(cast, at(hour), None, client=person(who), staff=True), STAFF)
    assert isinstance(made, Booked)
    return made.visit_id


def miss(cast: Clinic, visit: int) -> None:
    """Marked as not shown when Monday morning is over."""
    with clock.at(at(13)):
        actions.mark_no_show(cast.id, visit, STAFF)


def judged(cast: Clinic, visit: int) -> risk.Risk:
    with scope(cast.id):
        found = hints.of_visits([visit])[visit].risk
    assert found is not None
    return found


def test_without_a_past_the_prior_speaks(cast: Clinic) -> None:
    assert judged(cast, booked(cast, 9, ahead=0)).percent == 5
    found = judged(cast, booked(cast, 10, ahead=20))
    assert (found.percent, found.missed, found.of, found.days, found.usual) == (20, 0, 0, 20, 20)


def test_who_missed_visits_is_likelier_to_miss_this_one(cast: Clinic) -> None:
    for hour in (9, 10, 11):
        miss(cast, booked(cast, hour))
    coming = booked(cast, 14)
    assert judged(cast, coming).of == 0  # the morning has not been yet
    with clock.at(at(13)):
        found = judged(cast, coming)
    assert (found.missed, found.of) == (3, 3) and found.high
    assert found.percent == round(100 * (3 + 12 * 0.14) / 15)


def test_a_past_of_its_own_moves_what_is_usual(cast: Clinic) -> None:
    for hour in (9, 10, 11):
        miss(cast, booked(cast, hour, f"P{hour}"))
    with clock.at(at(13)):
        fitted = actions.fit_risk(cast.id)
        with scope(cast.id):
            assert risk.model(queries.setting_rows()) == fitted
        assert fitted.seen == 3 and fitted.usual[3] == pytest.approx((3 + 50 * 0.14) / 53)
        assert fitted.usual[0] == risk.PRIOR[0]
        assert judged(cast, booked(cast, 14, "New")).usual == 19


def test_it_can_be_switched_off_and_is_kept_in_one_statement(cast: Clinic) -> None:
    visits = [booked(cast, hour, f"P{hour}") for hour in (9, 10, 11)]
    with (
        scope(cast.id),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        assert set(hints.of_visits(visits)) == set(visits)
    assert len(asked) == 1
    tenancy.set_setting(cast.id, "risk_shown", False, actor=STAFF)
    with scope(cast.id):
        assert {hint.risk for hint in hints.of_visits(visits).values()} == {None}
        assert hints.of_visits([]) == {}


@pytest.mark.parametrize("value", [{}, {"of": [1], "missed": [1]}, {"of": [True] * 7, "missed": [0] * 7}])
def test_figures_that_are_none_are_refused(cast: Clinic, value: object) -> None:
    with pytest.raises(Refusal, match="bad_setting"):
        tenancy.set_setting(cast.id, risk.COUNTS, value, actor=STAFF)


def test_reliability_counts_what_the_client_did(cast: Clinic) -> None:
    come, missed = booked(cast, 9), booked(cast, 10)
    late, early, ours = booked(cast, 11), booked(cast, 13), booked(cast, 14)
    booked(cast, 15)
    actions.cancel(cast.id, early, STAFF)
    actions.cancel(cast.id, ours, STAFF, ours=True)
    with clock.at(at(9, 40)):
        actions.complete(cast.id, come, STAFF)
        actions.cancel(cast.id, late, STAFF)  # two hours before would have been in time
    miss(cast, missed)
    with clock.at(at(13)), scope(cast.id):
        client = Client.objects.get()
        assert reliability.of_client(client.pk) == reliability.Reliability(1, 1, 2, 1)
        assert reliability.of_client(10**12) == reliability.NOBODY


def test_reliability_is_one_after_a_merge_and_asked_for_many_at_once(cast: Clinic) -> None:
    miss(cast, booked(cast, 9))
    miss(cast, booked(cast, 10, "Marie"))
    with clock.at(at(13)), scope(cast.id):
        one, other = Client.objects.order_by("id").values_list("id", flat=True)
        with CaptureQueriesContext(connection) as asked:
            assert {each.missed for each in reliability.of_clients([one, other]).values()} == {1}
        assert len(asked) == 1
    clients.merge(cast.id, one, other, actor=STAFF)
    with scope(cast.id), clock.at(NOW + timedelta(days=9)):
        assert reliability.of_client(one).missed == 2


def test_a_birthday_is_told_on_the_day_of_the_visit(cast: Clinic) -> None:
    visit = booked(cast, 9)
    with scope(cast.id):
        client = Client.objects.get().pk
    for born, told in (("1980-11-23", True), ("1980-11-24", False)):
        clients.set_personal_data(cast.id, client, Personal(birth_date=born), actor=STAFF)
        with scope(cast.id):
            assert hints.of_visits([visit])[visit].birthday is told


def test_the_worker_learns_once_a_day_and_writes_only_what_changed(cast: Clinic) -> None:
    assert cast.id in SWEEPS["risk.fit"].organizations(NOW)
    miss(cast, booked(cast, 9))
    with clock.at(at(13)):
        for _day in range(2):
            SWEEPS["risk.fit"].act(cast.id)
    with scope(cast.id):
        assert Activity.objects.filter(verb="setting.set", payload__key=risk.COUNTS).count() == 1
