"""Everything from one source: seen, cancelled, brought back."""

from dataclasses import replace

from tests import world
from visita.bookings import actions
from visita.bookings.models import Visit, Waiting
from visita.bookings.requests import Booked
from visita.bookings.waitlist.windows import Window
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk, signed_in


def book(desk: Desk, hour: int, ip: str, phone: str) -> int:
    wanted = world.request(desk.clinic, world.at(hour), who=desk.clinic.ana, client=world.person(phone=phone))
    booked = actions.book(desk.clinic.id, wanted, replace(world.CLIENT, ip=ip))
    assert isinstance(booked, Booked)
    return booked.visit_id


def statuses(desk: Desk) -> list[str]:
    with scope(desk.clinic.id):
        return list(Visit.objects.order_by("s").values_list("status", flat=True))


def test_a_flood_is_cancelled_with_one_press_and_brought_back(desk: Desk) -> None:
    owner = signed_in(desk.clinic.id, "owner")
    fake = [book(desk, hour, "198.51.100.7", f"+4072200011{hour % 10}") for hour in (9, 10)]
    book(desk, 11, "203.0.113.9", "+40722000777")
    url = desk.url(f"visits/{fake[0]}/source/")
    assert url in owner.get(desk.url(f"visits/{fake[0]}/")).content.decode()
    shown = owner.get(url).content.decode()
    assert shown.count('name="visits"') == 2 and "198.51.100.7/32" in shown
    assert owner.get(f"{url}?by=phone").content.decode().count('name="visits"') == 1
    done = owner.post(url, {"by": "network", "deed": "cancel", "visits": fake})
    assert statuses(desk) == ["cancelled", "cancelled", "confirmed"]
    assert "2 visits were cancelled" in done.content.decode()
    again = owner.post(url, {"by": "network", "deed": "cancel", "visits": [*fake, 2**70, "x", "9" * 5000]})
    assert "2 could not be changed" in again.content.decode()
    owner.post(url, {"by": "network", "deed": "restore", "visits": fake})
    assert statuses(desk) == ["confirmed"] * 3


def test_places_on_the_waitlist_go_with_it(desk: Desk) -> None:
    owner = signed_in(desk.clinic.id, "owner")
    fake = book(desk, 9, "198.51.100.7", "+40722000111")
    window = Window(world.MONDAY, world.MONDAY)
    mine, other = (
        actions.join(
            desk.clinic.id,
            actions.WaitRequest(
                ((desk.clinic.visit, None),), window, client=world.person(name, phone=phone, email="")
            ),
            replace(world.CLIENT, ip=ip),
        )
        for name, phone, ip in (
            ("Bot", "+40722000111", "198.51.100.7"),
            ("Ion", "+40722000222", "203.0.113.9"),
        )
    )
    url = desk.url(f"visits/{fake}/source/")
    shown = owner.get(url).content.decode()
    assert f'name="waits" value="{mine.pk}"' in shown and f'value="{other.pk}"' not in shown
    done = owner.post(url, {"by": "network", "deed": "cancel", "waits": [mine.pk, other.pk, "x"]})
    assert "1 place on the waitlist was given up" in done.content.decode()
    with scope(desk.clinic.id):
        kept = dict(Waiting.objects.values_list("id", "status"))
    assert kept == {mine.pk: "removed", other.pk: "waiting"} and statuses(desk) == ["confirmed"]


def test_it_needs_its_right(desk: Desk) -> None:
    fake = book(desk, 9, "198.51.100.7", "+40722000111")
    url = desk.url(f"visits/{fake}/source/")
    assert desk.reception.get(url).status_code == 403
    assert desk.reception.post(url, {"deed": "cancel", "visits": fake}).status_code == 403
    assert signed_in(desk.clinic.id, "owner").get(desk.url("visits/999999/source/")).status_code == 404
    assert statuses(desk) == ["confirmed"]
