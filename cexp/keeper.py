"""The process that keeps the embedded PostgreSQL: its parent, in a session of its own.

It stops the server when nobody uses it any more, also when the last user was killed before it could do so.
Run by its path, with the standard library alone, so that it starts in no time.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

LOOK_EVERY = 1.0
STOP_WITHIN = 60.0


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file alone; the lock dies with its process, so none is ever left over."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_last(users: int) -> bool:
    """Turn an open lock of the users into one held alone, where nobody else has one.

    Call it behind the gate only: a failed turn gives up the lock that was held.
    """
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def running(data: Path) -> int | None:
    """The process number of the server of this folder, or nothing where none listens.

    Its lock file outlives a crash and numbers are given again, so what counts is that its socket is answered.
    """
    with suppress(OSError, ValueError, IndexError), socket.socket(socket.AF_UNIX) as probe:
        lines = (data / "postmaster.pid").read_text().splitlines()
        probe.connect(f"{lines[4]}/.s.PGSQL.{lines[3]}")
        return int(lines[0])
    return None


def stop(data: Path) -> None:
    """Stop the server of this folder if it runs: what is open is rolled back, what is committed stays."""
    process = running(data)
    if process is None:
        return
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGINT)
    deadline = time.monotonic() + STOP_WITHIN
    while (data / "postmaster.pid").exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def stop_if_unused(home: Path, users: int) -> bool:
    with locked(home / "gate"):
        if not is_last(users):
            return False
        stop(home / "cluster")
        return True


def keep(home: Path, command: Sequence[str], user: int | None) -> int:
    """Run the server until it ends or nobody uses it; answer its exit code."""
    server: subprocess.Popen[bytes] = subprocess.Popen(
        command,
        cwd="/",
        env={"PATH": os.defpath},
        stdin=subprocess.DEVNULL,
        umask=0o077,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
    ended = threading.Event()
    threading.Thread(target=_tell, args=(server, ended), daemon=True).start()
    users = os.open(home / "users", os.O_RDWR | os.O_CREAT, 0o600)
    while not ended.wait(LOOK_EVERY):
        if stop_if_unused(home, users):
            ended.wait(STOP_WITHIN)
    return server.returncode


def _tell(server: subprocess.Popen[bytes], ended: threading.Event) -> None:
    server.wait()
    ended.set()


def main(arguments: Sequence[str]) -> int:
    """Arguments: home folder, user number or -, "durable" or "throwaway", then the server's command."""
    home, user, durability, *command = arguments
    code = keep(Path(home), command, None if user == "-" else int(user))
    if durability == "throwaway":
        shutil.rmtree(home, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
