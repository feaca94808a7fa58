"""The private folders of a cluster: made, checked, locked, and matched with the data folder they belong to."""

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visita.foundation.postgres.account import Account
from visita.foundation.postgres.errors import PostgresError
from visita.foundation.postgres.place import Place


def open_home(place: Place, account: Account) -> None:
    """Makes the home folder (0700) or checks that it is ours: anybody may make folders beside it.

    Raises PostgresError when it belongs to someone else or is open to others.
    """
    try:
        place.home.mkdir(mode=0o700)
        account.own(place.home)
    except FileExistsError:
        pass
    found = place.home.lstat()
    owners = {
        account.uid,
        os.getuid(),
    }  # as root: ours for the moment between mkdir and chown of another process
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners or stat.S_IMODE(found.st_mode) != 0o700:
        raise PostgresError(f"{place.home} is not a private folder of ours. Remove it and start again.")
    account.own(place.home)


@contextmanager
def locked(path: Path, kind: int = fcntl.LOCK_EX) -> Iterator[int]:
    """Holds the lock file `path`; yields its descriptor. The lock dies with the process, so it never goes stale."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, kind)
        yield descriptor
    finally:
        os.close(descriptor)


def belongs(place: Place) -> bool:
    """False when the cluster was made for a data folder that has been removed since (or another at the same path)."""
    try:
        return place.marker.read_text() == (place.home / "cluster-id").read_text()
    except OSError:
        return False


def mark(place: Place) -> None:
    """Writes the same new name into the home and the data folder, which `belongs` compares."""
    name = secrets.token_hex(16)
    place.marker.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in (place.home / "cluster-id", place.marker):
        path.write_text(name)
