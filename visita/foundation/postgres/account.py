"""Whom the server runs as. PostgreSQL refuses root, so root hands it to a system user of its own."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from visita.foundation.postgres.errors import PostgresError

NAME = "pgserver"


@dataclass(frozen=True, slots=True)
class Account:
    """A user and group the server's programs run as; `switch` is False when that is who we are already."""

    uid: int
    gid: int
    switch: bool

    def own(self, path: Path) -> None:
        """Gives `path` to this account (only root can and needs to)."""
        if self.switch:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def run(
        self, command: list[str], log: int, environment: dict[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        """Runs a program to its end as this account, its output into `log`; never raises for its exit code."""
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            check=False,
            env=environment,
            user=self.user,
            group=self.group,
            extra_groups=self.groups,
        )

    @property
    def user(self) -> int | None:
        """For `subprocess`: the user to change to, None to stay."""
        return self.uid if self.switch else None

    @property
    def group(self) -> int | None:
        """For `subprocess`: the group to change to, None to stay."""
        return self.gid if self.switch else None

    @property
    def groups(self) -> list[int] | None:
        """For `subprocess`: no group of root's may stay with the server."""
        return [] if self.switch else None


def account_for(*, root: bool) -> Account:
    """The account for a cluster: ourselves, or as root the system user `pgserver`, made when it is missing."""
    if not root:
        return Account(os.getuid(), os.getgid(), switch=False)
    entry = _find() or _create()
    return Account(entry.pw_uid, entry.pw_gid, switch=True)


def _find() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd:
    program = shutil.which("useradd", path=f"{os.defpath}:/usr/sbin:/sbin")
    if program is None:
        raise PostgresError(
            f"PostgreSQL does not run as root and `useradd` is missing: make a user named {NAME}, "
            "or run Visita as an ordinary user."
        )
    command = [program, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run(
        [*command, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, text=True, check=False
    )
    entry = _find()  # two processes may create it at once: the second fails and finds it
    if entry is None:
        raise PostgresError(f"The system user {NAME} could not be made: {done.stderr.strip()}")
    return entry
