"""``manage.py send_notices``: what it says, how it ends, and many of it at once."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.conninfo import make_conninfo
from pytest_django import Settings

from assessments.models import Assessment, Notice
from people.clock import now
from tests.assessments.mail_cases import crowd
from tests.assessments.mail_server import MailServer, running
from tests.assessments.report_cases import sent
from tests.cast import answer_level

PROJECT = Path(__file__).resolve().parents[2]
SENDERS = 3


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running() as server:
        yield server


@pytest.fixture
def waiting(draft: Assessment) -> Notice:
    """One mail, due now."""
    answer_level(draft, 3, 3)
    sent(draft)
    Notice.objects.update(happened_at=now(), due_at=now())
    return Notice.objects.get()


@pytest.mark.django_db(transaction=True)
def test_many_processes_send_each_mail_once(waiting: Notice, server: MailServer) -> None:
    """Told to end, each ends by itself, between two mails."""
    crowd(waiting, 30)
    Notice.objects.update(due_at=now() + dt.timedelta(hours=1))
    processes = [sender(server, f"sender-{number}") for number in range(SENDERS)]
    try:
        wait_for(lambda: connected() == SENDERS)
        Notice.objects.update(due_at=now())
        wait_for(lambda: not Notice.objects.waiting().exists() and len(server.accepted) == 31)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
    assert [process.wait(30) for process in processes] == [0] * SENDERS
    assert set(Counter(mail["To"] for mail in server.accepted).values()) == {1}
    assert not Notice.objects.never_confirmed(now()).exists()


@pytest.mark.django_db(transaction=True)
def test_a_sender_ends_with_who_started_it(server: MailServer) -> None:
    """However that one ended: here a shell that is gone at once. What it was given to write to is closed."""
    start = f"{sys.executable} manage.py send_notices --forever --with-parent=$$ &"
    environ = {**os.environ, **addresses(server)}
    done = subprocess.run(["sh", "-c", start], cwd=PROJECT, env=environ, capture_output=True, timeout=60)
    assert done.returncode == 0


def test_a_pass_says_what_it_did(waiting: Notice, capsys: pytest.CaptureFixture[str]) -> None:
    """For a timer, or a look."""
    call_command("send_notices")
    assert (
        capsys.readouterr().out == "Mails sent: 1. To be tried later: 0. Never confirmed, of all times: 0.\n"
    )


def test_a_pass_that_failed_ends_with_an_error(
    waiting: Notice, server: MailServer, settings: Settings
) -> None:
    """So that a timer tells somebody."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.answers["RCPT"] = "550 no"
    with pytest.raises(CommandError, match="Not every mail is known to be sent"):
        call_command("send_notices")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("IS_PRODUCTION", True, "set EMAIL_HOST"), ("SITE_ADDRESS", "https://*", "need SITE_ADDRESS")],
)
def test_without_a_server_or_a_site_it_does_not_begin(
    db: None, settings: Settings, name: str, value: object, said: str
) -> None:
    """It says what to set."""
    setattr(settings, name, value)
    with pytest.raises(CommandError, match=said):
        call_command("send_notices")


def sender(server: MailServer, name: str) -> subprocess.Popen[bytes]:
    """The program as it runs in production, under a name that the database knows."""
    command = [sys.executable, "manage.py", "send_notices", "--forever"]
    return subprocess.Popen(command, cwd=PROJECT, env={**os.environ, **addresses(server, name)})


def addresses(server: MailServer, name: str = "") -> dict[str, str]:
    """Of the tests' database and mail server, for a process of its own."""
    here = connection.settings_dict
    words = {
        "dbname": here["NAME"],
        "user": here["USER"],
        "host": here["HOST"],
        "port": here["PORT"],
        "application_name": name,
    }
    database = make_conninfo("", **{word: value for word, value in words.items() if value})
    return {"DATABASE_URL": database, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(server.port)}


def connected() -> int:
    """How many senders have spoken to the database: from then on they listen to signals themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT application_name) FROM pg_stat_activity"
            " WHERE application_name LIKE 'sender-%'"
        )
        row: tuple[int] = cursor.fetchone()
    return row[0]


def wait_for(is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_done():
        assert time.monotonic() < deadline, "It takes too long."
        time.sleep(0.05)
