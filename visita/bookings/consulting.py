"""Rules about the person, asked before a booking or move is written: eligibility, and an organization's own rules.

They may take time, so they are asked outside the transaction; inside it, under the client's lock, only is checked that
the client's visits are still those the rules have seen. Where nothing is configured, nothing is asked and no statement
is added.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.utils.translation import get_language

from visita.bookings import eligibility, errors
from visita.bookings.cases import Case
from visita.bookings.own_rules import runner
from visita.bookings.rules import Rules
from visita.foundation import scope
from visita.foundation.words import text
from visita.tenancy import settings

ROUNDS = 3  # the client's visits may change between asking and writing

_T = TypeVar("_T")
_A = TypeVar("_A")  # an Advice, or one for each visit of a series


def _are_rules(value: Any) -> bool:
    """[{"rule": name of an entry point, "parameters": {…}}, …]."""
    return all(
        isinstance(row, dict)
        and row.keys() <= {"rule", "parameters"}
        and isinstance(row.get("rule"), str)
        and isinstance(row.get("parameters", {}), dict)
        for row in value
    )


# the organization's own rules in the order they are asked, how long each may take, and what counts when one is broken
settings.declare("booking_rules", list, [], 0, 20, _are_rules)
settings.declare("rules_limit_ms", int, 2000, 20, 5000)
settings.declare("rules_when_broken", str, "refuse", 0, 6, lambda value: value in ("refuse", "accept"))


class Wanted(Exception):
    """Rules must be asked (again) before this transaction may write."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What the rules said yes to: the state of the client's visits they saw, and the refusals staff went over."""

    client_id: int | None
    seen: tuple[int, int]
    overridden: tuple[str, ...] = ()


def advised(run: Callable[[_A | None], _T], hear: Callable[[], _A]) -> _T:
    """`run(advice)`, asking the rules first where it says they are wanted. Refuses what they refuse."""
    advice: _A | None = None
    for _round in range(ROUNDS):
        try:
            return run(advice)
        except Wanted:
            advice = hear()
    raise errors.try_again()


def require(found: Rules, advice: Advice | None) -> None:
    """Raise Wanted where there are rules and nobody asked them."""
    if advice is None and (found.has("booking_rules") or found.has("eligibility")):
        raise Wanted


def require_fresh(advice: Advice | None, client_id: int) -> None:
    """Lock the client (in the order of locks: before visit and resources); Wanted where visits came or went since."""
    if advice is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM clients_client WHERE organization_id = %s AND id = %s FOR NO KEY UPDATE",
            [scope.current(), client_id],
        )
    if state(client_id) != advice.seen:
        raise Wanted


def state(client_id: int | None) -> tuple[int, int]:
    """How many visits the client has, and the last act on any of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(max(activity_id), 0) FROM bookings_visit "
            "WHERE organization_id = %s AND client_id = %s",
            [scope.current(), client_id],
        )
        count, last = cursor.fetchone()
    return int(count), int(last)


def judged(case: Case, seen: tuple[int, int]) -> Advice:
    """Ask every rule about the case (outside any transaction). Refuses not_eligible, rule_refused, rule_warned."""
    override = case.staff and case.override
    overridden = _ineligible(case, override)
    warnings: list[str] = []
    for row in _rules(case):
        answer = _asked(case, row)
        if answer.kind == "warn":
            warnings.append(_words(answer.text, case.found))
        elif answer.kind != "accept":
            if not override:
                raise _refusal(case, row["rule"], answer)
            overridden.append(row["rule"])
    if warnings and case.staff and not (case.warned or override):
        raise errors.rule_warned(warnings)
    return Advice(case.client_id, seen, tuple(overridden))


def _rules(case: Case) -> list[Mapping[str, Any]]:
    """The rules set for any of the services, each once."""
    found: list[Mapping[str, Any]] = []
    for service_id, _on in case.days():
        rows = case.found.setting("booking_rules", case.found.service(service_id))
        found += [row for row in rows if row not in found]
    return found


def _ineligible(case: Case, override: bool) -> list[str]:
    overridden = []
    for service_id, on, person in case.judged():
        rule = case.found.setting("eligibility", case.found.service(service_id))
        why = eligibility.problem(rule, person, on, kept=service_id in case.kept)
        if why is not None and not override:
            own = rule.get("text") or {}
            raise errors.not_eligible(why, service_id, rule, _words(own, case.found) if own else None)
        if why is not None:
            overridden.append(f"eligibility.{why}")
    return overridden


def _asked(case: Case, row: Mapping[str, Any]) -> runner.Answer:
    seconds = int(case.found.setting("rules_limit_ms")) / 1000
    answer = runner.ask(row["rule"], row.get("parameters", {}), case.proposal, seconds=seconds)
    if answer.kind == "broken" and case.found.setting("rules_when_broken") == "accept":
        return runner.Answer("accept", {})
    return answer


def _refusal(case: Case, name: str, answer: runner.Answer) -> Exception:
    if answer.kind == "broken":
        return errors.rule_broken(name, case.found.phone)
    return errors.rule_refused(name, _words(answer.text, case.found))


def _words(words: dict[str, str], found: Rules) -> str:
    """In the language of whoever reads it."""
    reader = get_language() or found.language
    known = (each for each in (reader, reader.partition("-")[0]) if words.get(each))
    return text(words, next(known, found.language), found.language)
