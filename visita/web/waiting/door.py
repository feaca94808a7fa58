"""Who may come in: a device whose token is known and not revoked. Everything else is 404, whatever was wrong."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from visita.bookings.models import Device
from visita.foundation import ids
from visita.foundation.actor import Actor
from visita.foundation.errors import Refusal
from visita.foundation.formats import Formats, formats_for
from visita.foundation.scope import scope
from visita.foundation.words import text
from visita.identity import rate
from visita.identity.origin import address
from visita.tenancy import queries
from visita.tenancy.models import Location, Organization, Profile
from visita.web import plain

LOOKS = rate.Limit(120, 1)  # of one device: a screen asks fifteen times a minute
STRANGERS = rate.Limit(30, 5)  # wrong tokens from one address


@dataclass(frozen=True, slots=True)
class Room:
    """The device with where it stands; texts in the organization's language."""

    organization: Organization
    profile: Profile
    location: Location
    device: Device
    actor: Actor

    @property
    def formats(self) -> Formats:
        """Times as they are written there."""
        return formats_for(self.profile.language, self.profile.country)

    @property
    def zone(self) -> ZoneInfo:
        """The location's."""
        return ZoneInfo(self.location.zone)

    def text(self, value: dict[str, str]) -> str:
        """A tenant's text."""
        return text(value, self.profile.language, self.profile.language)


View = Callable[..., HttpResponse]


def device(kind: str) -> Callable[[View], View]:
    """A page of a device: never kept, never found by search engines, framed by nobody."""

    def made(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, organization: str, token: str) -> HttpResponse:
            try:
                room = _room(request, organization, kind, token)
            except Refusal as refusal:
                return plain.refused(refusal)
            with translation.override(room.profile.language):
                try:
                    rate.hit(LOOKS, room.organization.pk, f"device-{kind}", str(room.device.pk))
                    response = view(request, room, token)
                except Refusal as refusal:
                    context = {"room": room, "refusal": refusal}
                    response = render(request, "waiting/refused.html", context, status=refusal.status)
                    response["Refresh"] = "30; url=?"
            response["Cache-Control"] = "no-store"
            response["X-Robots-Tag"] = "noindex"
            response["Referrer-Policy"] = "same-origin"  # a form without any is refused as foreign
            return response

        return entered

    return made


def _room(request: HttpRequest, slug: str, kind: str, token: str) -> Room:
    organization = Organization.objects.filter(slug=slug, status="active").first()
    if organization is None:
        raise Http404
    digest = ids.digest(token)
    with scope(organization.pk):
        found = Device.objects.filter(token_hash=digest, kind=kind, revoked_at=None).first()
        if found is not None and hmac.compare_digest(found.token_hash, digest):
            location = queries.location(found.location_id)
            actor = Actor("client", None, found.name, source=kind)
            return Room(organization, queries.profile(), location, found, actor)
    rate.hit(STRANGERS, organization.pk, "device", address(request) or "")
    raise Http404
