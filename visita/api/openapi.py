"""The API's description (OpenAPI 3.1): ninja's, completed with what every operation may answer when it refuses."""

from functools import lru_cache
from typing import Any

from ninja import NinjaAPI

from visita.api.examples import EXAMPLES
from visita.api.problems import MEDIA_TYPE
from visita.api.public.schemas import Problem

Document = dict[str, Any]

_TEXTS = {
    400: "Not readable: broken JSON, a missing or malformed Idempotency-Key",
    401: "No key or token, or one that opens nothing",
    403: "The key's role lacks the right, a deadline has passed, or nothing is booked online here",
    404: "Nothing here, or nothing that may be known",
    409: "Taken, changed meanwhile, in flight, or not a possible step",
    410: "The hold has expired",
    411: "The body came in chunks, without a Content-Length",
    413: "Larger than 256 KB",
    415: "Not JSON",
    422: "Refused, with one error for each field; a parameter that is not described here is `unknown_field`",
    428: "If-Match is missing",
    429: "Too many requests; Retry-After says when",
    503: "Busy; Retry-After says when",
}
_HEADERS = {
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 0}},
}


@lru_cache(maxsize=1)
def document(api: NinjaAPI) -> Document:
    """The whole description; made once, since it cannot change while the process runs."""
    made: Document = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    made["components"]["schemas"]["Problem"] = _problem_schema(made)
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            _complete(operation, method, path)
    made["servers"] = [{"url": "/"}]
    return made


def _complete(operation: Document, method: str, path: str) -> None:
    operation["operationId"] = operation["operationId"].rpartition("_api_")[2]
    responses = operation["responses"] = {
        str(status): each for status, each in operation["responses"].items()
    }
    for status in _statuses(operation, method, path):
        responses.setdefault(str(status), _refusal(status))
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "header":  # described as optional so that their absence has codes of its own
            parameter["schema"] = {"type": "string", "minLength": 1, "maxLength": 255}
            parameter["required"] = parameter["name"] == "If-Match" or "{slug}" in path
    example = EXAMPLES.get((method, path))
    if example is not None and "requestBody" in operation:
        operation["requestBody"]["content"]["application/json"]["example"] = example


def _statuses(operation: Document, method: str, path: str) -> list[int]:
    statuses = [400, 404, 422, 503]
    if "security" in operation:
        statuses += [401] if path.startswith("/api/v1/bookings") else [401, 403]
    if method in ("post", "put", "patch"):
        statuses += [411, 413, 415]
    if method != "get":
        statuses += [403, 409, 410]
    if path.endswith("/availability"):
        statuses += [403]
    if not path.startswith("/api/v1/") or "{slug}" in path or path.startswith("/api/v1/bookings"):
        statuses += [429]
    if any(parameter["name"] == "If-Match" for parameter in operation.get("parameters", [])):
        statuses += [428]
    return sorted(set(statuses))


def _refusal(status: int) -> Document:
    return {
        "description": _TEXTS[status],
        "headers": _HEADERS if status in (409, 429, 503) else {},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _problem_schema(made: Document) -> Document:
    schema: Document = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    made["components"]["schemas"].update(schema.pop("$defs"))
    return schema
