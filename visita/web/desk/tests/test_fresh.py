"""What an open page asks about itself, and what a member who lost the right sees from then on."""

from tests import world
from visita.identity import actions as identity
from visita.identity.models import Membership
from visita.web.desk.tests.conftest import Desk
from visita.web.desk.tests.test_changes import book


def test_the_page_learns_its_day_its_program_and_a_token(desk: Desk) -> None:
    told = desk.reception.get(desk.url("now.json")).json()
    assert told["today"] == "2026-11-22" and told["token"] and "build" in told


def test_a_right_that_was_taken_away_ends_everything_open(desk: Desk) -> None:
    visit = book(desk)
    pages = ("journal.json", "parked.json", "now.json", f"visits/{visit}/")
    assert {desk.reception.get(desk.url(page)).status_code for page in pages} == {200}
    member = Membership.objects.get(organization_id=desk.clinic.id, role="reception")
    identity.change_member(desk.clinic.id, member.pk, "analyst", actor=world.STAFF)
    assert {desk.reception.get(desk.url(page)).status_code for page in pages} <= {403, 404}
    identity.remove_member(desk.clinic.id, member.pk, actor=world.STAFF)
    assert {desk.reception.get(desk.url(page)).status_code for page in pages} == {403}
