"""Files on a client's card: brought, saved to the device, taken away."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from visita.clients import actions, base, files, queries
from visita.clients.models import ClientFile
from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import rights
from visita.web.desk import readings
from visita.web.desk.client import show
from visita.web.desk.door import Guest, page
from visita.web.desk.frame import frame
from visita.web.desk.reading import Body


@require_POST
@page
def add(request: HttpRequest, guest: Guest, client: int) -> HttpResponseBase:
    """POST `file`."""
    guest.require(rights.CLIENTS_CHANGE)
    with scope(guest.organization.pk):
        client = queries.client(client).pk
    sent = request.FILES.get("file")
    content = sent.read(files.LARGEST + 1) if sent else b""
    try:
        name = sent.name or "" if sent else ""
        actions.add_file(guest.organization.pk, client, name, content, actor=guest.actor)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return show(request, guest, client, refusal)
    return redirect("desk:client", organization=guest.organization.slug, client=client)


@require_GET
@page
def save(request: HttpRequest, guest: Guest, client: int, file: int) -> HttpResponse:
    """The file, to be saved: no browser opens it as a page of ours."""
    guest.require(rights.CLIENTS_SEE)
    with scope(guest.organization.pk):
        found = base.file(client, file)
        readings.note(frame(request, guest, Body({})), "client", client)
    return _attached(found, files.read(guest.organization.pk, found.kind, found.digest))


def _attached(found: ClientFile, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=files.TYPES[found.kind])
    response["Content-Disposition"] = content_disposition_header(True, str(found)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@page
def remove(request: HttpRequest, guest: Guest, client: int, file: int) -> HttpResponseBase:
    """The file goes for good."""
    guest.require(rights.CLIENTS_CHANGE)
    actions.remove_file(guest.organization.pk, client, file, actor=guest.actor)
    return redirect("desk:client", organization=guest.organization.slug, client=client)
