"""Which of the asked consents were given, and the refusal of a booking that lacks a required one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from visita.catalog.asking import ConsentRule, Door
from visita.foundation.errors import Refusal


def accepted(
    rules: Sequence[ConsentRule], given: Iterable[Any], door: Door, *, complete: bool = True
) -> list[ConsentRule]:
    """The rules that were ticked. `given` are `<id>.<version>`, or ids alone where only one version was ever published.

    Refuses bad_choice (an id that is not asked here), consent_changed (another version was read), consent_version_needed
    (nothing says which of several was read), and, at the client's door, consent_required with the ids that lack.
    """
    ticked = [_one(rules, str(each)) for each in given]
    lacking = [rule.id for rule in rules if rule.required and rule not in ticked]
    if lacking and complete and door == "client":
        message = _("Tick what must be agreed to. What you typed is kept.")
        raise Refusal("consent_required", 422, message, field="consents", consents=lacking)
    return [rule for rule in rules if rule in ticked]


def _one(rules: Sequence[ConsentRule], given: str) -> ConsentRule:
    id, _dot, version = given.partition(".")
    rule = next((each for each in rules if str(each.id) == id), None)
    if rule is None:
        raise Refusal("bad_choice", 422, _("Choose one of the offered values."), field="consents")
    if not version and rule.version > 1:  # versions are numbered from 1 as they are published
        message = _("Say which version of the text was read.")
        raise Refusal("consent_version_needed", 422, message, field="consents", consents=[rule.id])
    if version not in ("", str(rule.version)):
        message = _("A text you agreed to was changed meanwhile. Read it again and tick it.")
        raise Refusal("consent_changed", 409, message, field="consents", consents=[rule.id])
    return rule
