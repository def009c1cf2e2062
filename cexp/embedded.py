"""The PostgreSQL that comes with the product: made, started and stopped by those who use it.

Everyone who uses the server holds a shared lock for as long as they do; the first one in starts it, the last
one out stops it (``keeper`` does where the last one was killed). A second lock, the gate, is held for a
moment while coming and going, so that two never start or stop it at once.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from cexp import keeper, programs
from cexp.programs import UNPRIVILEGED, EmbeddedError, is_root

# As root the data lie here: the unprivileged server cannot enter a clone under a private home, and nothing
# empties this folder.
SHARED = Path("/var/lib/skill-ladder")
NAME = "skill_ladder"
PORT = "5432"
# A socket's path has room for 107 bytes.
LONGEST_FOLDER = 107 - len(f"/.s.PGSQL.{PORT}")
# Recovery after a crash of the machine may take its time.
START_WITHIN = 120.0
KEEPER = Path(keeper.__file__)
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One server with its data, in a folder of its own. Durable, unless it is thrown away after use."""

    home: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def sockets(self) -> Path:
        """The private folder of the socket: in the home, or a short one where that path is too long."""
        folder = self.home / "run"
        if len(os.fsencode(folder)) <= LONGEST_FOLDER:
            return folder
        return Path("/tmp") / f"{NAME}-{os.geteuid()}-{_digest(self.home)}"

    def address(self) -> dict[str, str]:
        """libpq's words for a connection."""
        return {"host": str(self.sockets), "port": PORT, "user": NAME, "dbname": NAME}


def of_project(project: Path) -> Cluster:
    """The cluster of a checkout: inside it, or for root in a folder named after its path."""
    project = project.resolve()
    return Cluster(home=SHARED / _digest(project) if is_root() else project / ".data")


@contextmanager
def running(cluster: Cluster, environ: Mapping[str, str], say: Say = print) -> Iterator[None]:
    """Have the server running inside the block, whether it ran before or not."""
    process = os.getpid()
    users, started = _enter(cluster, environ, say)
    try:
        yield
    finally:
        # A forked child that unwinds the same stack is not the one who came in.
        if os.getpid() == process:
            _leave(cluster, users, started)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _enter(
    cluster: Cluster, environ: Mapping[str, str], say: Say
) -> tuple[int, subprocess.Popen[bytes] | None]:
    try:
        _make_home(cluster)
        with keeper.locked(cluster.home / "gate"):
            users = os.open(cluster.home / "users", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(users, fcntl.LOCK_SH)
                return users, None if _answers(cluster) else _start(cluster, environ, say)
            except BaseException:
                os.close(users)
                raise
    except OSError as error:
        raise EmbeddedError(
            f"The embedded PostgreSQL needs {error.filename}: {error.strerror}. Make that possible, or set "
            "DATABASE_URL to a PostgreSQL that runs already."
        ) from error


def _leave(cluster: Cluster, users: int, started: subprocess.Popen[bytes] | None) -> None:
    stopped = keeper.stop_if_unused(cluster.home, users)
    os.close(users)
    if stopped and started is not None:
        started.wait()


def _make_home(cluster: Cluster) -> None:
    cluster.home.mkdir(parents=True, exist_ok=True)
    if is_root():
        for folder in (cluster.home, cluster.home.parent):
            # Entered, not listed, by the server's user.
            folder.chmod(folder.stat().st_mode | 0o011)
    _make_private(cluster.sockets)


def _make_private(folder: Path) -> None:
    """A folder for the server's user alone; nobody else may have made it beforehand."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if is_root():
        os.chown(folder, UNPRIVILEGED, UNPRIVILEGED, follow_symlinks=False)
    state = folder.lstat()
    if folder.is_symlink() or state.st_uid != (UNPRIVILEGED if is_root() else os.geteuid()):
        raise EmbeddedError(f"{folder} belongs to somebody else; remove it.")


def _answers(cluster: Cluster) -> bool:
    try:
        psycopg.connect(make_conninfo("", **cluster.address(), connect_timeout="5")).close()
    except psycopg.OperationalError:
        return False
    return True


def _start(cluster: Cluster, environ: Mapping[str, str], say: Say) -> subprocess.Popen[bytes]:
    bindir = programs.find(environ, SHARED)
    version = programs.major(bindir)
    if not cluster.data.exists():
        say(f"Creating the database (PostgreSQL {version}) in {cluster.home} …")
        _create(cluster, bindir)
    _check_version(cluster, version)
    _forget_stale(cluster.data / "postmaster.pid")
    started = _launch(cluster, bindir)
    deadline = time.monotonic() + START_WITHIN
    while not _answers(cluster):
        if started.poll() is not None or time.monotonic() > deadline:
            raise EmbeddedError(f"PostgreSQL did not start. The end of {cluster.log}:\n{_tail(cluster.log)}")
        time.sleep(0.03)
    return started


def _create(cluster: Cluster, bindir: Path) -> None:
    """Make the cluster with its database under another name first, so that a half-made one is never used."""
    staging = cluster.home / "cluster.new"
    shutil.rmtree(staging, ignore_errors=True)
    _make_private(staging)
    made = ["-D", staging, "-U", NAME, "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8"]
    _run([bindir / "initdb", *made, *([] if cluster.durable else ["--no-sync"])])
    _run([bindir / "postgres", "--single", "-D", staging, "postgres"], f"CREATE DATABASE {NAME}")
    staging.rename(cluster.data)


def _run(command: list[Any], text: str = "") -> None:
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"PATH": os.defpath},
        **_user(),
    )
    if done.returncode != 0 or "ERROR:" in done.stderr:
        raise EmbeddedError(f"{command[0].name} failed: {done.stderr.strip() or done.returncode}")


def _user() -> dict[str, Any]:
    return {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []} if is_root() else {}


def _check_version(cluster: Cluster, version: int) -> None:
    written = (cluster.data / "PG_VERSION").read_text().strip()
    if written != str(version):
        raise EmbeddedError(
            f"The data in {cluster.data} were written by PostgreSQL {written}, and this is {version}. Set "
            f"PG_BINDIR to the programs of PostgreSQL {written}, or move that folder away to begin anew."
        )


def _forget_stale(pid_file: Path) -> None:
    """Remove the lock file of a killed server where its process number was given to another program since."""
    if pid_file.exists():
        process = Path("/proc") / pid_file.read_text().split()[0] / "comm"
        if process.exists() and process.read_text().strip() != "postgres":
            pid_file.unlink()


def _launch(cluster: Cluster, bindir: Path) -> subprocess.Popen[bytes]:
    settings = [
        f"unix_socket_directories={cluster.sockets}",
        "listen_addresses=",
        "unix_socket_permissions=0700",
    ]
    if not cluster.durable:
        settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    options = [word for setting in settings for word in ("-c", setting)]
    server = [str(bindir / "postgres"), "-D", str(cluster.data), "-p", PORT, *options]
    user = str(UNPRIVILEGED) if is_root() else "-"
    durability = "durable" if cluster.durable else "throwaway"
    if cluster.log.exists():
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    with cluster.log.open("ab") as log:
        return subprocess.Popen(
            # A session of its own: Ctrl-C in the terminal is not for the server.
            [sys.executable, "-I", str(KEEPER), str(cluster.home), user, durability, *server],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
