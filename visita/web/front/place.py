"""Whose page this is and in which language: found once per request, handed to every view and template."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from visita.foundation.scope import scope
from visita.foundation.words import text
from visita.tenancy import queries
from visita.tenancy.models import Organization, Profile
from visita.web.components.formats import Formats, formats_for


class Moved(Exception):
    """The organization has another name in its address now."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True)
class Place:
    """The organization with its profile, and the language of this page (`chosen`: by `?lang=`)."""

    organization: Organization
    profile: Profile
    language: str
    chosen: bool
    cities: str = ""

    @property
    def id(self) -> int:
        """The organization's id, for scopes and actions."""
        return self.organization.pk

    @cached_property
    def formats(self) -> Formats:
        """How times, dates and prices are written on this page."""
        return formats_for(self.language, self.profile.country)

    def text(self, value: dict[str, str]) -> str:
        """A tenant's text in the page's language."""
        return text(value, self.language, self.profile.language)

    def url(self, name: str = "home", query: dict[str, Any] | None = None, **parts: str) -> str:
        """The address of a client page with its query; empty values are left out, the language is carried on."""
        path = reverse(f"front:{name}", kwargs={"organization": self.organization.slug, **parts})
        given = {key: value for key, value in (query or {}).items() if value not in (None, "")}
        if self.chosen:
            given["lang"] = self.language
        return f"{path}?{urlencode(given)}" if given else path

    def context(self) -> dict[str, Any]:
        """What `front/base.html` shows of the organization."""
        profile = self.profile
        return {
            "name": profile.name,
            "initial": profile.name[:1].upper(),
            "second": self.cities or profile.phone,
            "home": self.url(),
            "phone": profile.phone.replace(" ", ""),
            "phone_shown": profile.phone,
            "accent_url": f"{self.url('accent')}?v={profile.accent[1:]}" if profile.accent else "",
        }

    def languages(self, address: HttpRequest) -> list[dict[str, str]]:
        """The languages to switch between, each with the present address in it."""
        return [
            {"code": code, "name": name_of(code), "url": _in_language(address, code)}
            for code in offered(self.profile)
        ]


def offered(profile: Profile) -> list[str]:
    """The languages of the organization's pages, its own first."""
    others = [code for code in profile.languages if isinstance(code, str) and code != profile.language]
    return [profile.language, *others]


def find(slug: str, query: QueryDict) -> Place:
    """The place of a slug; raises Moved for a former one and Http404 for an unknown one. Needs no scope."""
    organization = queries.by_slug(slug)
    if organization is None:
        former = queries.by_former_slug(slug)
        raise Moved(former.slug) if former else Http404
    with scope(organization.pk):
        profile = queries.profile()
        cities = dict.fromkeys(one.city for one in queries.locations() if one.city)
    wanted = query.get("lang", "")
    chosen = wanted in offered(profile)
    return Place(organization, profile, wanted if chosen else profile.language, chosen, ", ".join(cities))


def name_of(code: str) -> str:
    """A language's own name, as its speakers write it."""
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except ValueError:
        name = None
    return (name or code).capitalize()


def _in_language(request: HttpRequest, code: str) -> str:
    query = request.GET.copy()
    query["lang"] = code
    return f"?{query.urlencode()}"
