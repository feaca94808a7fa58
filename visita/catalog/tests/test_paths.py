"""Booking paths and kinds of subject: only what can be walked is kept, and every change has its version."""

from typing import Any

import pytest

from tests.tenants import Tenant
from visita.catalog import actions, queries
from visita.foundation.actor import SYSTEM
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
def test_steps_nobody_could_walk_are_refused(tenant: Tenant, steps: list[dict[str, Any]]) -> None:
    with pytest.raises(Refusal):
        actions.add_path(tenant.id, steps, actor=SYSTEM)


def test_a_change_raises_the_version(tenant: Tenant) -> None:
    path = actions.add_path(tenant.id, USUAL, link="spring", actor=SYSTEM)
    changed = actions.change_path(tenant.id, path.pk, {"steps": [QUESTION, *USUAL]}, actor=SYSTEM)
    assert changed.version == 2 and changed.steps[0]["answers"][0]["key"] == "yes"
    with pytest.raises(Refusal, match="code") as refused:
        actions.add_path(tenant.id, USUAL, link="spring", actor=SYSTEM)
    assert refused.value.code == "code_taken"
    actions.archive_path(tenant.id, path.pk, actor=SYSTEM)
    with scope(tenant.id):
        assert queries.paths() == {}
    actions.add_path(tenant.id, USUAL, link="spring", actor=SYSTEM)


def test_a_kind_keeps_its_code(tenant: Tenant) -> None:
    kind = actions.add_kind(tenant.id, "dog", {"en": "Dog", "fi": "Koira"}, actor=SYSTEM)
    actions.change_kind(tenant.id, kind.pk, {"name": {"en": "Hound"}, "code": "x"}, actor=SYSTEM)
    with scope(tenant.id):
        assert [(each.code, each.name) for each in queries.kinds()] == [("dog", {"en": "Hound"})]
    actions.change_kind(tenant.id, kind.pk, {"archived": True}, actor=SYSTEM)
    with scope(tenant.id):
        assert queries.kinds() == []
    with pytest.raises(Refusal):
        actions.add_kind(tenant.id, "dog", {"en": "Dog"}, actor=SYSTEM)
