"""The demo's post: the newest messages that would have gone out, codes included, so that all can be tried by hand."""

import json
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visita.messaging.adapters.file import folder

NEWEST = 30


def messages(request: HttpRequest) -> HttpResponse:
    """GET: the newest first. Served by the demo's addresses only."""
    files = sorted(folder().glob("*.json"), reverse=True)[:NEWEST]
    response = render(request, "demo/messages.html", {"messages": [_read(file) for file in files]})
    response["Cache-Control"] = "no-store"
    return response


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
