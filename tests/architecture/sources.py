"""Which files the rules are about."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
_FOLDERS = ("config", "visita", "tests", "bench", "scripts", "frontend")
_GENERATED = {"migrations", "dist", "node_modules", "__pycache__"}


@dataclass(frozen=True, slots=True)
class Outline:
    """What the rules ask of a module: what it says of itself, and line, name and length of each function."""

    docstring: str
    functions: tuple[tuple[int, str, int], ...]


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Every file of ours with one of these endings, without what a program wrote."""
    return tuple(path for path in _ours() if path.suffix in suffixes)


@cache
def outline(path: Path) -> Outline:
    """Of a Python file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return Outline(ast.get_docstring(tree) or "", tuple(_functions(tree)))


def _functions(node: ast.AST) -> Iterator[tuple[int, str, int]]:
    """Those in a node's statements, at any depth; no expression holds a `def`."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.lineno, node.name, (node.end_lineno or node.lineno) - node.lineno + 1
    for inner in ("body", "orelse", "handlers", "finalbody", "cases"):
        for each in _list(getattr(node, inner, None)):
            yield from _functions(each)


def _list(found: Any) -> list[ast.AST]:
    return found if isinstance(found, list) else []


def name(path: Path) -> str:
    """A file's name for people: from the checkout's root."""
    return str(path.relative_to(ROOT))


@cache
def _ours() -> tuple[Path, ...]:
    found = [ROOT / "conftest.py"]
    for folder in _FOLDERS:
        for place, inner, names in os.walk(ROOT / folder):
            inner[:] = sorted(set(inner) - _GENERATED)
            found += [Path(place) / each for each in sorted(names)]
    return tuple(found)
