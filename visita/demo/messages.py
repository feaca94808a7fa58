"""The demo's post: the newest messages that would have gone out, codes included, so that all can be tried by hand."""

import json
from pathlib import Path
from typing import Any

from csp.constants import UNSAFE_INLINE
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from visita.messaging.adapters.file import folder

NEWEST = 30


def messages(request: HttpRequest) -> HttpResponse:
    """GET: the newest first. Served by the demo's addresses only."""
    files = sorted(folder().glob("*.json"), reverse=True)[:NEWEST]
    response = render(request, "demo/messages.html", {"messages": [_read(file) for file in files]})
    response["Cache-Control"] = "no-store"
    return response


def letter(request: HttpRequest, name: str) -> HttpResponse:
    """GET: one of them as a mail program shows it; `.ics` behind the name gives what goes with it for the calendar."""
    wanted, as_entry = name.removesuffix(".ics"), name.endswith(".ics")
    file = next((one for one in folder().glob("*.json") if one.stem == wanted), None)
    message = {} if file is None else _read(file)
    found = message.get("calendar" if as_entry else "html")
    if not found:
        raise Http404
    response = HttpResponse(found, content_type="text/calendar" if as_entry else "text/html")
    response.__dict__["_csp_replace"] = {
        "style-src": [UNSAFE_INLINE]
    }  # the letter's own, as nothing else can be in a mail
    response["Cache-Control"] = "no-store"
    return response


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return {**found, "name": file.stem}
