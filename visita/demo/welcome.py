"""The first page of a demo: the example businesses, where their clients book and who may sign in."""

from babel import Locale
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from visita.demo import accounts
from visita.demo.businesses import BUSINESSES
from visita.demo.plan import Business
from visita.web.components.trades import TRADES


def welcome(request: HttpRequest) -> HttpResponse:
    """A card for each business, by family of trades: its page, its desk, its sign-in."""
    families: dict[str, list[dict[str, str]]] = {}
    for one in sorted(BUSINESSES, key=lambda each: list(TRADES).index(each.trade)):
        families.setdefault(str(TRADES[one.trade].family), []).append(_card(one))
    context = {"families": families, "password": accounts.PASSWORD, "site": settings.DEMO_SITE}
    return render(request, "demo/welcome.html", context)


def _card(one: Business) -> dict[str, str]:
    shown = Locale.parse((get_language() or "en").split("-")[0])
    language = shown.languages.get(one.language, one.language)
    city = one.places[0].city if len(one.places) == 1 else ""
    return {
        "slug": one.slug,
        "name": one.name,
        "trade": str(TRADES[one.trade].name),
        "second": " · ".join(filter(None, [city or _places(one), language])),
    }


def _places(one: Business) -> str:
    return ", ".join(dict.fromkeys(place.city for place in one.places))
