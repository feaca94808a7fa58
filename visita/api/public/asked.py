"""What a booking asks, in the description of an organization: extra fields and consents."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from visita.catalog import queries
from visita.catalog.asking import ConsentRule, FieldRule, Where
from visita.catalog.models import ConsentVersion
from visita.foundation.words import text
from visita.tenancy import settings
from visita.tenancy.models import Organization
from visita.tenancy.queries import setting_rows

Fields = dict[str, Any]


def asked(organization: Organization, language: str, fallback: str) -> Fields:
    """`fields` for clients and `consents` with their texts; no consents where the organization has them elsewhere."""
    found = queries.asked()
    on = bool(found.consents) and _on(setting_rows())
    words = queries.wordings(found.consents) if on else {}
    return {
        "fields": [_field(rule, language, fallback) for rule in found.fields if rule.asks("client")],
        "consents": [
            _consent(organization, rule, words[rule.id], language, fallback)
            for rule in found.consents
            if rule.id in words
        ],
    }


def _on(rows: Sequence[settings.Row]) -> bool:
    """Whether consents are asked for at all, or at least for some service or place."""
    return bool(settings.value(rows, "ask_consents")) or any(
        row.value for row in rows if row.key == "ask_consents"
    )


def _field(rule: FieldRule, language: str, fallback: str) -> Fields:
    return {
        "id": rule.id,
        "code": rule.code,
        "label": text(rule.label, language, fallback),
        "hint": text(rule.hint, language, fallback),
        "kind": rule.kind,
        "choices": [
            {"code": one["code"], "label": text(one["label"], language, fallback)} for one in rule.choices
        ],
        "required": rule.must("client"),
        "version": rule.version,
        "where": [_where(each) for each in rule.where],
    }


def _consent(
    organization: Organization, rule: ConsentRule, words: ConsentVersion, language: str, fallback: str
) -> Fields:
    parts = {"organization": organization.slug, "consent": rule.id, "version": rule.version}
    return {
        "id": rule.id,
        "version": rule.version,
        "purpose": rule.purpose,
        "label": text(words.label, language, fallback),
        "text": text(words.body, language, fallback),
        "file": reverse("front:text-file", kwargs=parts) if words.file_hash else "",
        "required": rule.required,
        "where": [_where(each) for each in rule.where],
    }


def _where(where: Where) -> Fields:
    return {"location": where.location, "specialty": where.specialty, "service": where.service}
