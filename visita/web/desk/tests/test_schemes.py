"""The mark public or private in the desk's form, panel and list."""

from tests import world
from visita.bookings.models import Visit
from visita.foundation.scope import scope
from visita.tenancy import actions as tenancy
from visita.web.desk.tests.conftest import Desk


def test_a_visit_is_marked_at_the_desk(desk: Desk) -> None:
    new = desk.url("visits/new/")
    assert 'name="scheme"' not in desk.reception.get(new).content.decode()
    tenancy.set_setting(desk.clinic.id, "schemes", True, actor=world.STAFF)
    assert 'name="scheme"' in desk.reception.get(new).content.decode()
    sent = {"service": desk.clinic.visit, "resource": desk.clinic.ana, "date": "2026-11-23", "time": "09:00"}
    answer = desk.reception.post(desk.url("visits/"), {**sent, "first_name": "Ion", "scheme": "public"})
    assert answer.status_code == 302
    with scope(desk.clinic.id):
        visit = Visit.objects.get()
    assert visit.scheme == "public"
    day = desk.url("list/?date=2026-11-23")
    assert "Public health</span>" in desk.reception.get(day).content.decode()
    assert f"visits/{visit.pk}/" not in desk.reception.get(f"{day}&scheme=private").content.decode()
    mark = desk.url(f"visits/{visit.pk}/mark")
    assert desk.reception.post(mark, {"scheme": "private", "version": 1}).status_code == 302
    assert f"visits/{visit.pk}/" in desk.reception.get(f"{day}&scheme=private").content.decode()
    assert desk.reception.post(mark, {"scheme": "x", "version": 2}).status_code == 422
