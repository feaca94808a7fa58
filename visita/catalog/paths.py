"""The steps of a booking path: which there are, and how an organization's own list of them is read."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from visita.catalog.errors import bad_code, bad_step
from visita.foundation import numbers, text

STEPS: Final = ("kind", "location", "specialty", "day", "person", "service", "time")
"""What can be chosen. `day` asks for a date before anything else is known ("time first"), `person` for somebody
before the service ("doctor first"); `time` is who and when, always there. After it may stand only `person`: the time is
chosen for anyone, then who is free at it."""

OWN: Final = ("text", "question", "form")
"""Steps of the organization's own: a text to read, a question with answers to choose from, a form of some of its extra
fields (`catalog.asking`), which are then not asked with the details again."""

USUAL: Final = tuple({"step": name} for name in ("kind", "location", "service", "time"))
"""The path of an organization that has none of its own."""

_LINK = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST = 20


def read_steps(value: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps, checked: known ones once each, own ones with a key and texts, `service` and then `time` at the end, or
    `person` after it."""
    numbers.whole(len(value), field="steps", low=1, high=_MOST)
    steps = [_step(one) for one in value]
    names = [step["step"] for step in steps if step["step"] in STEPS]
    keys = [step["key"] for step in steps if step["step"] in OWN]
    once = len(set(names)) == len(names) and len(set(keys)) == len(keys)
    ends = [step["step"] for step in steps[-2:]]
    if not once or "service" not in names or not (ends[-1] == "time" or ends == ["time", "person"]):
        raise bad_step()
    return steps


def person_last(steps: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the person is chosen after the time, out of those who are free at it."""
    return bool(steps) and steps[-1]["step"] == "person"


def read_link(value: str) -> str:
    """A path's name in an address; empty is the organization's own."""
    if value and not _LINK.fullmatch(value):
        raise bad_code("link")
    return value


def _step(one: Mapping[str, Any]) -> dict[str, Any]:
    name = str(one.get("step", ""))
    if name in STEPS:
        return {"step": name}
    if name not in OWN:
        raise bad_step()
    own = {
        "step": name,
        "key": _key(one.get("key", "")),
        "title": text.words(one.get("title", {}), field="steps", limit=160, required=True),
        "text": text.words(one.get("text", {}), field="steps", limit=4000),
    }
    if name == "form":
        return {**own, "fields": _fields(one.get("fields", ()))}
    return own if name == "text" else {**own, "answers": _answers(one.get("answers", ()))}


def _fields(value: Sequence[Any]) -> list[str]:
    """The codes of the extra fields a form asks."""
    numbers.whole(len(value), field="steps", low=1, high=_MOST)
    codes = [_key(each) for each in value]
    if len(set(codes)) != len(codes):
        raise bad_step()
    return codes


def _answers(value: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    numbers.whole(len(value), field="steps", low=2, high=30)
    found = [
        {
            "key": _key(one.get("key", "")),
            "name": text.words(one.get("name", {}), field="steps", limit=160, required=True),
            "services": [numbers.whole(each, field="steps", low=1, high=2**63 - 1) for each in one.get("services", ())],
        }
        for one in value
    ]  # fmt: skip
    if len({one["key"] for one in found}) != len(found):
        raise bad_step()
    return found


def _key(value: Any) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise bad_code("steps")
    return value
