"""Answers for the desk's script: JSON, and refusals as problem+json (RFC 9457)."""

import json
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse

from visita.foundation.errors import Refusal
from visita.web.desk.shared import Reading

PROBLEM = "application/problem+json"


def answer(body: Any, status: int = 200) -> HttpResponse:
    """`body` as JSON; never kept by caches, it is one person's view."""
    return _json(json.dumps(body, ensure_ascii=False, default=str).encode(), "application/json", status)


def dumped(body: bytes) -> HttpResponse:
    """JSON that is dumped already."""
    return _json(body, "application/json", 200)


def tagged(request: HttpRequest, body: bytes) -> HttpResponse:
    """JSON with its ETag, or 304 where the asker has it."""
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    return _marked(HttpResponse(status=304) if _has(request, tag) else dumped(body), tag)


def since(request: HttpRequest, reading: Reading, before: Reading | None) -> HttpResponse:
    """A reading, 304 where the asker has it, or 226 with what became different since the one they have."""
    if _has(request, reading.tag):
        return _marked(HttpResponse(status=304), reading.tag)
    changes = reading.since(before) if before and request.headers.get("A-IM") == "blocks" else None
    if changes is None:
        return _marked(dumped(reading.body), reading.tag)
    response = _marked(_json(changes, "application/json", 226), reading.tag)
    response["IM"] = "blocks"
    return response


def _has(request: HttpRequest, tag: str) -> bool:
    return request.headers.get("If-None-Match") == tag


def _marked(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def problem(refusal: Refusal) -> HttpResponse:
    """A refusal with its code, the text for people, the field it belongs to and its facts."""
    body = {"type": "about:blank", "status": refusal.status, "code": refusal.code}
    body |= {"title": str(refusal.message), "detail": str(refusal.message), "field": refusal.field}
    body |= {name: value for name, value in refusal.extra.items() if name not in body}
    text = json.dumps(body, ensure_ascii=False, default=str)
    response = _json(text.encode(), PROBLEM, refusal.status)
    if "retry_after" in refusal.extra:
        response["Retry-After"] = str(refusal.extra["retry_after"])
    return response


def _json(body: bytes, kind: str, status: int) -> HttpResponse:
    response = HttpResponse(body, status=status, content_type=kind)
    response["Cache-Control"] = "no-store"
    return response
