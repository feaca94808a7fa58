"""What keeps programs from booking, and lets people pass."""

import pytest
from pytest_django.fixtures import Settings

from visita.bookings.models import Visit
from visita.foundation.scope import scope
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words


def booked(visitor: Visitor) -> int:
    with scope(visitor.clinic.id):
        return Visit.objects.count()


def send(visitor: Visitor, flow: str, **more: str) -> int:
    response = visitor.post("booking/", {"flow": flow, **DETAILS, **more})
    if response.status_code != 302:
        assert response.status_code == 429, words(response)
        assert 'value="Maria"' in response.content.decode()  # nothing typed is lost
    return int(response.status_code)


def test_the_hidden_field_is_for_programs(visitor: Visitor) -> None:
    flow = visitor.flow(minute(9))
    assert 'name="website"' in visitor.get("details/", flow=flow).content.decode()
    assert send(visitor, flow, website="http://buy.example") == 429
    assert booked(visitor) == 0
    assert send(visitor, flow) == 302


def test_nobody_types_that_fast_again_and_again(visitor: Visitor, settings: Settings) -> None:
    settings.FRONT_HASTE = 60
    flows = [visitor.flow(minute(9, day=day)) for day in range(4)]
    assert [send(visitor, flow) for flow in flows] == [302, 302, 302, 429]
    settings.FRONT_HASTE = 0
    assert send(visitor, flows[3]) == 302


def test_one_address_books_so_many_an_hour_and_others_go_on(visitor: Visitor, settings: Settings) -> None:
    settings.RATE_LIMITS, settings.API_LIMITS = True, {"book": (2, 60)}
    flows = [visitor.flow(minute(9, day=day)) for day in range(4)]
    assert visitor.post("booking/", {"flow": flows[0]}).status_code == 422  # counts for nothing
    assert [send(visitor, flow) for flow in flows[:3]] == [302, 302, 429]
    visitor.browser.defaults["REMOTE_ADDR"] = "198.51.100.7"
    assert send(visitor, flows[3]) == 302


@pytest.mark.parametrize("proxy", ["10.0.0.1", "203.0.113.9"])
def test_the_address_counted_is_the_visitors(visitor: Visitor, settings: Settings, proxy: str) -> None:
    settings.RATE_LIMITS, settings.API_LIMITS = True, {"hold": (1, 10)}
    settings.TRUSTED_PROXIES = ("10.0.0.0/8",)
    visitor.browser.defaults["REMOTE_ADDR"] = proxy
    answers = []
    for day in range(2):
        visitor.browser.defaults["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{day}"
        answers.append(visitor.hold(minute(9, day=day)).status_code)
    assert answers == ([302, 302] if proxy == "10.0.0.1" else [302, 429])
