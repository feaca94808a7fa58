"""Where a cluster, its socket and its locks stand. Only computes paths: creates nothing, starts nothing."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

DATABASE = "visita"
OWNER_ROLE = "visita_owner"
APP_ROLE = "visita_app"
SUPERUSER = "postgres"
# Not gettempdir() first: /tmp is emptied at a reboot, and as root the cluster itself stands here.
_LASTING_TEMPORARY = Path("/var/tmp")  # noqa: S108 - below it a folder of ours, checked when it is opened


@dataclass(frozen=True, slots=True)
class Place:
    """The paths of one cluster; `home` is the short private folder, `root` says the server needs its own user."""

    home: Path
    data: Path
    marker: Path
    root: bool

    @property
    def lock(self) -> Path:
        """Held for the length of one start or stop."""
        return self.home / "lock"

    @property
    def users(self) -> Path:
        """Held shared by every command that leans on a server it may have to stop."""
        return self.home / "users"

    @property
    def transient(self) -> Path:
        """Exists while the running server was started by a command, not by `visita db start`."""
        return self.home / "transient"

    @property
    def log(self) -> Path:
        """What the server and initdb print."""
        return self.home / "postgres.log"

    @property
    def socket(self) -> Path:
        """The server's only door."""
        return self.home / ".s.PGSQL.5432"

    def url(self, role: str = APP_ROLE, database: str = DATABASE) -> str:
        """A libpq URL through the socket, as `role`."""
        return f"postgresql://{role}@/{database}?host={self.home}"


def place_for(data_folder: Path, *, uid: int | None = None) -> Place:
    """The place of the cluster that belongs to `data_folder` (made absolute) for user `uid` (default: ours).

    The socket's path must stay under about 100 bytes, so it never stands in the data folder. As root the cluster stands
    beside the socket too, because the server's own user must reach it and root's folders are often closed to it.
    """
    uid = os.getuid() if uid is None else uid
    folder = data_folder.resolve()
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    home = _temporary() / f"visita-{uid}-{digest}"
    data = home / "data" if uid == 0 else folder / "postgres"
    return Place(home=home, data=data, marker=folder / "cluster-id", root=uid == 0)


def _temporary() -> Path:
    return _LASTING_TEMPORARY if _LASTING_TEMPORARY.is_dir() else Path(tempfile.gettempdir())
