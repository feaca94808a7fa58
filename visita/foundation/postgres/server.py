"""Starts and stops the embedded server, safely from several processes at once and after any kind of crash."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from visita.foundation.postgres import cluster, process
from visita.foundation.postgres.account import Account, account_for
from visita.foundation.postgres.binaries import find, reachable
from visita.foundation.postgres.errors import PostgresError
from visita.foundation.postgres.home import belongs, locked, mark, open_home
from visita.foundation.postgres.place import Place

_START_SECONDS = 60.0  # crash recovery of a busy cluster included
_STOP_SECONDS = 30.0
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "250",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "cluster_name": "visita",
    "jit": "off",  # every query of ours is short: compiling costs more than it saves
}
# For tests: a crash may cost the cluster, which nobody would miss.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """The server of one cluster.

    `durable=False` is for tests: nothing is forced to disk, a crash of the machine loses the cluster.
    """

    def __init__(self, place: Place, *, durable: bool = True) -> None:
        self.place = place
        self.durable = durable
        self._child: subprocess.Popen[bytes] | None = None

    def running(self) -> bool:
        """True when the server takes connections now."""
        return self.place.socket.exists() and cluster.ready(find(), self.place)

    def start(self) -> bool:
        """Brings the server up, makes cluster, roles and database where missing; True when it was down before.

        Raises PostgresError with a sentence when it does not come up within a minute.
        """
        account = account_for(root=self.place.root)
        open_home(self.place, account)
        with locked(self.place.lock):
            return self.start_locked(account)

    def start_locked(self, account: Account | None = None) -> bool:
        """As `start`, for a caller that holds the place's lock."""
        account = account or account_for(root=self.place.root)
        self._set_strangers_aside()
        if self.running():
            return False
        binaries = reachable(account, self.place.home)
        with self._open_log() as log:
            if not self.place.data.exists():
                self._make(account, binaries, log.fileno())
            if not self._coming_up():
                self._child = self._launch(account, binaries, log.fileno())
                Thread(
                    target=self._child.wait, daemon=True
                ).start()  # reaps it: no zombie is taken for a server
        self._await_ready(binaries)
        cluster.prepare(self.place)
        return True

    def stop(self) -> bool:
        """Ends the server after a checkpoint; True when there was one.

        Raises PostgresError when it does not end.
        """
        if not self.place.home.exists():
            return False
        with locked(self.place.lock):
            return self.stop_locked()

    def stop_locked(self) -> bool:
        """As `stop`, for a caller that holds the place's lock."""
        self.place.transient.unlink(missing_ok=True)
        pid = process.recorded_pid(self.place.data)
        if pid is None or not process.serves(pid, self.place.data):
            return False
        for how in (signal.SIGINT, signal.SIGQUIT):  # fast, then at once (which recovers at the next start)
            os.kill(pid, how)
            if self._gone():
                return True
        raise PostgresError(f"The PostgreSQL server (process {pid}) does not end; see {self.place.log}.")

    def _gone(self) -> bool:
        if self._child is not None:
            try:
                self._child.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                return False
            self._child = None
        return process.wait_until_gone(self.place.data, _STOP_SECONDS)

    def _set_strangers_aside(self) -> None:
        """A cluster whose data folder was removed is kept once under another name, not served to its successor."""
        if not self.place.root or not self.place.data.exists() or belongs(self.place):
            return
        self.stop_locked()
        former = self.place.data.with_name("data.former")
        shutil.rmtree(former, ignore_errors=True)
        self.place.data.rename(former)

    def _make(self, account: Account, binaries: Path, log: int) -> None:
        self.place.data.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        cluster.make(self.place, account, binaries, log, durable=self.durable)
        mark(self.place)

    def _coming_up(self) -> bool:
        """True when a server of this cluster is there but not ready yet; clears what a killed one left behind.

        PostgreSQL sees through a dead process id by itself, with a check of its own against backends that live on;
        only a number that exists and is not this server's fools it, or a file without a number.
        """
        recorded, pid = self.place.data / "postmaster.pid", process.recorded_pid(self.place.data)
        if not recorded.exists() or (pid is not None and not process.exists(pid)):
            return False
        if pid is not None and process.serves(pid, self.place.data):
            return True
        if not process.wait_until_gone(self.place.data, _STOP_SECONDS):
            # Removing the pid file under them would let two servers write one cluster.
            raise PostgresError(
                f"Processes {process.left_over(self.place.data)} of a server that died still work in "
                f"{self.place.data}. End them and start again."
            )
        for stale in (recorded, self.place.home / ".s.PGSQL.5432.lock"):
            stale.unlink(missing_ok=True)
        return False

    def _launch(self, account: Account, binaries: Path, log: int) -> subprocess.Popen[bytes]:
        """A session of its own and cwd `/`: Ctrl-C in a terminal and an unmounted folder do not reach it."""
        command = [str(binaries / "bin" / "postgres"), "-D", str(self.place.data), "-k", str(self.place.home)]
        own = {"shared_buffers": f"{_buffers()}MB"} if self.durable else _FAST
        for name, value in (_SETTINGS | own).items():
            command += ["-c", f"{name}={value}"]
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            env=cluster.ENVIRONMENT,
            user=account.user,
            group=account.group,
            extra_groups=account.groups,
        )

    def _await_ready(self, binaries: Path) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not cluster.ready(binaries, self.place):
            ended = self._child is not None and self._child.poll() is not None
            if ended or time.monotonic() > deadline:
                raise PostgresError(
                    f"PostgreSQL did not come up. Its last words (all in {self.place.log}):\n{self._last_words()}"
                )
            time.sleep(0.02)

    def _open_log(self) -> BinaryIO:
        keep = self.place.log.exists() and self.place.log.stat().st_size < 10_000_000
        return self.place.log.open("ab") if keep else self.place.log.open("wb")

    def _last_words(self) -> str:
        return "\n".join(self.place.log.read_text(errors="replace").splitlines()[-5:])


def _buffers() -> int:
    """Megabytes of the server's own page cache: an eighth of the machine's memory, 128 to 512.

    The default of 128 does not hold the indexes of three hundred thousand visits: a booking read eight pages anew.
    """
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_048_576
    return max(128, min(512, machine // 8))
