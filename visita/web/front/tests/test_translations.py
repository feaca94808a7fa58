"""The clients' texts are complete in every language we promise, with their placeholders."""

import pytest
from babel.messages.catalog import Catalog

from config import messages

CLIENTS = (
    "visita/web/front/",
    "visita/web/components/",
    "visita/web/templates/front/",
    "visita/web/templates/cotton/",
)


@pytest.fixture(scope="module")
def ours() -> Catalog:
    """The texts a client may read."""
    found = Catalog()
    for message in messages.collected():
        if message.id and any(name.startswith(CLIENTS) for name, _line in message.locations):
            found.add(message.id, locations=message.locations)
    return found


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_missing(language: str, ours: Catalog) -> None:
    assert len(ours) > 100
    assert list(messages.problems(language, ours)) == []
