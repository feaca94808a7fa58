"""People's photos in the journal's column heads."""

from typing import Any

from tests import world
from visita.tenancy import actions as tenancy
from visita.tenancy import look
from visita.web.desk.tests.conftest import Desk


def test_the_script_is_told_whose_photo_there_is(desk: Desk) -> None:
    digest = "ab" * 32
    place: dict[str, Any] = {"scope_kind": "resource", "scope_id": desk.clinic.ana}
    tenancy.set_setting(desk.clinic.id, look.PHOTO, digest, actor=world.STAFF, **place)
    config = desk.reception.get(desk.url()).context["config"]
    assert config["photos"] == {desk.clinic.ana: f"/{desk.clinic.slug}/pictures/{digest}.webp"}
