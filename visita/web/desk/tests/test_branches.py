"""All locations side by side: free times of a day, the next day where there are none, and the form filled in."""

import re

import pytest

from tests import world
from visita.bookings import actions
from visita.bookings.models import Visit
from visita.bookings.requests import Booked
from visita.catalog import actions as catalog
from visita.catalog.policies import Offer
from visita.foundation.scope import scope
from visita.scheduling import actions as scheduling
from visita.scheduling.models import ResourceLocation
from visita.scheduling.policies import Pattern
from visita.tenancy import actions as tenancy
from visita.web.desk.tests.conftest import Desk, signed_in
from visita.web.desk.views import chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(desk: Desk) -> int:
    """A branch where Mihai works on Tuesdays from ten to twelve, in another zone."""
    clinic = desk.clinic
    made = tenancy.add_location(clinic.id, name="Gara de Nord", zone="Europe/Berlin", actor=world.STAFF).pk
    with scope(clinic.id):
        ResourceLocation.objects.create(resource_id=clinic.mihai, location_id=made)
    tuesday = [Pattern(1, 600, 720, world.MONDAY.replace(month=1, day=1))]
    scheduling.set_working_time(clinic.id, clinic.mihai, made, tuesday, actor=world.STAFF)
    return made


def _sections(desk: Desk, **query: str | int) -> list[str]:
    response = desk.reception.get(desk.url("branches/"), query)
    assert response.status_code == 200
    return re.findall(r'<section class="card branch[ "].*?</section>', response.content.decode(), flags=re.S)


def test_each_location_shows_its_own_free_times(desk: Desk, second: int) -> None:
    first, other = _sections(desk, service=desk.clinic.visit, date="2026-11-24")
    assert "Strada Paris" in first and first.count('class="chip"') > 10
    times = re.findall(r'class="chip"[^>]*>([^<]+)<', other)
    assert times[0] == "10:00" and times[-1] == "11:30"
    assert f"location={second}" in other and "time=10%3A00" in other


def test_a_full_location_offers_its_next_day(desk: Desk, second: int) -> None:
    _first, other = _sections(desk, service=desk.clinic.visit, date="2026-11-23")
    assert 'class="chip"' not in other
    assert "date=2026-11-24" in other and "Next free" in other


def test_what_is_not_given_there_says_so(desk: Desk, second: int) -> None:
    _first, other = _sections(desk, service=desk.clinic.gym, date="2026-11-24")
    assert "Not given here" in other


def test_a_taken_time_is_gone(desk: Desk, second: int) -> None:
    wanted: dict[str, str | int] = {"service": desk.clinic.visit, "date": "2026-11-24"}
    before = _sections(desk, **wanted)[0]
    for who in (desk.clinic.ana, desk.clinic.mihai):
        start = world.at(16, 30, world.day_after(1))
        actions.book(
            desk.clinic.id,
            world.request(desk.clinic, start, who=who, location_id=desk.clinic.location),
            world.CLIENT,
        )
    after = _sections(desk, **wanted)[0]
    assert before.count('class="chip"') - after.count('class="chip"') == 1
    assert "time=16%3A30" not in after


def test_the_time_leads_to_the_form_filled_in(desk: Desk, second: int) -> None:
    other = _sections(desk, service=desk.clinic.visit, date="2026-11-24")[1]
    address = re.findall(r'href="([^"]+new/[^"]+)"', other)[0].replace("&amp;", "&")
    page = desk.reception.get(address).content.decode()
    assert 'value="10:00"' in page and "Gara de Nord" in page
    assert re.search(rf'<option value="{desk.clinic.visit}" selected>', page)


def test_only_who_may_book_sees_it(desk: Desk) -> None:
    assert desk.analyst.get(desk.url("branches/")).status_code == 403
    assert signed_in(desk.clinic.id, "booking_centre").get(desk.url("branches/")).status_code == 200


def _of(made: Booked, **more: str) -> dict[str, str]:
    return {"visit": str(made.visit_id), **more}


