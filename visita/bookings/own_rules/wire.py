"""Proposals and verdicts as lines of JSON, between the server and the process that runs the rules."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from visita.bookings.own_rules import Client, Item, Past, Proposal, Subject, Verdict


def question(name: str, parameters: dict[str, Any], proposal: Proposal) -> bytes:
    """One line that asks one rule."""
    asked = {"rule": name, "parameters": parameters, "proposal": asdict(proposal)}
    return json.dumps(asked, default=lambda value: value.isoformat()).encode() + b"\n"


def proposal(raw: dict[str, Any]) -> Proposal:
    """The proposal of a question."""
    subject = raw["subject"]
    return Proposal(
        **{
            **raw,
            "now": datetime.fromisoformat(raw["now"]),
            "items": tuple(Item(**{**item, **_span(item)}) for item in raw["items"]),
            "client": Client(**{**raw["client"], "born": _day(raw["client"]["born"])}),
            "subject": None if subject is None else Subject(**{**subject, "born": _day(subject["born"])}),
            "history": tuple(_past(each) for each in raw["history"]),
        }
    )


def answer(verdict: Any) -> bytes:
    """One line that answers; a TypeError for what is no verdict."""
    if not isinstance(verdict, Verdict):
        raise TypeError("a rule answers with a Verdict")
    text = {str(language): str(words) for language, words in verdict.text.items()}
    return json.dumps({"kind": verdict.kind, "text": text}).encode() + b"\n"


def broken(error: str) -> bytes:
    """One line that says a rule could not answer."""
    return json.dumps({"kind": "broken", "error": error}).encode() + b"\n"


def _past(raw: dict[str, Any]) -> Past:
    return Past(**{**raw, "start": datetime.fromisoformat(raw["start"]), "services": tuple(raw["services"])})


def _span(item: dict[str, Any]) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(item[name]) for name in ("start", "end")}


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
