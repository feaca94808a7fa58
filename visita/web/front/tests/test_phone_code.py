"""Where the phone must be confirmed, a code stands between the details and the booking: no cookie, no second booking."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests import world
from visita.bookings.actions.book import book
from visita.bookings.models import Visit
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.messaging import adapters
from visita.messaging.tests.conftest import Outbox
from visita.tenancy.actions import set_setting
from visita.web.front.tests.conftest import DETAILS, Visitor, minute, words


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """Every channel leads here."""
    box = Outbox()
    monkeypatch.setattr(adapters, "chosen", lambda _channel: [box])
    return box


@pytest.fixture
def page(visitor: Visitor, outbox: Outbox) -> Any:
    """The page that waits for the code."""
    set_setting(visitor.clinic.id, "confirm_phone", True, actor=world.STAFF)
    flow = visitor.flow(minute(10), who=str(visitor.clinic.ana))
    return visitor.post("booking/", {"flow": flow, **DETAILS, "note": "I limp"})


def send(visitor: Visitor, page: Any, **more: str) -> Any:
    """Send the page's form."""
    carried = {**dict(page.context["carried"]), "code_note": page.context["note"]}
    return visitor.post("booking/", {**carried, **more})


def visits(visitor: Visitor) -> list[Visit]:
    """What is booked."""
    with scope(visitor.clinic.id):
        return list(Visit.objects.all())


def test_the_code_of_the_message_books(visitor: Visitor, page: Any, outbox: Outbox) -> None:
    assert "Confirm your phone" in words(page) and "Held for you" in words(page)
    assert page.status_code == 200 and not page.cookies and visits(visitor) == []
    assert outbox.sent[0].to == "+40721555014" and "Meridian" in outbox.sent[0].body
    done = send(visitor, page, code=outbox.code)
    assert done.status_code == 302, words(done)
    (visit,) = visits(visitor)
    assert visit.terms["phone_confirmed"] is True
    assert visitor.browser.get(done["Location"]).status_code == 200 and not visitor.browser.cookies


def test_enter_in_the_field_of_the_code_books(page: Any) -> None:
    first = re.search(r'<button[^>]*form="code"[^>]*>', page.content.decode())
    assert first and "formaction" not in first[0], "it would lead back to the details"


def test_what_was_typed_arrives_with_the_booking(visitor: Visitor, page: Any, outbox: Outbox) -> None:
    assert send(visitor, page, code=outbox.code).status_code == 302
    assert visits(visitor)[0].note == "I limp"


def test_two_presses_book_once(visitor: Visitor, page: Any, outbox: Outbox) -> None:
    first, second = (send(visitor, page, code=outbox.code) for _ in range(2))
    assert first["Location"] == second["Location"] and len(visits(visitor)) == 1


def test_a_wrong_code_books_nothing_and_keeps_everything(visitor: Visitor, page: Any, outbox: Outbox) -> None:
    wrong = f"{(int(outbox.code) + 1) % 10**6:06d}"
    again = send(visitor, page, code=wrong)
    assert again.status_code == 400 and "4 tries are left" in words(again)
    assert 'id="id_code_error"' in again.content.decode() and visits(visitor) == []
    assert send(visitor, again, code=outbox.code).status_code == 302


def test_a_code_is_worth_nothing_for_another_phone_or_another_flow(
    visitor: Visitor, page: Any, outbox: Outbox
) -> None:
    code = outbox.code
    other = send(visitor, page, code=code, phone="0722 000 111")
    assert other.status_code == 200 and outbox.sent[-1].to == "+40722000111" and visits(visitor) == []
    flow = visitor.flow(minute(12), who=str(visitor.clinic.ana))
    assert send(visitor, page, code=code, flow=flow).status_code == 200
    assert visits(visitor) == []


def test_another_code_and_more_time(visitor: Visitor, page: Any, outbox: Outbox) -> None:
    with clock.at(world.NOW + timedelta(minutes=3)):
        longer = send(visitor, page, longer="1")
        assert "Held for you, 5 min" in words(longer)
        again = send(visitor, longer, again="1")
        assert len(outbox.sent) == 2
        assert send(visitor, again, code=outbox.code).status_code == 302


def test_another_number_leads_back_to_the_details(visitor: Visitor, page: Any) -> None:
    back = visitor.post("hold/extension/", dict(page.context["carried"]))
    assert "Your details" in words(back) and 'value="Maria"' in back.content.decode()


def test_a_number_that_gets_no_code_is_said_at_its_field(visitor: Visitor, page: Any, outbox: Outbox) -> None:
    answer = send(visitor, page, phone="021 312 3456")
    assert answer.status_code == 422 and "cannot send a code" in words(answer)


def test_no_other_door_books_without(visitor: Visitor, page: Any) -> None:
    with pytest.raises(Refusal, match="phone_not_confirmed"):
        book(visitor.clinic.id, world.request(visitor.clinic, world.at(11)), world.CLIENT)
    book(visitor.clinic.id, world.request(visitor.clinic, world.at(11), staff=True), world.STAFF)


def test_it_can_be_wanted_for_one_service(visitor: Visitor, outbox: Outbox) -> None:
    place: dict[str, Any] = {"scope_kind": "service", "scope_id": visitor.clinic.scan}
    set_setting(visitor.clinic.id, "confirm_phone", True, actor=world.STAFF, **place)
    visitor.book(minute(10))
    assert outbox.sent == []
