"""The embedded server: started once, found again, and up again after every way it can have died."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from visita.foundation.postgres import PostgresError, Server, binaries, kept_up, lease, place_for, process
from visita.foundation.postgres.account import account_for

_START = "import sys, pathlib; from visita.foundation.postgres import Server, place_for; \
print(Server(place_for(pathlib.Path(sys.argv[1])), durable=False).start())"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose cluster all tests of this file share, as starting is what they are about."""
    folder = tmp_path_factory.mktemp("cluster")
    yield folder
    Server(place_for(folder)).stop()
    shutil.rmtree(place_for(folder).home, ignore_errors=True)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    server = Server(place_for(folder), durable=False)
    yield server
    server.stop()


def _pid(server: Server) -> int:
    pid = process.recorded_pid(server.place.data)
    assert pid is not None
    return pid


def _one(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_two_processes_at_once_get_one_server(folder: Path, server: Server) -> None:
    command = [sys.executable, "-c", _START, str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sorted(process.communicate()[0].strip() for process in both) == ["False", "True"]
    assert server.running()


def test_starts_once_and_stops(server: Server) -> None:
    assert (server.start(), server.start(), server.running()) == (True, False, True)
    assert (server.stop(), server.stop(), server.running()) == (True, False, False)


def test_roles_database_and_locale(server: Server) -> None:
    server.start()
    url = server.place.url()
    assert len(str(server.place.socket)) < 100
    assert server.place.home.stat().st_mode & 0o777 == 0o700
    assert _one(url, "SELECT lower('ЯÄ')") == "яä"
    assert _one(url, "SHOW lock_timeout") == "3s"
    assert _one(url, "SHOW timezone") == "UTC"
    assert (
        _one(url, "SELECT count(*) FROM pg_roles WHERE rolname ~ '^visita' AND (rolsuper OR rolbypassrls)")
        == 0
    )
    assert (
        _one(
            server.place.url("visita_owner"),
            "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'visita'",
        )
        == "visita_owner"
    )


def test_starts_again_after_the_server_was_killed(server: Server) -> None:
    server.start()
    os.kill(_pid(server), signal.SIGKILL)
    assert Server(server.place, durable=False).start()
    assert server.running()


@pytest.mark.parametrize(
    "stale", ["999999999", str(os.getpid()), "rubbish", ""], ids=["dead", "reused", "broken", "empty"]
)
def test_believes_no_stale_process_id(server: Server, stale: str) -> None:
    server.start()
    server.stop()
    (server.place.data / "postmaster.pid").write_text(stale + ("\n" if stale else ""))
    assert server.start()


def test_reads_the_process_id_in_a_folder_of_any_letters(tmp_path: Path) -> None:
    data = tmp_path / "Данные"
    data.mkdir()
    (data / "postmaster.pid").write_text(f"4711\n{data}\n", encoding="utf-8")
    assert process.recorded_pid(data) == 4711


def test_believes_no_zombie(server: Server) -> None:
    server.start()
    server.stop()
    with subprocess.Popen(["true"]) as dead:  # nobody reaps it inside the block, as a slow init would
        while process.recorded_pid(server.place.data) is None:
            (server.place.data / "postmaster.pid").write_text(f"{dead.pid}\n")
        assert server.start()


def test_last_lease_out_stops_the_server(server: Server) -> None:
    with lease(server) as first:
        with lease(Server(server.place)) as second:
            assert (first, second) == (True, False)
        assert server.running()
    assert not server.running()


def test_lease_leaves_a_server_that_was_up(server: Server) -> None:
    server.start()
    with lease(Server(server.place)) as started:
        assert not started
    assert server.running()


def test_keeper_revives_a_server_that_died(server: Server) -> None:
    with lease(server), kept_up(server):
        os.kill(_pid(server), signal.SIGKILL)
        deadline = time.monotonic() + 60
        while not server.running():
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_cluster_of_a_removed_data_folder_is_set_aside(server: Server, folder: Path) -> None:
    if os.getuid() != 0:
        assert server.place.data.is_relative_to(folder)
        return
    server.start()
    with psycopg.connect(server.place.url("visita_owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE old ()")
    server.place.marker.unlink()
    Server(server.place, durable=False).start()
    assert _one(server.place.url("visita_owner"), "SELECT count(*) FROM pg_class WHERE relname = 'old'") == 0
    assert server.place.home.joinpath("data.former").is_dir()


def test_copies_programs_that_the_servers_user_cannot_reach(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = binaries.find().parent
    for name in (f"{package.name}/pginstall18", f"{package.name}.libs"):
        shutil.copytree(package.parent / name, tmp_path / "closed" / name)
    (tmp_path / "closed").chmod(0o700)
    monkeypatch.setattr(binaries, "find", lambda: tmp_path / "closed" / package.name / "pginstall18")
    server.start()
    server.stop()
    account = account_for(root=os.getuid() == 0)
    found = binaries.reachable(account, server.place.home)
    assert found.is_relative_to(server.place.home if account.switch else tmp_path)
    done = account.run([str(found / "bin" / "initdb"), "--version"], subprocess.DEVNULL, {})
    assert done.returncode == 0


def test_refuses_a_home_of_someone_else(tmp_path: Path) -> None:
    place = place_for(tmp_path)
    place.home.mkdir(mode=0o755)
    try:
        with pytest.raises(PostgresError, match="not a private folder"):
            Server(place).start()
    finally:
        place.home.rmdir()


def test_says_why_it_does_not_come_up(server: Server) -> None:
    server.start()
    server.stop()
    control = server.place.data / "global" / "pg_control"
    kept = control.read_bytes()
    control.unlink()
    began = time.monotonic()
    with pytest.raises(PostgresError, match="did not come up"):
        server.start()
    assert time.monotonic() - began < 45  # not the minute that a start may take
    control.write_bytes(kept)
    shutil.chown(control, server.place.data.owner(), server.place.data.group())
