"""The embedded PostgreSQL, with real processes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from cexp import embedded, keeper
from cexp.embedded import Cluster
from cexp.programs import EmbeddedError
from tests.cluster import new_home

PROJECT = Path(__file__).resolve().parents[2]
# Somebody who comes in, says so, and stays until they are told to go.
USER = """
import os, sys
from pathlib import Path
from cexp import embedded
with embedded.running(embedded.Cluster(home=Path(sys.argv[1])), os.environ, say=lambda line: None):
    print("in", flush=True)
    sys.stdin.read()
"""
# A child that unwinds the stack, as a worker of the web server does at its end.
FORK = """
    child = os.fork()
    if not child:
        sys.exit()
    os.waitpid(child, 0)
    (Path(sys.argv[1]) / "forked").touch()
"""


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster(home=new_home())
    yield cluster
    wait_for(lambda: keeper.running(cluster.data) is None)
    shutil.rmtree(cluster.home)
    shutil.rmtree(cluster.sockets, ignore_errors=True)


@contextmanager
def in_use(cluster: Cluster) -> Iterator[list[str]]:
    """The server running, and what was said while it started."""
    said: list[str] = []
    with embedded.running(cluster, os.environ, say=said.append):
        yield said


def query(cluster: Cluster, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(
        " ".join(f"{word}={value}" for word, value in cluster.address().items())
    ) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def user(cluster: Cluster) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(cluster.home)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_until_in(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"


def let_go(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=180)
    return process.returncode


def wait_for(condition: Callable[[], bool], within: float = 120) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_server_runs_inside_the_block_only(cluster: Cluster) -> None:
    """The first one in makes and starts it; when the last one is out, nothing of it is left running."""
    with in_use(cluster) as said:
        assert query(cluster, "SELECT 1") == [(1,)]
        assert keeper.running(cluster.data) is not None
    assert [line.startswith("Creating the database") for line in said] == [True]
    assert keeper.running(cluster.data) is None
    assert not (cluster.data / "postmaster.pid").exists()


def test_it_is_durable_private_and_folds_every_letter(cluster: Cluster) -> None:
    """Committed data reach the disk, nobody connects over the network, and case folds beyond ASCII."""
    with in_use(cluster):
        settings = "SELECT current_setting('fsync'), current_setting('listen_addresses'), lower('ÇЖ')"
        assert query(cluster, settings) == [("on", "", "çж")]
        assert cluster.sockets.stat().st_mode & 0o077 == 0
        assert cluster.data.stat().st_mode & 0o077 == 0


def test_a_second_start_finds_the_data(cluster: Cluster) -> None:
    """What was committed before is there, and nothing is made anew."""
    with in_use(cluster):
        query(cluster, "CREATE TABLE kept AS SELECT 'yes' AS word")
    with in_use(cluster) as said:
        assert query(cluster, "SELECT word FROM kept") == [("yes",)]
    assert said == []


def test_the_server_stays_while_another_uses_it(cluster: Cluster) -> None:
    """The one who started it may leave first; the last one out stops it."""
    first, second = user(cluster), user(cluster)
    wait_until_in(first)
    wait_until_in(second)
    assert let_go(first) == 0
    assert query(cluster, "SELECT 1") == [(1,)]
    assert let_go(second) == 0
    assert keeper.running(cluster.data) is None


def test_those_who_come_at_once_share_one_server(cluster: Cluster) -> None:
    """Simultaneous first starts make one cluster and one server."""
    users = [user(cluster) for _ in range(4)]
    for process in users:
        wait_until_in(process)
    assert query(cluster, "SELECT 1") == [(1,)]
    assert [let_go(process) for process in users] == [0, 0, 0, 0]
    assert keeper.running(cluster.data) is None


def test_the_keeper_stops_it_when_the_last_user_was_killed(cluster: Cluster) -> None:
    """A user who is killed leaves no server behind, and no damage."""
    process = user(cluster)
    wait_until_in(process)
    query(cluster, "CREATE TABLE kept AS SELECT 'yes' AS word")
    process.kill()
    process.communicate()
    wait_for(lambda: keeper.running(cluster.data) is None)
    with in_use(cluster):
        assert query(cluster, "SELECT word FROM kept") == [("yes",)]


def test_a_killed_server_recovers_at_the_next_start(cluster: Cluster) -> None:
    """What was committed survives a crash of the server, whose lock file is left over."""
    with in_use(cluster):
        query(cluster, "CREATE TABLE kept AS SELECT 'yes' AS word")
        number = keeper.running(cluster.data)
        assert number is not None
        os.kill(number, signal.SIGKILL)
        wait_for(lambda: keeper.running(cluster.data) is None)
        assert (cluster.data / "postmaster.pid").exists()
    with in_use(cluster):
        assert query(cluster, "SELECT word FROM kept") == [("yes",)]


def test_a_lock_file_with_the_number_of_another_program_is_no_hindrance(cluster: Cluster) -> None:
    """After a crash the server's number may be another program's, which is left alone."""
    with in_use(cluster):
        lines = (cluster.data / "postmaster.pid").read_text().splitlines()
    other = subprocess.Popen(["sleep", "60"])
    (cluster.data / "postmaster.pid").write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
    with in_use(cluster):
        assert query(cluster, "SELECT 1") == [(1,)]
    assert other.poll() is None
    other.kill()
    other.wait()


def test_ctrl_c_ends_the_user_and_then_the_server(cluster: Cluster) -> None:
    """An interrupt of the whole process group stops the server in order: it is the last user's to stop."""
    process = user(cluster)
    wait_until_in(process)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=180)
    assert keeper.running(cluster.data) is None
    assert "database system is shut down" in cluster.log.read_text()


