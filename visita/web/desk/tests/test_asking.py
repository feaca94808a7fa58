"""The organization's questions and texts at the desk: asked with the service, kept, corrected later."""

from typing import Any

import pytest

from tests import world
from visita.activity.models import Activity
from visita.bookings.models import Acceptance, Visit
from visita.catalog import actions as catalog
from visita.catalog.asking import Where
from visita.foundation.scope import scope
from visita.web.desk.tests.conftest import Desk
from visita.web.desk.tests.test_booking import BODY, send


def ask(desk: Desk, code: str = "plate", kind: str = "text", **more: Any) -> int:
    """A question staff must answer."""
    values = {"required": True, "asked_of": "both", **more}
    return catalog.add_field(desk.clinic.id, code, {"en": code.title()}, kind, actor=world.STAFF, **values).pk


def text(desk: Desk, label: str = "I agree.") -> int:
    """A text clients must accept online."""
    return catalog.add_consent(
        desk.clinic.id, label={"en": label}, body={"en": "Come in time."}, actor=world.STAFF
    ).pk


def kept(desk: Desk) -> Visit:
    """The only visit."""
    with scope(desk.clinic.id):
        return Visit.objects.get()


def change(desk: Desk, **body: Any) -> Any:
    """Correct the answers of the only visit, as the script does."""
    visit = kept(desk)
    sent = {"version": visit.version, **body}
    return desk.reception.post(desk.url(f"visits/{visit.pk}/answers"), sent, "application/json")


def test_each_service_asks_its_own(desk: Desk) -> None:
    ask(desk, "lane", asked_of="staff", where=[Where(None, None, desk.clinic.gym)])
    ask(desk, "plate")
    address = desk.url("visits/new/asked/")
    for service, codes in ((desk.clinic.gym, {"lane", "plate"}), (desk.clinic.visit, {"plate"})):
        part = desk.reception.get(address, {"service": service}).content.decode()
        assert {code for code in ("lane", "plate") if f'name="field_{code}"' in part} == codes
    assert desk.reception.get(address, {"service": 99_999_999}).status_code == 404
    assert desk.doctor.get(address, {"service": desk.clinic.visit}).status_code == 403


def test_reception_answers_and_the_required_one_is_named(desk: Desk) -> None:
    ask(desk)
    refused = send(desk)
    assert (refused.status_code, refused.json()["field"]) == (422, "fields.plate")
    assert send(desk, field_plate=" B 01 ", field_gone="").status_code == 201
    assert kept(desk).fields["plate"]["value"] == "B 01"


def test_without_script_the_page_shows_what_is_asked_and_keeps_what_was_typed(desk: Desk) -> None:
    ask(desk)
    known = {"service": desk.clinic.visit, "resource": desk.clinic.ana, **BODY}
    looked = desk.reception.post(desk.url("visits/"), {**known, "look": "1"})
    assert looked.status_code == 200 and b'name="field_plate"' in looked.content and b"Rusu" in looked.content
    refused = desk.reception.post(desk.url("visits/"), known)
    assert refused.status_code == 422 and b'id="new-field_plate_error"' in refused.content
    assert desk.reception.post(desk.url("visits/"), {**known, "field_plate": "B 01"}).status_code == 302


def test_a_consent_told_at_the_desk_is_proved_with_who_took_it(desk: Desk) -> None:
    consent = text(desk)
    assert send(desk).status_code == 201  # required of clients only
    assert send(desk, time="11:00", **{f"consent_{consent}": "1"}).status_code == 201
    with scope(desk.clinic.id):
        (proof,) = Acceptance.objects.all()
    assert (proof.source, proof.label, proof.version) == ("desk", "I agree.", 1)
    page = desk.reception.get(desk.url(f"visits/{proof.visit_id}/proofs/")).content.decode()
    assert "Recorded at the desk" in page and "Reception" in page
    assert "22 November 2026, 10:00:00 EET" in page and "English" in page


def test_the_sheet_of_proofs_shows_links_as_links(desk: Desk) -> None:
    consent = text(desk, "I accept [the rules](https://clinic.example/rules).")
    visit = send(desk, **{f"consent_{consent}": "1"}).json()["visit"]
    page = desk.reception.get(desk.url(f"visits/{visit}/proofs/")).content.decode()
    assert 'href="https://clinic.example/rules"' in page and ">the rules</a>." in page and "](" not in page


@pytest.mark.parametrize("version", ["2", "x", ""])
def test_a_text_of_another_version_is_read_again(desk: Desk, version: str) -> None:
    refused = send(desk, **{f"consent_{text(desk)}": version})
    assert refused.status_code == (201 if version == "" else 409)
    with scope(desk.clinic.id):
        assert not Acceptance.objects.exists()


def test_answers_are_corrected_with_version_event_and_history(desk: Desk) -> None:
    ask(desk)
    ask(desk, "color", required=False)
    send(desk, field_plate="B 01", field_color="red")
    old = kept(desk).fields["color"]
    stale = change(desk, version=7, field_plate="B 02")
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert change(desk, field_plate="B 02", field_color="red").status_code == 200
    visit = kept(desk)
    assert visit.version == 2 and visit.fields["plate"]["value"] == "B 02" and visit.fields["color"] == old
    with scope(desk.clinic.id):
        assert Activity.objects.get(verb="visit.answered").payload == {"fields": ["plate"]}
    panel = desk.reception.get(desk.url(f"visits/{visit.pk}/")).content.decode()
    assert "Answers changed" in panel and 'value="B 02"' in panel


def test_a_required_answer_is_not_taken_away_and_an_old_question_s_stays(desk: Desk) -> None:
    ask(desk)
    gone = ask(desk, "color", required=False)
    send(desk, field_plate="B 01", field_color="red")
    assert change(desk).json()["field"] == "fields.plate"
    catalog.archive_field(desk.clinic.id, gone, actor=world.STAFF)
    assert change(desk, field_plate="B 03").status_code == 200
    assert {code: one["value"] for code, one in kept(desk).fields.items()} == {
        "plate": "B 03",
        "color": "red",
    }


def test_who_only_looks_changes_no_answers(desk: Desk) -> None:
    ask(desk)
    send(desk, field_plate="B 01")
    sent = {"version": 1, "field_plate": "B 02"}
    answer = desk.analyst.post(desk.url(f"visits/{kept(desk).pk}/answers"), sent, "application/json")
    assert answer.status_code in (403, 404) and kept(desk).fields["plate"]["value"] == "B 01"
