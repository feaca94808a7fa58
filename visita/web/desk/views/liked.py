"""What a person likes at the desk, kept on the server: the view, its filters, the scale, whether cancelled ones show."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from visita.foundation.errors import Refusal
from visita.foundation.scope import scope
from visita.identity import actions as identity
from visita.identity.preferences import preference
from visita.web.desk.answers import answer
from visita.web.desk.door import Guest, data
from visita.web.desk.frame import Frame
from visita.web.desk.reading import body
from visita.web.desk.views.choice import NAMES, Choice

NAME = "journal"  # of the preference
SCALES = (5, 10, 15, 20, 30, 60)  # minutes of a slot
COLOURS = ("status", "service", "resource")  # what colour can mean


def kept(guest: Guest) -> dict[str, Any]:
    """What was kept; inside a scope."""
    return preference(guest.user.pk, NAME) or {}


def remember(guest: Guest, choice: Choice) -> dict[str, Any]:
    """Keep the view shown now; gives everything that is kept. Inside a scope."""
    before = kept(guest)
    shown = {"view": choice.view, "resource": choice.resource, "service": choice.service}
    if any(before.get(name) != value for name, value in shown.items()):
        identity.prefer.here(guest.user.pk, NAME, {**before, **shown})
    return {**before, **shown}


def last(guest: Guest, place: Frame) -> str:
    """The address of the view used last, where it is another than the plain day; else empty."""
    before = kept(guest)
    values = {name: before[name] for name in ("resource", "service") if before.get(name)}
    view = NAMES.get(before.get("view", ""), "day")
    if view == "day" and not values:
        return ""
    return f"{place.url(view)}?{urlencode({'location': place.location.pk, **values})}"


@require_POST
@data
def preferences(request: HttpRequest, guest: Guest) -> HttpResponse:
    """`scale` in minutes, `cancelled` and `colour`, as the person set them."""
    sent = body(request)
    changes: dict[str, Any] = {}
    if (scale := sent.number("scale", high=60)) is not None:
        if scale not in SCALES:
            raise Refusal("bad_number", 422, "", field="scale")
        changes["scale"] = scale
    if colour := sent.text("colour", 10):
        if colour not in COLOURS:
            raise Refusal("bad_choice", 422, "", field="colour")
        changes["colour"] = colour
    if "cancelled" in sent.values:
        changes["cancelled"] = sent.flag("cancelled")
    with scope(guest.organization.pk):
        identity.prefer.here(guest.user.pk, NAME, {**kept(guest), **changes})
    return answer({})