def test_a_forked_child_does_not_stop_the_server(cluster: Cluster) -> None:
    """A worker that ends and unwinds its copy of the stack is not the one who came in."""
    forking = USER.replace('print("in", flush=True)', FORK)
    process = subprocess.Popen(
        [sys.executable, "-c", forking, str(cluster.home)], cwd=PROJECT, stdin=subprocess.PIPE, text=True
    )
    wait_for(lambda: (cluster.home / "forked").exists())
    assert query(cluster, "SELECT 1") == [(1,)]
    assert let_go(process) == 0
    assert keeper.running(cluster.data) is None


def test_a_half_made_cluster_is_made_again(cluster: Cluster) -> None:
    """A start that was killed while it made the cluster is no hindrance to the next one."""
    (cluster.home / "cluster.new").mkdir()
    (cluster.home / "cluster.new" / "PG_VERSION").write_text("18\n")
    with in_use(cluster):
        assert query(cluster, "SELECT 1") == [(1,)]


def test_data_of_another_version_are_left_alone(cluster: Cluster) -> None:
    """Another major version's data are named, with the two ways out, and not touched."""
    with in_use(cluster):
        pass
    (cluster.data / "PG_VERSION").write_text("9\n")
    with (
        pytest.raises(EmbeddedError, match=r"written by PostgreSQL 9, and this is .* PG_BINDIR .* move"),
        in_use(cluster),
    ):
        pass


def test_a_server_that_does_not_start_says_why(cluster: Cluster) -> None:
    """The end of the server's log is in the message."""
    with in_use(cluster):
        pass
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write("nonsense = 1\n")
    with (
        pytest.raises(EmbeddedError, match='unrecognized configuration parameter "nonsense"'),
        in_use(cluster),
    ):
        pass


def test_a_path_too_long_for_a_socket_is_none_for_the_data() -> None:
    """The socket of a deep folder lies in a short, private one."""
    deep = new_home()
    cluster = Cluster(home=deep / ("d" * 120), durable=False)
    try:
        with in_use(cluster):
            assert query(cluster, "SELECT 1") == [(1,)]
            assert len(os.fsencode(cluster.sockets)) < 60
            assert cluster.sockets.stat().st_mode & 0o077 == 0
    finally:
        shutil.rmtree(cluster.sockets)
        shutil.rmtree(deep)


def test_a_throwaway_cluster_is_gone_after_use() -> None:
    """The folder of the tests' own server is removed by its keeper."""
    cluster = Cluster(home=new_home(), durable=False)
    with in_use(cluster):
        assert query(cluster, "SELECT current_setting('fsync')") == [("off",)]
    assert not cluster.home.exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where the cluster cannot be, the message names the place and the way out."""
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(EmbeddedError, match=r"needs .*file.*DATABASE_URL"),
        in_use(Cluster(home=tmp_path / "file" / "x")),
    ):
        pass


def test_each_project_has_its_own_cluster(tmp_path: Path) -> None:
    """Two checkouts do not share their data; one and the same finds its own again."""
    here, there = embedded.of_project(tmp_path / "a"), embedded.of_project(tmp_path / "b")
    assert here.home != there.home
    assert embedded.of_project(tmp_path / "b" / ".." / "a") == here
