"""A fuzzer reads the description and tries the whole API: never a fault, never an answer that is not described."""

import copy
import os
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import world
from visita.api.openapi import document
from visita.api.tests.conftest import key
from visita.api.urls import api
from visita.foundation import clock

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))  # of each operation and mode; many more in a drill


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("role", ["", "owner"])
def test_the_fuzzer_finds_nothing(committed_db: None, role: str, mode: GenerationMode) -> None:
    clinic = world.clinic()
    schema = schemathesis.openapi.from_dict(_with_known_ids(document(api), clinic))
    schema.app = get_wsgi_application()
    headers = {"Authorization": f"Bearer {key(clinic, role)}"} if role else {}
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]
        if bool(role) == ("StaffKey" in str(operation.definition.raw.get("security"))):
            _try(operation, mode, headers)


def _try(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        with clock.at(world.NOW):
            case.call_and_validate(headers=headers, checks=CHECKS)

    run()


def _with_known_ids(described: dict[str, Any], clinic: world.Clinic) -> dict[str, Any]:
    """Slug, services and resources are the clinic's in half of the cases: so the fuzzer comes behind the first door."""
    made = copy.deepcopy(described)
    known: dict[str, str | int] = {
        "slug": clinic.slug,
        "service": clinic.visit,
        "resource": clinic.ana,
        "resource_id": clinic.ana,
    }
    known |= {
        "start": "2026-11-23T09:00:00+02:00",
        "location": clinic.location,
        "location_id": clinic.location,
    }
    for operations in made["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                _suggest(parameter, "schema", known.get(parameter["name"]))
    for schema in made["components"]["schemas"].values():
        for name in schema.get("properties", {}):
            if name in ("service", "resource", "start", "location"):
                _suggest(schema["properties"], name, known[name])
    return made


def _suggest(holder: dict[str, Any], name: str, value: str | int | None) -> None:
    if value is not None and holder[name].get("type") != "array":
        holder[name] = {"anyOf": [{"const": value}, holder[name]]}
