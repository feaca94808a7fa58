"""Our texts in their languages, without tools of the system: `python -m config.messages update|check|compile`.

`update` collects the texts of code and templates into `visita/locale/*/LC_MESSAGES/django.po`, `check` fails where a
translation is missing or its placeholders differ, `compile` makes the `.mo` files that are read at run time.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "visita"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("ro", "ru", "it", "fi")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def sources() -> Iterator[tuple[str, bytes]]:
    """Every file that may hold texts, as Python that the collector can read; tests are left out."""
    for path in sorted(PACKAGE.rglob("*")):
        inside = path.relative_to(ROOT)
        if path.suffix == ".py" and "tests" not in inside.parts:
            yield inside.as_posix(), path.read_bytes()
        elif path.suffix in (".html", ".txt") and "templates" in inside.parts:
            calls = templatize(path.read_text(encoding="utf-8"), origin=inside.as_posix())
            yield inside.as_posix(), re.sub(r"^[ \t]+", "", calls, flags=re.MULTILINE).encode()


def collected() -> Catalog:
    """All texts of the code, without translations."""
    catalog = Catalog(project="Visita", charset="utf-8", fuzzy=False)
    keywords = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2)}
    for name, code in sources():
        for _line, message, _comments, context in extract("python", BytesIO(code), keywords=keywords):
            catalog.add(message, locations=[(name, 0)], context=context)
    return catalog


def path_of(language: str) -> Path:
    """The file of translations into a language."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def catalog_of(language: str) -> Catalog:
    """The present translations into a language; empty when there are none."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Visita", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> int:
    """Bring the files of all languages up to date; translations of texts that are gone are dropped."""
    template = collected()
    for language in LANGUAGES:
        catalog = catalog_of(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
        _without_dates(path)
    return 0


def _without_dates(path: Path) -> None:
    """The header's dates and tool names change with every run and say nothing."""
    text = path.read_text(encoding="utf-8")
    head = r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team): .*\n'
    head += r"|^# (Translations|Copyright|This file|FIRST AUTHOR).*\n(?:^# (?!:).*\n)*"
    path.write_text(re.sub(head, "", text, flags=re.MULTILINE), encoding="utf-8")


def problems(language: str, template: Catalog) -> Iterator[str]:
    """What is wrong with the translations into a language, one sentence each."""
    catalog = catalog_of(language)
    for message in template:
        if not message.id:
            continue
        found = catalog.get(message.id, message.context)
        if found is None or not _complete(found, catalog.num_plurals):
            yield f"{language}: not translated: {_first(message)!r}"
        elif any(_names(text) - _names(*_forms(message.id)) for text in _forms(found.string)):
            yield f"{language}: other placeholders: {_first(message)!r}"


def _forms(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _first(message: Message) -> str:
    return _forms(message.id)[0]


def _complete(message: Message, plurals: int) -> bool:
    forms = _forms(message.string)
    return not message.fuzzy and all(forms) and len(forms) == (plurals if message.pluralizable else 1)


def _names(*texts: str) -> set[str]:
    return {name for text in texts for pair in _PLACEHOLDER.findall(text) for name in pair if name}


def check() -> int:
    """Say what is missing; 1 when anything is."""
    template = collected()
    found = [problem for language in LANGUAGES for problem in problems(language, template)]
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


def compile_() -> int:
    """Write the binary files beside the texts."""
    for language in LANGUAGES:
        with path_of(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog_of(language))
    return 0


COMMANDS = {"update": update, "check": check, "compile": compile_}


def main(arguments: list[str]) -> int:
    """Run one command; 2 when it is unknown."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        sys.stderr.write(f"usage: python -m config.messages {'|'.join(COMMANDS)}\n")
        return 2
    if not settings.configured:
        settings.configure()
    return COMMANDS[arguments[0]]()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
