"""No mail is sent twice: not by many senders, not after a crash, not when the mail server breaks off."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

from assessments.actions.claims import LATER as AN_HOUR
from assessments.actions.claims import claim_notice, next_claim
from assessments.actions.mail import Outcome, Post
from assessments.actions.notify import tell
from assessments.models import Assessment, MailPreference, Notice
from assessments.models.notice import NoticeKind, NoticeQuerySet
from people.models import User
from tests.assessments.mail_cases import crowd, prefer
from tests.assessments.mail_server import MailServer, running
from tests.assessments.report_cases import sent
from tests.assessments.review_cases import LATER
from tests.cast import Cast, answer_level

PROJECT = Path(__file__).resolve().parents[2]
SENDERS = 3
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running() as server:
        yield server


@pytest.fixture
def waiting(draft: Assessment, cast: Cast) -> Notice:
    """One mail to Marta, due at noon."""
    answer_level(draft, 3, 3)
    sent(draft)
    return Notice.objects.get()


def send(server: MailServer, at: dt.datetime = LATER) -> Outcome:
    """One pass, by SMTP."""
    return Post(connection=smtp(server), at=at).send_all()


def smtp(server: MailServer) -> EmailBackend:
    return EmailBackend(host="127.0.0.1", port=server.port, use_tls=False, timeout=10)


def state_of(notice: Notice) -> tuple[bool, bool, bool]:
    """Claimed, sent, dropped."""
    notice.refresh_from_db()
    return notice.claimed_at is not None, notice.sent_at is not None, notice.dropped_at is not None


def test_a_mail_goes_by_smtp_and_is_confirmed(waiting: Notice, server: MailServer, cast: Cast) -> None:
    """As plain text."""
    assert send(server) == Outcome(sent=1)
    (mail,) = server.accepted
    assert (mail["To"], mail.get_content_type()) == (cast.marta.email, "text/plain")
    assert state_of(waiting) == (True, True, False)


def test_without_a_mail_server_nothing_is_claimed(waiting: Notice, server: MailServer) -> None:
    """It goes out when there is one again."""
    with running() as gone:
        port = gone.port
    there_is_none = EmailBackend(host="127.0.0.1", port=port, use_tls=False, timeout=10)
    assert Post(connection=there_is_none, at=LATER).send_all() == Outcome(is_server_there=False)
    assert state_of(waiting) == (False, False, False)
    assert send(server) == Outcome(sent=1)


def test_a_server_that_accepts_and_hangs_up_is_not_asked_again(waiting: Notice, server: MailServer) -> None:
    """Nobody knows whether it was sent: it is counted, not sent again."""
    server.answers["DATA"] = "hang up"
    assert send(server) == Outcome(failed=1)
    server.answers.clear()
    assert send(server, LATER + HOUR * 24) == Outcome()
    assert len(server.accepted) == 1
    assert Notice.objects.never_confirmed(LATER + HOUR).get() == waiting


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_says_not_now_is_asked_an_hour_later(
    waiting: Notice, server: MailServer, verb: str
) -> None:
    """It has clearly not taken the mail."""
    server.answers[verb] = "451 not now"
    assert send(server) == Outcome(postponed=1)
    server.answers.clear()
    assert send(server, LATER + AN_HOUR - dt.timedelta(seconds=1)) == Outcome()
    assert send(server, LATER + AN_HOUR) == Outcome(sent=1)


def test_a_server_that_refuses_is_not_asked_again(
    waiting: Notice, server: MailServer, caplog: pytest.LogCaptureFixture, cast: Cast
) -> None:
    """The log names the notice and the answer, not the person."""
    server.answers["RCPT"] = "550 no such person"
    assert send(server) == Outcome(failed=1)
    assert send(server, LATER + HOUR * 24) == Outcome()
    assert f"Notices [{waiting.pk}] are not known to be sent: SMTPRecipientsRefused 550" in caplog.text
    assert cast.marta.email not in caplog.text


def test_one_mail_that_fails_does_not_hold_up_the_others(
    waiting: Notice, server: MailServer, cast: Cast
) -> None:
    """The next one has a connection of its own."""
    User.objects.filter(pk=cast.marta.pk).update(email="not\nan address")
    Notice.objects.create(
        recipient=cast.elena,
        kind=NoticeKind.SUBMITTED,
        transition=waiting.transition,
        happened_at=LATER,
        due_at=LATER,
    )
    assert send(server) == Outcome(sent=1, failed=1)


def test_the_mail_of_a_day_that_is_put_off_comes_the_same_day(
    waiting: Notice, server: MailServer, cast: Cast
) -> None:
    """Once."""
    prefer(cast.marta, is_daily=True)
    server.answers["DATA"] = "421 busy"
    assert send(server) == Outcome(postponed=1)
    assert MailPreference.objects.get().daily_sent_on is None
    server.answers.clear()
    assert send(server, LATER + HOUR) == Outcome(sent=1)
    assert send(server, LATER + HOUR * 2) == Outcome()


def test_a_sender_that_dies_before_the_server_heard_loses_its_mail_alone(
    waiting: Notice, server: MailServer
) -> None:
    """Its claim stays, and nobody else sends that mail."""
    assert next_claim(LATER) is not None
    assert send(server) == Outcome()
    assert Notice.objects.never_confirmed(LATER + HOUR).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [False, True])
def test_two_senders_claim_one_mail_once(
    waiting: Notice, is_guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ask at the same moment; without the lock on the row both would have it."""
    both_have_read = threading.Barrier(2)

    def unguarded(self: NoticeQuerySet) -> NoticeQuerySet:
        found = list(self.order_by("due_at", "id")[:1])
        both_have_read.wait(10)
        return self.model.objects.for_mail().filter(pk__in=[row.pk for row in found])

    if not is_guarded:
        monkeypatch.setattr(NoticeQuerySet, "free", unguarded)
    claims: list[object] = []
    at_once(lambda: claims.append(claim_notice(LATER)), 2)
    assert len([claim for claim in claims if claim]) == (1 if is_guarded else 2)


@pytest.mark.django_db(transaction=True)
def test_many_senders_send_each_mail_once(waiting: Notice, server: MailServer, cast: Cast) -> None:
    """Threads with connections of their own; some people want one mail a day."""
    people = crowd(waiting, 30)
    for someone in people[::3]:
        prefer(someone, is_daily=True)
        tell([someone], NoticeKind.CONTESTED, about=waiting.transition, by=cast.ana)
    outcomes: list[Outcome] = []
    at_once(lambda: outcomes.append(send(server)), SENDERS)
    assert sum(outcome.sent for outcome in outcomes) == 31
    assert set(Counter(mail["To"] for mail in server.accepted).values()) == {1}


def at_once(do: Callable[[], object], times: int) -> None:
    """In threads with connections of their own."""

    def alone() -> None:
        try:
            do()
        finally:
            connection.close()

    threads = [threading.Thread(target=alone) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
