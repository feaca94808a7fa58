"""Whose page this is and in which language: found once per request, handed to every view and template."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation.trans_real import parse_accept_lang_header

from visita.foundation import ids, phones
from visita.foundation.scope import scope
from visita.foundation.words import text
from visita.marketing import tags as marketing
from visita.tenancy import look, origins, queries, settings
from visita.tenancy.models import Location, Organization, Profile
from visita.web.components.formats import Formats, formats_for
from visita.web.components.trades import words
from visita.web.front import tags
from visita.web.front.embed.frame import Frame, read_frame


class Moved(Exception):
    """The organization has another name in its address now."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True)
class Place:
    """The organization with its profile and settings, and the language of this page (`chosen`: by `?lang=`, not by the
    browser or the organization).

    `frame` says by which door the visitor came and, inside another site's page, how the frame wants to look.
    """

    organization: Organization
    profile: Profile
    language: str
    chosen: bool
    cities: str = ""
    locations: tuple[Location, ...] = ()
    frame: Frame = field(default_factory=Frame)
    rows: tuple[settings.Row, ...] = ()

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
        """The address of a client page with its query; empty values are left out, language and frame are carried on."""
        return self._address("embed" if self.frame.embedded else "front", name, query, self.carried, parts)

    def outside(self, name: str = "home", query: dict[str, Any] | None = None, **parts: str) -> str:
        """The same page by itself, for a window of its own or to be kept."""
        return self._address("front", name, query, {"lang": self.carried["lang"]}, parts)

    @property
    def carried(self) -> dict[str, str]:
        """What every address of this page's repeats: the language if it was chosen, the door, the frame's look."""
        return {"lang": self.language if self.chosen else "", **self.frame.carried()}

    @property
    def bookable(self) -> bool:
        """Whether clients may book here by themselves at all (ORG-06); their visits stay open to them either way."""
        return bool(self.setting("client_interface"))

    @property
    def tags(self) -> str:
        """Where the organization's outside tags run, after consent; empty where it has none."""
        return tags.address(self.organization.slug) if marketing.tags(self.rows) else ""

    def picture(self, kind: str, resource: int | None = None) -> str:
        """The address of a picture of the organization or of one of its resources; empty where there is none."""
        digest = settings.value(self.rows, kind, resource=resource)
        return self.outside("picture", None, digest=digest).partition("?")[0] if digest else ""

    def photo(self, resource: int) -> str:
        """The address of a person's or room's photo; empty where there is none."""
        return self.picture(look.PHOTO, resource)

    def _style_url(self) -> str:
        font, rules = self.setting(look.FONT), self.setting(look.STYLE)
        mark = ids.digest(font + rules)[:12] if font or rules else ""
        return f"{self.outside('style').partition('?')[0]}?v={mark}" if mark else ""

    def setting(self, key: str) -> Any:
        """The organization's value of a setting."""
        return settings.value(self.rows, key)

    def _address(
        self,
        space: str,
        name: str,
        query: dict[str, Any] | None,
        carried: dict[str, str],
        parts: dict[str, str],
    ) -> str:
        path = reverse(f"{space}:{name}", kwargs={"organization": self.organization.slug, **parts})
        given = {key: value for key, value in {**(query or {}), **carried}.items() if value not in (None, "")}
        return f"{path}?{urlencode(given)}" if given else path

    def context(self) -> dict[str, Any]:
        """What `front/base.html` shows of the organization."""
        profile = self.profile
        return {
            "name": profile.name,
            "initial": profile.name[:1].upper(),
            "trade": words(profile.trade),
            "second": self.cities or phones.unbroken(profile.phone),
            "home": self.url(),
            "me": self.outside("me"),
            "phone": profile.phone.replace(" ", ""),
            "phone_shown": phones.unbroken(profile.phone),
            "accent_url": self.outside("accent", {"v": profile.accent[1:]}) if profile.accent else "",
            "locations": self.locations,
            "logo": self.picture(look.LOGO),
            "background": self.picture(look.BACKGROUND),
            "style_url": self._style_url(),
            "country": profile.country,
            "frame": self.frame,
            "slug": self.organization.slug,
            "tags": self.tags,
            "bookable": self.bookable,
            "services_url": self.url("services"),
            "contact_url": self.url("contact"),
            "carried": {key: value for key, value in self.carried.items() if value},
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


def spoken(accepted: str, offers: Sequence[str]) -> str:
    """The language a browser wants most of those on offer (RFC 4647, lookup: `it-CH` takes `it`); of equals
    the first on offer, empty where it wants none of them."""
    wanted = [(code, weight) for code, weight in parse_accept_lang_header(accepted) if weight > 0]
    best: dict[str, float] = {}
    for code, weight in wanted:
        found = next((one for one in offers if one.lower() == code), None) or next(
            (one for one in offers if one.lower().partition("-")[0] == code.partition("-")[0]), None
        )
        if found:
            best[found] = max(best.get(found, 0.0), weight)
    return max(offers, key=lambda one: best.get(one, 0.0)) if best else ""


def find(
    slug: str, query: QueryDict, *, accepted: str = "", embedded: bool = False, ours: Sequence[str] = ()
) -> Place:
    """The place of a slug; raises Moved for a former one and Http404 for an unknown one. Needs no scope.

    `accepted` is the browser's Accept-Language: it decides where no language was chosen (`?lang=`), and the organization
    where it speaks none of the browser's. `ours` are our own sites, which may frame the embedded pages beside those that
    the organization lists.
    """
    organization = queries.by_slug(slug)
    if organization is None:
        former = queries.by_former_slug(slug)
        raise Moved(former.slug) if former else Http404
    with scope(organization.pk):
        profile = queries.profile()
        locations = tuple(queries.locations())
        cities = dict.fromkeys(one.city for one in locations if one.city)
        rows = tuple(queries.setting_rows())
    wanted = query.get("lang", "")
    languages = offered(profile)
    chosen = wanted in languages
    return Place(
        organization,
        profile,
        wanted if chosen else spoken(accepted, languages) or profile.language,
        chosen,
        ", ".join(cities),
        locations,
        read_frame(query, [*settings.value(rows, origins.KEY), *ours], embedded=embedded),
        rows,
    )


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
