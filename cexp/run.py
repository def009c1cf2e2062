"""``make run``: the database, the product on it, the address; Ctrl-C ends all of it."""

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gunicorn.app import wsgiapp

from cexp import database

PROJECT = Path(__file__).resolve().parent.parent


def say(line: str) -> None:
    print(line, flush=True)


def port(environ: Mapping[str, str]) -> int:
    """The port to serve on. Ends the start with a clear message where it is none, or taken."""
    given = environ.get("PORT", "").strip() or "8000"
    if not (given.isascii() and given.isdecimal() and 0 < int(given) < 65536):
        sys.exit(f"PORT must be a number from 1 to 65535, not {given!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(given)))
        except OSError as error:
            sys.exit(_refused(given, error))
    return int(given)


def _refused(given: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {given} is taken by another program. Choose another: make run PORT=8001"
    return f"Port {given} cannot be used: {error.strerror}. Choose another: make run PORT=8001"


def prepare() -> bool:
    """Prepare in a process of its own, so that this one stays small; whether that succeeded."""
    return subprocess.run([sys.executable, "-m", "cexp.prepare"], check=False).returncode == 0


@contextmanager
def mailing() -> Iterator[None]:
    """Mails are sent as they become due, by a process beside the one that serves the pages."""
    process = os.getpid()
    command = [sys.executable, "manage.py", "send_notices", "--forever", f"--with-parent={process}"]
    # In a group of its own: Ctrl-C reaches it through us, between two mails.
    sender = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.DEVNULL, process_group=0)
    try:
        yield
    finally:
        # A forked child that unwinds the same stack has not started it.
        if os.getpid() == process:
            sender.terminate()
            sender.wait()


def serve() -> None:
    sys.argv = ["gunicorn", "--config", "python:cexp.serving", "cexp.wsgi"]
    wsgiapp.run()


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cexp.settings")
    os.environ["PORT"] = str(port(os.environ))
    os.environ["CEXP_ANNOUNCE"] = "1"
    try:
        with database.available(os.environ, say):
            if not prepare():
                sys.exit("The preparations failed: see the message above.")
            say("Starting …")
            with mailing():
                serve()
    except database.EmbeddedError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
