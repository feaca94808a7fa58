"""Clients with names of the country, the same at every run: chosen by the business and a number."""

import re
from random import Random

from visita.clients.details import Details
from visita.clients.letters import TO_LATIN
from visita.clients.matching import fold
from visita.demo.plan import Business


def told(business: Business, number: int) -> Details:
    """The client of this number, with a phone and, mostly, an email."""
    choose = Random(f"{business.slug}|client|{number}")  # noqa: S311 - the same people every time, no secret
    people, woman = business.people, choose.random() < 0.58
    first = choose.choice(people.women if woman else people.men)
    last = choose.choice(people.last)[0 if woman else 1]
    phone = re.sub("#", lambda _match: str(choose.randrange(10)), people.phone)
    address = f"{latin(first)}.{latin(last)}@post.example" if choose.random() < 0.8 else ""
    return Details(first, last, phone, address, language=business.language, external_id=f"demo-{number}")


def latin(name: str) -> str:
    """A name in the letters of an address."""
    return re.sub(r"[^a-z]+", "", fold(name).translate(TO_LATIN))


def subject_of(business: Business, number: int) -> tuple[str, str, dict[str, str]] | None:
    """Kind, name and facts of whom the client comes with, where the trade has such."""
    if business.subjects is None:
        return None
    choose = Random(f"{business.slug}|subject|{number}")  # noqa: S311 - as above
    kind = choose.choice(list(business.subjects.names))
    name = re.sub("#", lambda _match: str(choose.randrange(10)), choose.choice(business.subjects.names[kind]))
    return kind, name, dict([choose.choice(business.subjects.facts[kind])])
