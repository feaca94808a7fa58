"""The first page of a demo: the example businesses, where their clients book and who may sign in."""

from babel import Locale
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from visita.demo import accounts
from visita.demo.businesses import BUSINESSES


def welcome(request: HttpRequest) -> HttpResponse:
    """A card for each business: its page, its desk, its sign-in."""
    shown = Locale.parse((get_language() or "en").split("-")[0])
    businesses = [
        {"slug": one.slug, "name": one.name, "language": shown.languages.get(one.language, one.language)}
        for one in BUSINESSES
    ]
    context = {"businesses": businesses, "password": accounts.PASSWORD, "site": settings.DEMO_SITE}
    return render(request, "demo/welcome.html", context)
