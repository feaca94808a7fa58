"""The texts that clients agree to: all of the organization's, one of them in full, and an uploaded PDF."""

from django.http import HttpRequest, HttpResponse

from visita.catalog import documents, queries
from visita.web.front import ticks
from visita.web.front.page import reading, show
from visita.web.front.place import Place

MOST = 2**31 - 1  # a version that the database can hold


@reading
def every(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: terms, privacy and cookies, with the organization's own words about late changes."""
    rows = [
        {"words": tick.words, "url": tick.url, "purpose": tick.rule.purpose}
        for tick in ticks.ticks(place, queries.asked().consents)
    ]
    context = {"rows": rows, "policy": place.text(place.profile.policy)}
    return show(request, place, "front/texts.html", context)


@reading
def one(request: HttpRequest, place: Place, consent: int, version: int) -> HttpResponse:
    """GET: the whole text of a version, the present one or one that was agreed to."""
    words = queries.wording(min(consent, 2**63 - 1), min(version, MOST))
    context = {
        "sentence": ticks.pieces(place.text(words.label)),
        "body": place.text(words.body),
        "file": place.url("text-file", consent=str(consent), version=str(version)) if words.file_hash else "",
        "file_name": words.file_name,
        "version": words.version,
        "day": place.formats.full_day(words.made_at.date()),
    }
    return show(request, place, "front/text.html", context)


@reading
def file(_request: HttpRequest, place: Place, consent: int, version: int) -> HttpResponse:
    """GET: the PDF as it was uploaded; a version never changes, so browsers may keep it."""
    words = queries.wording(min(consent, 2**63 - 1), min(version, MOST))
    response = HttpResponse(documents.read(place.id, words.file_hash), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{words.consent_id}-{words.version}.pdf"'
    response["Cache-Control"] = "public, max-age=86400, immutable"
    return response
