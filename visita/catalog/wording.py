"""The words of a consent, one immutable row for each version."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from visita.catalog import documents
from visita.catalog.errors import not_found
from visita.catalog.models import ConsentText, ConsentVersion
from visita.catalog.reading import WORDING, read
from visita.foundation import scope
from visita.foundation.errors import Refusal


def write(consent: ConsentText, words: Mapping[str, Any], event: int) -> ConsentVersion:
    """The words of the consent's present version. Refuses required, bad_choice, not_found (the file)."""
    values = read(WORDING, words)
    if values["file_hash"] and values["body"]:
        raise Refusal("bad_choice", 422, _("Give either a text or a file."), field="file")
    if values["file_hash"] and not documents.known(scope.current(), values["file_hash"]):
        raise not_found()
    return ConsentVersion.objects.create(
        consent_id=consent.pk, version=consent.version, activity_id=event, **values
    )


def present(consent: ConsentText) -> dict[str, Any]:
    """The words of its present version, to be changed in part."""
    row = ConsentVersion.objects.get(consent_id=consent.pk, version=consent.version)
    return {name: getattr(row, name) for name in WORDING}
