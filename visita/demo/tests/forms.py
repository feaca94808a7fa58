"""A page as a browser without script sees it: links and forms, and a form filled as a person would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
_TYPED = {"number": "2", "date": "1990-05-01", "email": "maria@example.com"}


@dataclass
class Control:
    """An input, select or text area; `choices` are a select's values."""

    name: str
    kind: str
    value: str
    required: bool = False
    checked: bool = False
    choices: list[str] = field(default_factory=list)

    def answer(self) -> str | None:
        """What goes with the form; None where nothing does."""
        if self.kind in ("checkbox", "radio"):
            return self.value if self.checked or self.required else None
        if self.value or not (self.required or self.name.endswith("_name")):
            return self.value
        given = [choice for choice in self.choices if choice]
        return given[0] if given else _TYPED.get(self.kind, "AB12 CDE")


@dataclass
class Form:
    """Where it leads, its controls, and the buttons that carry a value."""

    attributes: Attributes
    controls: list[Control] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, **typed: str) -> Attributes:
        """Names and values as a browser would send them, `typed` over what stands there."""
        own = ((one.name, one.answer()) for one in self.controls if one.name)
        return {**{name: value for name, value in own if value is not None}, **typed}


class Reading(HTMLParser):
    """Reads a page: `links` as (classes, href, id), forms by their id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[tuple[set[str], str, str]] = []
        self.forms: dict[str, Form] = {}
        self._form = self._stray = Form({})
        self.feed(page)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        """Takes up what can be pressed or filled."""
        found = {name: value or "" for name, value in pairs}
        if tag == "form":
            self._form = Form(found)
            self.forms[found.get("id", "")] = self._form
        elif tag == "a" and found.get("href"):
            self.links.append((set(found.get("class", "").split()), found["href"], found.get("id", "")))
        elif tag == "button" and found.get("name"):
            self._form.buttons.append((found["name"], found.get("value", "")))
        elif tag in ("input", "select", "textarea"):
            self._form.controls.append(_control(tag, found))
        elif tag == "option" and self._form.controls:
            _choose(self._form.controls[-1], found)

    def handle_endtag(self, tag: str) -> None:
        """What stands outside a form belongs to none."""
        if tag == "form":
            self._form = self._stray

    def way_on(self) -> str:
        """Where the first choice leads, or the one button of a page to read; empty when there is neither."""
        wanted = ("choice", "button-main")
        return next((href for one in wanted for classes, href, _id in self.links if one in classes), "")


def _control(tag: str, found: Attributes) -> Control:
    kind = found.get("type", "text") if tag == "input" else tag
    value = found.get("value", "on" if kind in ("checkbox", "radio") else "")
    return Control(found.get("name", ""), kind, value, "required" in found, "checked" in found)


def _choose(select: Control, found: Attributes) -> None:
    select.choices.append(found.get("value", ""))
    if "selected" in found:
        select.value = found.get("value", "")
