"""Booking paths and kinds of subject: only what can be walked is kept, and every change has its version."""

from typing import Any

import pytest

from tests import world
from visita.catalog import actions, queries
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope

USUAL = [{"step": "service"}, {"step": "time"}]
QUESTION = {
    "step": "question",
    "key": "first_time",
    "title": {"en": "Is it your first visit?"},
    "answers": [{"key": "yes", "name": {"en": "Yes"}}, {"key": "no", "name": {"en": "No"}}],
}


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"step": "service"}],
        [{"step": "time"}],
        [{"step": "time"}, {"step": "service"}],
        [*USUAL, {"step": "location"}],
        [{"step": "service"}, *USUAL],
        [{"step": "magic"}, *USUAL],
        [{}, *USUAL],
        [{**QUESTION, "answers": []}, *USUAL],
        [{**QUESTION, "key": "Bad key"}, *USUAL],
        [{**QUESTION, "title": {}}, *USUAL],
        [QUESTION, QUESTION, *USUAL],
    ],
)
def test_steps_nobody_could_walk_are_refused(db: None, steps: list[dict[str, Any]]) -> None:
    clinic = world.clinic()
    with pytest.raises(Refusal):
        actions.add_path(clinic.id, steps, actor=world.STAFF)


def test_a_change_raises_the_version(db: None) -> None:
    clinic = world.clinic()
    path = actions.add_path(clinic.id, USUAL, link="spring", actor=world.STAFF)
    changed = actions.change_path(clinic.id, path.pk, {"steps": [QUESTION, *USUAL]}, actor=world.STAFF)
    assert changed.version == 2 and changed.steps[0]["answers"][0]["key"] == "yes"
    with pytest.raises(Refusal, match="code") as refused:
        actions.add_path(clinic.id, USUAL, link="spring", actor=world.STAFF)
    assert refused.value.code == "code_taken"
    actions.archive_path(clinic.id, path.pk, actor=world.STAFF)
    with scope(clinic.id):
        assert queries.paths() == {}
    actions.add_path(clinic.id, USUAL, link="spring", actor=world.STAFF)


def test_a_kind_keeps_its_code(db: None) -> None:
    clinic = world.clinic()
    kind = actions.add_kind(clinic.id, "dog", {"en": "Dog", "fi": "Koira"}, actor=world.STAFF)
    actions.change_kind(clinic.id, kind.pk, {"name": {"en": "Hound"}, "code": "x"}, actor=world.STAFF)
    with scope(clinic.id):
        assert [(each.code, each.name) for each in queries.kinds()] == [("dog", {"en": "Hound"})]
    actions.change_kind(clinic.id, kind.pk, {"archived": True}, actor=world.STAFF)
    with scope(clinic.id):
        assert queries.kinds() == []
    with pytest.raises(Refusal):
        actions.add_kind(clinic.id, "dog", {"en": "Dog"}, actor=world.STAFF)
