"""Files and functions stay small, modules say what they are for, and nothing hides from a reader."""

import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT, files, name, outline

_LONGEST_FILE, _USUAL_FILE = 400, 160
_LONGEST_FUNCTION, _USUAL_FUNCTION = 60, 10
_MOSTLY = 0.75
_ROOMS_WITHOUT_A_NAME = {"utils", "util", "helpers", "helper", "common", "misc"}


def _functions() -> Iterator[tuple[str, int]]:
    for path in files(".py"):
        for line, function, length in outline(path).functions:
            yield f"{name(path)}:{line} {function}", length


def test_files_are_short() -> None:
    lengths = {name(path): path.read_text().count("\n") for path in files(".py", ".ts", ".html", ".css")}
    assert {file: lines for file, lines in lengths.items() if lines > _LONGEST_FILE} == {}
    usual = sum(lines <= _USUAL_FILE for lines in lengths.values())
    assert usual >= _MOSTLY * len(lengths)


def test_functions_are_short() -> None:
    lengths = list(_functions())
    assert [place for place, lines in lengths if lines > _LONGEST_FUNCTION] == []
    usual = sum(lines <= _USUAL_FUNCTION for _, lines in lengths)
    assert usual >= _MOSTLY * len(lengths)


def test_every_module_says_what_it_is_for() -> None:
    written = [path for path in files(".py") if path.read_text().strip()]
    assert [name(path) for path in written if not outline(path).docstring] == []


def test_no_room_without_a_name() -> None:
    parts = {
        part for path in files(".py", ".ts", ".css") for part in (*path.relative_to(ROOT).parts, path.stem)
    }
    assert parts & _ROOMS_WITHOUT_A_NAME == set()


def test_no_text_passes_unescaped_into_a_page() -> None:
    unsafe = re.compile(
        r"mark_safe|SafeString\(|\|\s*safe\b|autoescape off|from django.utils.html import .*html_safe"
    )
    found = [
        name(path)
        for path in files(".py", ".html")
        if "architecture" not in path.parts and unsafe.search(path.read_text())
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
    assert [
        name(path) for path in files(".py", ".ts", ".html", ".css") if later.search(path.read_text())
    ] == []


def test_only_config_reads_the_environment() -> None:
    reads = re.compile(r"os\.environ|os\.getenv|\bgetenv\(")
    ours = [path for path in files(".py") if name(path).startswith("visita/") and "tests" not in path.parts]
    assert [name(path) for path in ours if reads.search(path.read_text())] == []
