"""`demo.json`: where the demo is and how to get in, for people's scripts; readable by its owner only."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from visita.demo.accounts import SignIn
from visita.demo.plan import Business


@dataclass(frozen=True, slots=True)
class Opened:
    """A business that is ready, with its staff key and sign-ins."""

    business: Business
    api_key: str
    sign_ins: list[SignIn]


def known_keys(path: Path) -> dict[str, str]:
    """The staff keys by slug written at an earlier start; none when there is no readable file."""
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return {str(each["slug"]): str(each["api_key"]) for each in written["organizations"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write(path: Path, base_url: str, opened: list[Opened]) -> None:
    """Replace the file at once, so that a reader never finds half of it."""
    text = json.dumps(_content(base_url, opened), ensure_ascii=False, indent=2) + "\n"
    draft = path.with_suffix(".json.new")
    draft.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    draft.replace(path)


def _content(base_url: str, opened: list[Opened]) -> dict[str, Any]:
    return {
        "base_url": base_url,
        "organizations": [_organization(each) for each in opened],
        "sign_ins": [
            {name: value for name, value in asdict(each).items() if value is not None}
            for one in opened
            for each in one.sign_ins
        ],
    }


def _organization(opened: Opened) -> dict[str, str]:
    business = opened.business
    return {
        "slug": business.slug,
        "name": business.name,
        "trade": business.trade,
        "language": business.language,
        "zone": business.zone,
        "api_key": opened.api_key,
    }
