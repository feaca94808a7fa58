"""Extra fields of a booking: asked of whom and where, refused field by field, kept as they were asked."""

from typing import Any

import pytest

from tests.world import CLIENT, STAFF, Clinic, at, request
from visita.bookings import actions
from visita.bookings.models import Visit
from visita.catalog import actions as catalog
from visita.catalog.asking import Where
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal, Refusals
from visita.foundation.scope import scope

CHOICES = [{"code": "car", "label": {"en": "Car", "ro": "Mașină"}}, {"code": "van", "label": {"en": "Van"}}]


def field(cast: Clinic, code: str = "plate", kind: str = "text", **more: Any) -> int:
    """A required field of every booking."""
    if kind == "choice":
        more = {"choices": CHOICES, **more}
    values = {"required": True, **more}
    return catalog.add_field(
        cast.id, code, {"en": code.title(), "ro": f"{code} ro"}, kind, actor=STAFF, **values
    ).pk


def book(cast: Clinic, fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Book with these answers by the client's door; what the visit keeps."""
    actor = more.pop("actor", CLIENT)
    booked = actions.book(cast.id, request(cast, at(9), fields=fields, **more), actor)
    with scope(cast.id):
        kept: dict[str, Any] = Visit.objects.get(pk=booked.visit_id).fields  # type: ignore[union-attr]
    return kept


def refused(cast: Clinic, fields: dict[str, Any], **more: Any) -> dict[str | None, str]:
    """Codes by field; nothing is booked."""
    with pytest.raises(Refusal) as caught:
        book(cast, fields, **more)
    with scope(cast.id):
        assert not Visit.objects.exists()
    every = caught.value.all if isinstance(caught.value, Refusals) else [caught.value]
    assert {each.status for each in every} == {422}
    return {each.field: each.code for each in every}


def test_an_answer_is_kept_with_its_label_and_version(cast: Clinic) -> None:
    key = field(cast)
    catalog.change_field(cast.id, key, {"label": {"en": "Number plate"}}, actor=STAFF)
    kept = book(cast, {"plate": " B 01 ABC "})
    catalog.change_field(cast.id, key, {"label": {"en": "Something else"}}, actor=STAFF)
    assert kept["plate"] == {
        "id": key, "version": 2, "kind": "text", "position": 0, "label": {"en": "Number plate"}, "value": "B 01 ABC",
    }  # fmt: skip
    with scope(cast.id):
        assert Visit.objects.get().fields == kept


def test_a_field_is_named_by_its_id_as_well(cast: Clinic) -> None:
    key = field(cast)
    assert book(cast, {str(key): "B 01"})["plate"]["value"] == "B 01"


def test_every_wrong_field_is_said_at_once(cast: Clinic) -> None:
    for code, kind in {
        "plate": "text",
        "type": "choice",
        "km": "number",
        "first": "date",
        "sure": "tick",
    }.items():
        field(cast, code, kind)
    wrong = {"type": "tank", "km": "many", "first": "2026-02-30", "sure": "perhaps", "colour": "red"}
    assert refused(cast, wrong) == {
        "fields.plate": "field_required", "fields.type": "bad_choice", "fields.km": "bad_number",
        "fields.first": "bad_datetime", "fields.sure": "wrong_type", "fields.colour": "unknown_field",
    }  # fmt: skip
    right = {"plate": "B 01", "type": "van", "km": "12,50", "first": "2020-02-29", "sure": True}
    kept = book(cast, right)
    assert {code: one["value"] for code, one in kept.items()} == {**right, "km": "12.50"}
    assert kept["type"]["shown"] == {"en": "Van"}


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("text", "a\x00b", "text_invalid"),
        ("text", "x" * 301, "too_long"),
        ("text", ["x"], "wrong_type"),
        ("long_text", "x" * 4001, "too_long"),
        ("number", True, "bad_number"),
        ("number", "1e309", "bad_number"),
        ("number", "NaN", "bad_number"),
        ("date", 20260101, "bad_datetime"),
        ("date", "0001-01-01", "bad_datetime"),
        ("choice", 1, "bad_choice"),
        ("tick", "", "field_required"),
        ("tick", False, "field_required"),
        ("text", "  ", "field_required"),
    ],
)
def test_what_cannot_be_kept_is_refused(cast: Clinic, kind: str, value: Any, code: str) -> None:
    field(cast, kind=kind)
    assert refused(cast, {"plate": value}) == {"fields.plate": code}


def test_a_field_is_asked_only_where_it_belongs(cast: Clinic) -> None:
    field(cast, where=[Where(cast.location, None, cast.scan), Where(None, None, cast.gym)])
    assert book(cast, {}) == {}
    with pytest.raises(Refusal) as caught:
        book(cast, {}, service=cast.scan)
    assert caught.value.code == "field_required"


def test_elsewhere_it_is_unknown(cast: Clinic) -> None:
    field(cast, where=[Where(None, None, cast.scan)])
    assert refused(cast, {"plate": "B 01"}) == {"fields.plate": "unknown_field"}


def test_a_field_for_staff_is_hidden_from_clients(cast: Clinic) -> None:
    field(cast, asked_of="staff")
    assert refused(cast, {"plate": "B 01"}) == {"fields.plate": "unknown_field"}
    assert refused(cast, {}, actor=STAFF, staff=True) == {"fields.plate": "field_required"}
    assert book(cast, {"plate": "B 01"}, actor=STAFF, staff=True)["plate"]["value"] == "B 01"


def test_staff_need_not_know_what_only_the_client_must_say(cast: Clinic) -> None:
    field(cast)
    assert book(cast, {}, actor=STAFF, staff=True) == {}


def test_an_import_is_not_asked_what_it_lacks(cast: Clinic) -> None:
    field(cast, asked_of="both")
    assert book(cast, {}, actor=Actor("import", None, "File", source="import"), staff=True) == {}


def test_an_archived_field_is_asked_no_more_and_its_code_is_free(cast: Clinic) -> None:
    key = field(cast)
    with pytest.raises(Refusal) as caught:
        field(cast)
    assert caught.value.code == "code_taken"
    catalog.archive_field(cast.id, key, actor=STAFF)
    assert book(cast, {}) == {}
    assert field(cast) != key


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"code": "Plate"}, "bad_code"),
        ({"kind": "colour"}, "bad_choice"),
        ({"kind": "choice"}, "bad_choice"),
        ({"choices": CHOICES}, "bad_choice"),
        ({"label": {}}, "required"),
        ({"kind": "choice", "choices": CHOICES + CHOICES}, "bad_choice"),
        ({"where": [Where(2**40, None, None)]}, "not_found"),
    ],
)
def test_a_field_that_cannot_be_asked_is_refused(cast: Clinic, values: dict[str, Any], code: str) -> None:
    plain: dict[str, Any] = {"code": "plate", "label": {"en": "Plate"}, "kind": "text"}
    with pytest.raises(Refusal) as caught:
        catalog.add_field(cast.id, **{**plain, **values}, actor=STAFF)
    assert caught.value.code == code
