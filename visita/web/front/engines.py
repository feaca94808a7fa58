"""What search engines and link previews are told of a page: its one address, its sentence, who the business is."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from visita.tenancy import look
from visita.web.front.embed.address import base
from visita.web.front.place import Place, offered

_PUBLIC = {"home", "services", "contact"}


def told(request: HttpRequest, place: Place) -> dict[str, Any]:
    """The context of `front/found.html`: `canonical` empty keeps the page out of search engines."""
    at = request.resolver_match
    name = at.url_name if at and at.url_name else ""
    if name not in _PUBLIC or place.frame.embedded:
        return {"canonical": ""}
    site = base(request)
    return {
        "canonical": site + place.outside(name),
        "alternates": [
            (code, f"{site}{place.outside(name)}".split("?")[0] + f"?lang={code}")
            for code in offered(place.profile)
        ],
        "description": _sentence(place),
        "picture": next(
            (site + one for kind in (look.BACKGROUND, look.LOGO) if (one := place.picture(kind))), ""
        ),
    }


def _sentence(place: Place) -> str:
    where = f", {place.cities}" if place.cities else ""
    text = _(
        "Book a time at %(name)s%(where)s: free times of today and the coming weeks, at any hour, without an account."
    )
    return text % {"name": place.profile.name, "where": where}