def test_a_chain_shows_pages_of_those_that_give_it(
    desk: Desk, second: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = tenancy.add_location(desk.clinic.id, name="Third", zone="Europe/Berlin", actor=world.STAFF).pk
    monkeypatch.setattr(chain, "PAGE", 1)
    first, others = _sections(desk, service=desk.clinic.visit, date="2026-11-24")
    assert "Strada Paris" in first and "Locations 1–1 of 2" in others and "Gara de Nord" in others
    assert re.search(r"Not given at:\s*Third", others) and f"show={third}" not in others
    [address] = [url for url in re.findall(r'href="([^"]+)"', others) if f"show={second}" in url]
    page = desk.reception.get(desk.url("branches/") + address.replace("&amp;", "&")).content.decode()
    assert f'id="branch-{desk.clinic.location}"' not in page and f'id="branch-{second}"' in page


def test_another_day_keeps_the_page(desk: Desk, second: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "PAGE", 1)
    wanted: dict[str, str | int] = {"service": desk.clinic.visit, "date": "2026-11-23", "page": 2}
    page = desk.reception.get(desk.url("branches/"), wanted).content.decode().replace("&amp;", "&")
    at = f"?service={desk.clinic.visit}&date=2026-11-"
    for day in (22, 24):  # the arrows; the day after is the next free one as well
        assert f'href="{at}{day}&page=2"' in page
    assert page.count(f'href="{at}24&page=2"') == 2 and '<input type="hidden" name="page" value="2">' in page
    assert f'href="{at}23"' in page  # those before


def test_a_visit_is_moved_to_another_branch(desk: Desk, second: int) -> None:
    wanted = world.request(desk.clinic, world.at(9), who=desk.clinic.ana, location_id=desk.clinic.location)
    made = actions.book(desk.clinic.id, wanted, world.CLIENT)
    assert isinstance(made, Booked)
    page = desk.reception.get(desk.url("branches/"), _of(made, date="2026-11-24"))
    form = re.findall(r'<form method="post".*?</form>', page.content.decode(), flags=re.S)[-1]
    sent = dict(re.findall(r'name="(version|location|start)" value="([^"]+)"', form))
    assert sent["location"] == str(second)
    response = desk.reception.post(desk.url(f"visits/{made.visit_id}/move"), sent)
    assert response.status_code == 302
    with scope(desk.clinic.id):
        assert Visit.objects.get(pk=made.visit_id).location_id == second
    assert desk.doctor.get(desk.url("branches/"), _of(made)).status_code == 403
    panel = desk.url(f"visits/{made.visit_id}/")
    assert "branches/?visit=" in desk.reception.get(panel).content.decode()


def test_a_class_shows_its_dates_with_the_places_left(desk: Desk, second: int) -> None:
    clinic, day = desk.clinic, world.day_after(1)
    both = [Offer(clinic.ana), Offer(clinic.mihai)]
    catalog.change_service(clinic.id, clinic.yoga, {}, resources=both, actor=world.STAFF)
    for place, hour, who in ((clinic.location, 18, clinic.ana), (second, 11, clinic.mihai)):
        actions.add_session(clinic.id, clinic.yoga, place, world.at(hour, day=day), [who], actor=world.STAFF)
    taken = world.request(clinic, world.at(18, day=day), clinic.yoga, location_id=clinic.location, seats=2)
    made = actions.book(clinic.id, taken, world.CLIENT)
    assert isinstance(made, Booked)
    first, _other = _sections(desk, service=clinic.yoga, date="2026-11-24")
    assert re.findall(r'class="chip"[^>]*>([^<]+)<', first) == ["18:00 · 1 place free"]
    page = desk.reception.get(re.findall(r'href="([^"]+new/[^"]+)"', first)[0].replace("&amp;", "&"))
    assert re.search(rf'<option value="{clinic.yoga}" selected>', page.content.decode())
    offered = desk.reception.get(desk.url("branches/"), _of(made, date="2026-11-24")).content.decode()
    form = re.findall(r'<form method="post".*?</form>', offered, flags=re.S)[-1]
    assert "3 places free" in form
    sent = dict(re.findall(r'name="(version|location|start)" value="([^"]+)"', form))
    assert desk.reception.post(desk.url(f"visits/{made.visit_id}/move"), sent).status_code == 302
    with scope(clinic.id):
        assert Visit.objects.get(pk=made.visit_id).location_id == second
