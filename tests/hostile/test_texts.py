"""Hostile texts in every field, on every page: they are shown as they were typed and never become a part of the page.

No browser: each page is read as HTML and asked for tags, attributes, addresses and comments made of a text (S9).
"""

import html
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.test import Client as Browser

from tests import world
from tests.hostile.addresses import every
from tests.hostile.cast import Stage, stage
from tests.hostile.reader import wrong
from tests.hostile.vectors import MARK, VECTORS
from visita.bookings.actions.book import book
from visita.bookings.requests import SubjectDetails
from visita.catalog import actions as catalog
from visita.foundation import clock
from visita.foundation.errors import Refusal
from visita.scheduling import actions as scheduling
from visita.tenancy import actions as tenancy

LINES = [each for each in VECTORS if each.isprintable()]
QUERIES = ("?by=people", "?view=several", f"?q={MARK}", "?service=nonsense")


def test_the_vectors_are_many_and_the_reader_sees_them() -> None:
    """The control: pages that print these texts as they are get caught."""
    printed = [f'<p>{text}</p><input value="{text}"><a href="{text}">x</a>' for text in VECTORS]
    assert len(set(VECTORS)) >= 100 and all(MARK in each for each in VECTORS)
    assert sum(bool(wrong(page)[0]) for page in printed) >= 100
    assert wrong(f"<p>{html.escape(VECTORS[0])}</p>") == ([], 1)


@pytest.fixture
def scene(db: None) -> Iterator[Stage]:
    """A clinic in which every text that people can type is hostile."""
    with clock.at(world.NOW):
        made = stage()
        _fill(made)
        yield made


def _fill(made: Stage) -> None:
    clinic, texts = made.clinic, cycle(LINES)
    for text in LINES:
        world.service(clinic.id, text[:120], [clinic.ana], minutes=30, synonyms={"en": next(texts)},
                      description={"en": text}, preparation={"en": next(texts)})  # fmt: skip
    for at in range(8):
        world.resource(clinic.id, clinic.location, next(texts)[:100])
        catalog.add_specialty(clinic.id, {"en": next(texts)[:100]}, actor=world.STAFF)
        start = world.at(9 + at)
        scheduling.block(
            clinic.id,
            [clinic.hall],
            clinic.location,
            start,
            start + timedelta(minutes=20),
            note=next(texts)[:100],
            actor=world.STAFF,
        )
    _profile(made, texts)
    _visits(made, texts)


def _profile(made: Stage, texts: Iterator[str]) -> None:
    words = {name: {"en": next(texts), "ro": next(texts)} for name in ("notice", "policy", "confirmation")}
    tenancy.change_profile(made.clinic.id, {"name": next(texts)[:100], **words}, actor=world.STAFF)
    tenancy.set_services_page(made.clinic.id, {"en": "\n".join(VECTORS)[:9000]}, actor=world.STAFF)
    for text in LINES[:3]:
        tenancy.add_location(made.clinic.id, name=text, address=next(texts), city=next(texts)[:80],
                             zone="Europe/Bucharest", actor=world.STAFF)  # fmt: skip
        catalog.add_consent(made.clinic.id, {"en": next(texts)}, body={"en": next(texts)}, actor=world.STAFF)
    catalog.add_field(
        made.clinic.id, "x", {"en": next(texts)}, "text", hint={"en": next(texts)}, actor=world.STAFF
    )


def _visits(made: Stage, texts: Iterator[str]) -> None:
    """Forty visits over the week, each by somebody with another hostile name."""
    clinic = made.clinic
    consents: Any = {"consents": (), "fields": {"x": next(texts)}}
    for at in range(40):
        start = world.at(10 + at % 2, 30 * (at % 4 // 2), world.day_after(at // 4 % 5 + at // 20 * 7))
        person = world.person(next(texts)[:100], next(texts)[:100], phone=f"+4072155{at:04}")
        about = SubjectDetails("pet", next(texts)[:80], {"breed": next(texts)[:80]})
        request = world.request(
            clinic, start, who=clinic.ana, client=person, subject=about, note=next(texts), **consents
        )
        try:
            book(clinic.id, request, world.STAFF)
        except Refusal:
            continue


def _read(browser: Browser, path: str, found: dict[str, list[str]]) -> int:
    answer = browser.get(path, follow=True)
    assert answer.status_code < 500, path
    if not answer["Content-Type"].startswith("text/html"):
        return 0
    mistakes, seen = wrong(answer.content.decode())
    if mistakes:
        found[path] = mistakes[:5]
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy and "object-src 'none'" in policy, path
    return seen


def test_no_text_becomes_a_part_of_a_page(scene: Stage) -> None:
    found, seen = dict[str, list[str]](), 0
    visitor, owner, client = Browser(), scene.browser("owner"), scene.browser("client")
    browsers = {"front": visitor, "embed": visitor, "desk": owner, "office": owner}
    for each in every():
        browser = client if each.name.startswith("front:me") else browsers.get(each.name.partition(":")[0])
        if browser is not None:
            seen += _read(browser, each.path(scene.values), found)
    for query in (*QUERIES, f"?service={scene.clinic.visit}"):
        seen += _read(browsers["front"], f"/{scene.clinic.slug}/{query}", found)
    seen += _read(browsers["front"], f"/{scene.clinic.slug}/details/?flow={scene.fields['flow']}", found)
    assert not found
    assert seen > 10 * len(VECTORS)  # the texts were there


@pytest.fixture
def quiet(db: None) -> Iterator[Stage]:
    """A clinic as it is, for texts that come with a request."""
    with clock.at(world.NOW):
        yield stage()


def test_what_is_typed_comes_back_as_text(quiet: Stage) -> None:
    names, found = ("first_name", "note", "email", "phone", "last_name"), list[str]()
    for some in _in_turns(VECTORS, names):
        answer = Browser().post(f"/{quiet.clinic.slug}/booking/", {"flow": quiet.fields["flow"], **some})
        assert answer.status_code == 422, some
        mistakes, seen = wrong(answer.content.decode())
        assert seen >= len(some)
        found += mistakes
    assert not found


def test_what_stands_in_an_address_comes_back_as_text(quiet: Stage) -> None:
    names = ("q", "service", "date", "a.x", "flow", "city", "kind", "lang", "via", "origin", "utm_source")
    for some in (*_in_turns(VECTORS, names), *_in_turns(VECTORS[::6], ("q",))):
        page = Browser().get(f"/{quiet.clinic.slug}/", some)
        assert not wrong(page.content.decode())[0], some


def _in_turns(texts: Sequence[str], names: Sequence[str]) -> Iterator[dict[str, str]]:
    """All texts, one under each name at a time."""
    for at in range(0, len(texts), len(names)):
        yield dict(zip(names, texts[at : at + len(names)], strict=False))
