"""Two clinics with everything in them that an address may name, and browsers of whoever might ask."""

import re
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client as Browser

from tests import world
from visita.bookings.actions.book import book
from visita.bookings.actions.wait import WaitRequest, join
from visita.bookings.models import Visit
from visita.bookings.requests import Booked
from visita.bookings.waitlist.windows import Window
from visita.clients.actions import start_session
from visita.clients.contacts import Contact
from visita.foundation.scope import scope
from visita.identity import actions as identity
from visita.web.front.me import note
from visita.web.front.me.account import COOKIE

ROLES = ("owner", "specialist", "analyst", "partner", "online_keeper")
COUNTED_ALWAYS = re.compile("session|rate|counter|funnel|axes|limit|hits")
"""Tables that a page's opening may write to: who is signed in, how often an address asked, how many came."""


@dataclass
class Stage:
    """A clinic with one booked visit; `values` fill the places of addresses and forms."""

    clinic: world.Clinic
    values: dict[str, object] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def browser(self, role: str) -> Browser:
        """A signed-in member with the role, a client in their account, or a stranger."""
        if role in ROLES:
            return self.member(role)
        browser = Browser(REMOTE_ADDR="127.0.0.9")
        if role == "client":
            contact = Contact("phone", "+40721555014")
            _session, token = start_session(self.clinic.id, contact, stay=False, actor=world.CLIENT)
            browser.cookies[COOKIE] = token
        return browser

    def member(self, role: str) -> Browser:
        """A signed-in member with any of the ready roles."""
        browser = Browser(REMOTE_ADDR="127.0.0.9")
        email = f"{role}-{self.clinic.id}@example.org".replace("_", "-")
        user = identity.create_user(email=email, password="a long Passw0rd 1", name=role.title())
        resource = self.clinic.ana if role == "specialist" else None
        identity.add_member(self.clinic.id, user.pk, role, resource_id=resource, actor=world.STAFF)
        browser.force_login(user)
        return browser


def stage() -> Stage:
    """A fresh clinic, Monday at nine booked with Ana, a time held on the way to a booking."""
    clinic = world.clinic()
    booked = book(clinic.id, world.request(clinic, world.at(9), who=clinic.ana), world.CLIENT)
    assert isinstance(booked, Booked)
    with scope(clinic.id):
        visit = Visit.objects.get(pk=booked.visit_id)
        client = visit.client_id
    wish = join(
        clinic.id,
        WaitRequest(((clinic.visit, None),), Window(world.MONDAY, world.MONDAY), client_id=client),
        world.STAFF,
    )
    made = Stage(clinic)
    made.values = {
        "organization": clinic.slug, "visit": booked.visit_id, "client": client, "person": client, "other": client,
        "code": booked.code, "token": booked.manage_token, "kind": "phone", "form": "csv", "link": "x",
        "digest": "0" * 64, "session": booked.visit_id, "waiting": wish.pk, "service": clinic.visit,
    }  # fmt: skip
    made.fields = _fields(made, visit)
    return made


def _fields(made: Stage, visit: Visit) -> dict[str, str]:
    clinic = made.clinic
    start = int(world.at(11).timestamp() // 60)
    chosen = {"location": str(clinic.location), "service": str(clinic.visit), "seats": "1"}
    held = Browser().post(f"/{clinic.slug}/hold/", {**chosen, "slot": f"any.{start}"})
    assert held.status_code == 302
    flow = Browser().get(held["Location"]).context["flow"]
    asked = note.new(clinic.id, "sign_in", Contact("phone", "+40721555014")).signed()
    person = {
        "region": "RO",
        "phone": "0721 555 014",
        "first_name": "Maria",
        "last_name": "Ilie",
        "email": "",
    }
    return {**chosen, **person, "flow": flow, "code_note": asked, "code": "000000", "slot": f"any.{start}",
            "version": str(visit.version), "resource": str(clinic.ana), "date": "2026-11-23", "time": "15:00",
            "note": "x", "contact": "0721 555 014", "booking": visit.code, "also": f"{clinic.scan}.any", "name": "Rex",
            "kind": "dog", "q": "maria", "by": "people", "view": "month", "for": "1", "part": "morning", "origins": "https://a.example",
            "accent": "#0e5c69", "sheet": "p{}", "font": "", "visits": str(visit.pk), "deed": "cancel", "query": "q=1",
            "status": "confirmed", "sort": "when", "after": "", "column": "email", "lang": "ro", "a.x": "y",
            "release": "", "price": "1", "back": "/", "other": "1", "words": "Book", "color": "#112233", "form": "inline",
            "reason": "x", "minutes": "30", "start": str(start), "month": "2026-12", "city": "x", "group": "1",
            "f.x": "1", "c.1": "on", "whom": "other", "website": "", "scheme": "compact", "utm_source": "x",
            "contact_kind": "phone", "appointment": "1", "size": "1", "page": "1", "days": "7"}  # fmt: skip


def counted() -> dict[str, int]:
    """Rows that this test's transaction put into every table but `COUNTED_ALWAYS`, less those it took out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins - n_tup_del FROM pg_stat_xact_user_tables")
        return {name: number for name, number in cursor.fetchall() if not COUNTED_ALWAYS.search(name)}
