"""A phone as people of a country type it, and the code that is sent to it."""

import json
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.watching import PATIENCE

TYPED = {
    "RO": "0721 555 014", "RU": "912 555-01-44", "FI": "040 1234567", "IT": "320 123 4567", "GB": "07400 123456",
    "US": "(212) 555-0143", "MD": "069 123 456", "KZ": "8 701 555 0142", "IE": "085 012 3456", "AU": "0491 570 156",
}  # fmt: skip


def sent_code(outgoing: Path, page: Page, to: str) -> str:
    """The newest code sent to a number, as soon as the server's thread has written it."""
    for _turn in range(PATIENCE // 100):
        found = [json.loads(one.read_text()) for one in sorted(outgoing.glob("*.json"), reverse=True)]
        code = next((str(one["body"][:6]) for one in found if one["to"] == to), "")
        if code:
            return code
        page.wait_for_timeout(100)
    raise AssertionError("no message came")
