"""What an example business asks while booking: its paths, extra fields, tick-boxes with a PDF or two."""

from pathlib import Path
from typing import Any

from visita.catalog import actions as catalog
from visita.catalog import documents
from visita.catalog.asking import Where
from visita.demo.plan import Business, Consent, Question, Step
from visita.foundation import scope
from visita.foundation.actor import SYSTEM

_FILES = Path(__file__).parent / "files"


def ask(business: Business, services: dict[str, int]) -> None:
    """Paths, questions and consents of the plan, in its order; `services` are ids by key."""
    for link, steps in business.paths.items():
        catalog.add_path.here([_step(step, services) for step in steps], link=link, actor=SYSTEM)
    for at, question in enumerate(business.questions):
        _question(question, services, at)
    for at, consent in enumerate(business.consents):
        _consent(consent, at)


def _step(step: Step, services: dict[str, int]) -> dict[str, Any]:
    if not step.key:
        return {"step": step.name}
    answers = [
        {"key": key, "name": words, "services": [services[one] for one in given]}
        for key, (words, given) in step.answers.items()
    ]
    more: dict[str, Any] = {"answers": answers} if answers else {}
    if step.fields:
        more["fields"] = list(step.fields)
    return {"step": step.name, "key": step.key, "title": step.title, "text": step.text, **more}


def _question(question: Question, services: dict[str, int], position: int) -> None:
    catalog.add_field.here(
        question.code,
        question.label,
        question.kind,
        hint=question.hint,
        choices=[{"code": code, "label": words} for code, words in question.choices.items()],
        required=question.required,
        position=position,
        where=[Where(None, None, services[key]) for key in question.services],
        actor=SYSTEM,
    )


def _consent(consent: Consent, position: int) -> None:
    digest = documents.keep(scope.current(), (_FILES / consent.file).read_bytes()) if consent.file else ""
    catalog.add_consent.here(
        consent.label,
        purpose=consent.purpose,
        body=consent.body,
        file_hash=digest,
        file_name=consent.file,
        required=consent.required,
        position=position,
        actor=SYSTEM,
    )
