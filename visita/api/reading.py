"""The description as JSON, and as a page for people: our own HTML, so that nothing is fetched from elsewhere."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from visita.api.answers import answer
from visita.api.openapi import Document, document

View = Callable[[HttpRequest], HttpResponse]


def description(api: NinjaAPI) -> View:
    """The view of `openapi.json`."""

    @require_safe
    def view(_request: HttpRequest) -> HttpResponse:
        return answer(document(api), Cache_Control="public, max-age=300")

    return view


def reading_page(api: NinjaAPI) -> View:
    """The view of `docs`."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        made = document(api)
        page = {"info": made["info"], "groups": _groups(made), "schemas": _schemas(made), "codes": CODES}
        return render(request, "api/docs.html", page)

    return view


def _groups(made: Document) -> dict[str, list[Document]]:
    """Operations by their tag, in the order they were declared."""
    groups: dict[str, list[Document]] = {}
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            shown = _operation(method.upper(), path, operation)
            groups.setdefault(next(iter(operation.get("tags", ["Other"]))), []).append(shown)
    return groups


def _operation(method: str, path: str, operation: Document) -> Document:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return {
        "method": method,
        "path": path,
        "id": operation["operationId"],
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "key": next((name for need in operation.get("security", []) for name in need), ""),
        "parameters": [_parameter(each) for each in operation.get("parameters", [])],
        "body": _name(body.get("schema", {})),
        "example": json.dumps(body["example"], indent=2, ensure_ascii=False) if "example" in body else "",
        "answers": [_answer(status, each) for status, each in sorted(operation["responses"].items())],
    }


def _parameter(parameter: Document) -> Document:
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "required": parameter.get("required", False),
        "type": _name(parameter["schema"]),
    }


def _answer(status: str, response: Document) -> Document:
    contents: list[Document] = list(response.get("content", {}).values())
    schema = contents[0].get("schema", {}) if contents else {}
    return {"status": status, "text": response["description"], "type": _name(schema)}


def _schemas(made: Document) -> list[Document]:
    return [
        {
            "name": name,
            "description": schema.get("description", ""),
            "fields": [
                {"name": field, "type": _name(shape), "required": field in schema.get("required", [])}
                for field, shape in schema.get("properties", {}).items()
            ],
        }
        for name, schema in sorted(made["components"]["schemas"].items())
    ]


def _name(schema: Any) -> str:
    """A schema in a few words: `array of ItemIn`, `integer or null`."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_name(each) for each in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"array of {_name(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    return str(schema.get("format") or schema.get("const") or schema.get("type", ""))


CODES = {
    "bad_json": "400: not strict JSON",
    "idempotency_key_required": "400: send an Idempotency-Key",
    "unauthorized": "401: no key or token, or one that opens nothing",
    "forbidden": "403: the key's role lacks the right",
    "deadline_passed": "403: too late for the client to change it online",
    "online_closed": "403: the organization books for its clients itself; see phone and email",
    "moves_exhausted": "403: moved online as often as the organization lets clients do",
    "not_online": "403: the organization takes no bookings online at the moment",
    "not_found": "404: nothing here, or nothing that may be known",
    "link_invalid": "404: wrong code, wrong token or an ended link",
    "method_not_allowed": "405: see the Allow header",
    "slot_taken": "409: somebody was faster; see alternatives",
    "series_conflict": "409: dates of a series are not free any more; see dates",
    "changed_meanwhile": "409: read it again, its version is newer",
    "invalid_transition": "409: the visit's status does not lead there",
    "not_begun": "409: nobody is missing from a visit before its start",
    "not_today": "409, for staff: the visit is of another day; the same request with `any_day` goes on",
    "rule_warned": "409, for staff: a rule asks to think twice; the same request with `warned` goes on",
    "in_flight": "409: the same request is being worked on; ask again with the same key",
    "hold_expired": "410: the hold has ended; ask for the time again",
    "length_required": "411: send a Content-Length",
    "too_large": "413: more than 256 KB",
    "bad_content_type": "415: send application/json",
    "key_reused": "422: this Idempotency-Key was used for another request",
    "location_required": "422: there are several locations, name one",
    "unknown_field": "422: no such field",
    "required": "422: a field is missing or empty",
    "wrong_type": "422: a value of the wrong type",
    "text_invalid": "422: characters that cannot be kept",
    "too_long": "422: a text over its limit",
    "bad_datetime": "422: no such time, no offset, or not the location's offset",
    "time_does_not_exist": "422: the clock jumps over it; see next",
    "bad_window": "422: dates, weekdays or parts of the day nobody can wait for; field says which",
    "waitlist_off": "403: no waitlist is kept here, or not for this service",
    "bad_series": "422: a rule of repeating without sense, or dates that were not in its plan; see why",
    "not_as_planned": "422: the start of a date is not that of its items",
    "series_moves_only": "422: a change of a series names another service or length than the visit has",
    "class_date_required": "422: a class is held on its dates; name the start of one",
    "not_offered": "422: not a free start",
    "rule_refused": "422: a booking rule of the organization's own says no",
    "not_eligible": "422: the service is not for this person; see why, and offer",
    "too_late": "422: the time has passed",
    "notice_required": "422: too soon to book online",
    "too_far": "422: beyond what can be booked yet",
    "staff_service_mismatch": "422: this resource does not give this service here",
    "bad_page": "422: no such page or cursor",
    "phone_invalid": "422: not a phone number",
    "email_invalid": "422: not an email address",
    "version_required": "428: send If-Match with the version you read",
    "slow_down": "429: too many requests; see Retry-After",
    "try_again": "503: busy; see Retry-After",
}
