"""The live stream: who may listen, that a booking is heard within a moment, and that slow listeners ask again."""

import asyncio
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from tests import world
from visita.bookings import actions
from visita.foundation import clock
from visita.identity import actions as identity
from visita.web.live import asgi
from visita.web.live.switchboard import AGAIN, QUEUE, News, Switchboard, parse


class Browser:
    """One connection to the stream, as the server sees it."""

    def __init__(self, path: str, session: str = "", method: str = "GET") -> None:
        cookie = f"theme=dark; {settings.SESSION_COOKIE_NAME}={session}".encode()
        self.scope = {"type": "http", "method": method, "path": path, "headers": [(b"cookie", cookie)]}
        self.sent: asyncio.Queue[Any] = asyncio.Queue()
        self.left = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        """Nothing until the browser goes."""
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def open(self) -> "asyncio.Task[None]":
        """Starts the stream."""
        return asyncio.create_task(asgi.events(self.scope, self.receive, self.sent.put))

    async def next(self) -> Any:
        """The next message sent, as a status or as text."""
        message = await asyncio.wait_for(self.sent.get(), 60)
        return message.get("status") or message["body"].decode()


def session_of(organization: int, role: str, mark: str) -> str:
    """The session key of a signed-in member."""
    email = f"{mark}-{organization}@example.org"
    user = identity.create_user(email=email, password="a long Passw0rd 1", name=role)
    identity.add_member(organization, user.pk, role, actor=world.STAFF)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@pytest.fixture
def clinic(committed_db: None) -> world.Clinic:
    """A clinic that other connections see."""
    return world.clinic()


def book(clinic: world.Clinic) -> None:
    """A visit on Monday at ten; closes the connection of the thread it ran in."""
    try:
        with clock.at(world.NOW):
            actions.book(clinic.id, world.request(clinic, world.at(10)), world.CLIENT)
    finally:
        connection.close()


def test_a_booking_is_heard(clinic: world.Clinic) -> None:
    browser = Browser(f"/events/{clinic.slug}/", session_of(clinic.id, "reception", "hears"))

    async def listen() -> list[Any]:
        stream = await browser.open()
        heard = [await browser.next() for _ in range(3)]  # status, retry, "ask again" once the line is up
        await asyncio.to_thread(book, clinic)
        heard.append(await browser.next())
        browser.left.set()
        await asyncio.wait_for(stream, 60)
        return heard

    heard = asyncio.run(listen())
    assert heard[0] == 200 and heard[2] == "event: change\ndata: {}\n\n"
    assert heard[3] == f'event: change\ndata: {{"location": {clinic.location}, "date": "2026-11-23"}}\n\n'


def test_strangers_hear_nothing(clinic: world.Clinic) -> None:
    other = world.clinic()
    sessions = [
        "",
        "nonsense",
        session_of(other.id, "owner", "other"),
        session_of(clinic.id, "analyst", "sees-none"),
    ]

    async def statuses() -> list[Any]:
        found = []
        for session in sessions:
            browser = Browser(f"/events/{clinic.slug}/", session)
            await (await browser.open())
            found.append(await browser.next())
        return found

    assert asyncio.run(statuses()) == [404, 404, 404, 404]


def test_only_get_is_answered() -> None:
    async def status() -> Any:
        browser = Browser("/events/x/", method="POST")
        await (await browser.open())
        return await browser.next()

    assert asyncio.run(status()) == 405


def test_a_slow_browser_is_told_to_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def lag() -> tuple[int, News]:
        board = Switchboard(lambda: "")
        monkeypatch.setattr(board, "_listen", lambda: asyncio.sleep(60))
        with board.listening(1) as queue:
            for day in range(QUEUE + 1):
                board.tell(1, News(1, f"2026-11-{day}"))
            return queue.qsize(), queue.get_nowait()

    assert asyncio.run(lag()) == (1, AGAIN)


def test_a_lost_database_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def address() -> str:
        tries.append(1)
        raise OSError("gone")

    async def wait() -> None:
        monkeypatch.setattr("visita.web.live.switchboard.PAUSES", (0.001,))
        with Switchboard(address).listening(1):
            while len(tries) < 3:
                await asyncio.sleep(0.001)

    asyncio.run(asyncio.wait_for(wait(), 60))
    assert len(tries) >= 3


@pytest.mark.parametrize(
    ("payload", "found"),
    [("7:3:2026-11-23:1", (7, News(3, "2026-11-23"))), ("", None), ("a:b:c:d", None), ("7:3", None)],
)
def test_payloads(payload: str, found: object) -> None:
    assert parse(payload) == found
