"""What is measured runs here: a throwaway PostgreSQL, and gunicorn processes of their own on it."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

from cexp import embedded
from tests.cluster import FOREIGN, new_home
from tools.bench.client import BenchError, Connection, Request

PROJECT = Path(__file__).resolve().parents[2]
START_WITHIN = 60.0
PRODUCT = "cexp.settings"
LIMITS = "tools.bench.limits_settings"


@contextmanager
def cluster() -> Iterator[embedded.Cluster]:
    """A server that nobody else uses, gone with its data afterwards; it need not survive a crash."""
    made = embedded.Cluster(home=new_home(), durable=False)
    with embedded.running(made, os.environ, say=lambda line: None):
        yield made


def environment(made: embedded.Cluster, database: str, *, secret: str) -> dict[str, str]:
    """Production's settings, behind a proxy that ends TLS, whatever the shell says."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {
        **kept,
        "CEXP_ENV": "production",
        "SECRET_KEY": secret,
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "TLS_TERMINATED_BY_PROXY": "1",
        "DATABASE_URL": make_conninfo("", **{**made.address(), "dbname": database}),
        "DJANGO_SETTINGS_MODULE": PRODUCT,
    }


def new_secret() -> str:
    return secrets.token_urlsafe(60)


def run(environ: Mapping[str, str], *arguments: str, given: str = "") -> str:
    """What a step of the bench in a process of its own prints."""
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=PROJECT, env=environ, input=given, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise BenchError(f"{' '.join(arguments)} failed.")
    return done.stdout


@dataclass(frozen=True, kw_only=True)
class Server:
    port: int
    pid: int

    def workers(self) -> list[int]:
        """The processes that answer, where the system tells."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(word) for word in listed.read_text().split()] if listed.exists() else []


@contextmanager
def serving(environ: Mapping[str, str], *, settings: str = PRODUCT) -> Iterator[Server]:
    """Gunicorn with our settings of it, on a free port, once it answers."""
    port = _free_port()
    application = "cexp.wsgi" if settings == PRODUCT else "django.core.wsgi:get_wsgi_application()"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:cexp.serving", application]
    known = {**environ, "PORT": str(port), "DJANGO_SETTINGS_MODULE": settings}
    process = subprocess.Popen(command, cwd=PROJECT, env=known)
    try:
        _wait(port, process)
        yield Server(port=port, pid=process.pid)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until a worker answers, whatever it answers: the port is open before there is one."""
    deadline = time.monotonic() + START_WITHIN
    while True:
        try:
            with Connection(port) as connection:
                connection.fetch(Request(path="/healthz"))
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise BenchError("The server did not start.") from None
            time.sleep(0.05)


def resident(pid: int, *, peak: bool) -> int | None:
    """Bytes of a process in memory, now or at the most; None where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    name = "VmHWM:" if peak else "VmRSS:"
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), None)


def forget_peak(pid: int) -> None:
    references = Path(f"/proc/{pid}/clear_refs")
    if references.exists():
        references.write_text("5")
