"""Which files the rules are about."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_FOLDERS = ("config", "visita", "tests", "bench", "scripts", "frontend")
_GENERATED = {"migrations", "dist", "node_modules", "__pycache__"}


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Every file of ours with one of these endings, without what a program wrote."""
    return tuple(path for path in _ours() if path.suffix in suffixes)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """A file's name for people: from the checkout's root."""
    return str(path.relative_to(ROOT))


def _ours() -> Iterator[Path]:
    yield ROOT / "conftest.py"
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not _GENERATED.intersection(path.parts):
                yield path
