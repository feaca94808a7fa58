"""Whether this process lives, and whether it can serve: for whoever watches over it."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse


def alive(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("alive\n", content_type="text/plain")


def ready(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every migration, else 503 with one word of why."""
    try:
        connection = connections["default"]
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    if missing:
        return HttpResponse("migrations\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")
