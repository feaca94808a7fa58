"""Parameters of an address that an operation does not know are refused: a filter with a slip would be a filter left out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.operation import Operation

from visita.foundation.errors import Refusal, Refusals


def strict(router: Router) -> Router:
    """The router, each of its operations taking the parameters it describes and no others."""
    for view in router.path_operations.values():
        for operation in view.operations:
            operation.view_func = _strict(operation.view_func, _known(operation))
    return router


def _known(operation: Operation) -> frozenset[str]:
    asked = (each for each in operation.models if each.__ninja_param_source__ == "query")
    return frozenset(name for each in asked for name in each.__ninja_flatten_map__)


def _strict(work: Callable[..., Any], known: frozenset[str]) -> Callable[..., Any]:
    @wraps(work)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.META.get("QUERY_STRING"):
            _refuse([name for name in request.GET if name not in known])
        return work(request, *args, **kwargs)

    return asked


def _refuse(names: list[str]) -> None:
    text = _("There is no such field here. Leave it out.")
    refusals = [Refusal("unknown_field", 422, text, field=name[:60]) for name in names[:20]]
    if refusals:
        raise refusals[0] if len(refusals) == 1 else Refusals(refusals)
