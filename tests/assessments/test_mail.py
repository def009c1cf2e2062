"""Mails about assessments: to whom, when, in which words, and what they do not say."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from assessments.actions.delegation import delegate_reviews
from assessments.actions.notify import MAIL_AFTER, tell
from assessments.actions.send import withdraw
from assessments.models import Assessment, MailPreference, Notice, State, Submission, Transition
from assessments.models.notice import NoticeKind
from assessments.results.letters import WORDS, address_of, letter_about, letter_of_the_day
from people.clock import start_of
from people.models import InterfaceLanguage, User
from tests.assessments.mail_cases import IN_REVIEW, changed, decided, prefer, send
from tests.assessments.report_cases import reviewed
from tests.assessments.review_cases import LATER
from tests.cast import NOON, Cast, evidence

SITE = "https://ladder.example.org"
HOUR = dt.timedelta(hours=1)
# Noon in UTC is nine in the morning of São Paulo: the mail of the day may leave.
NEXT_DAY = NOON + dt.timedelta(days=1)
BEFORE_EIGHT = NEXT_DAY - dt.timedelta(hours=1, seconds=1)


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.SITE_ADDRESS = SITE


@pytest.fixture
def decision(submission: Submission, cast: Cast) -> Transition:
    """Validated an hour later; the manager's mail is gone by then."""
    send()
    return decided(submission.assessment, cast.marta)


def test_what_is_sent_is_mailed_to_the_manager(submission: Submission, cast: Cast) -> None:
    """With the link to it, and to what mails they want."""
    (mail,) = send()
    assert mail.to == [cast.marta.email]
    assert f"{SITE}/reviews/{submission.pk}/\n" in mail.body
    assert f"{SITE}/profile/mail/\n" in mail.body
    assert Notice.objects.get().sent_at == LATER


def test_what_was_mailed_is_not_mailed_again(submission: Submission) -> None:
    assert len(send()) == 1
    assert send(LATER + HOUR) == []


def test_before_it_is_due_it_waits(decision: Transition) -> None:
    """A decision can be taken back for 15 minutes."""
    assert send(LATER + dt.timedelta(minutes=15)) == []
    assert len(send(LATER + MAIL_AFTER)) == 1


def test_a_decision_that_is_taken_back_is_never_mailed(
    submission: Submission, decision: Transition, cast: Cast
) -> None:
    changed(submission.assessment, State.IN_REVIEW, by=cast.marta, **IN_REVIEW)
    assert send(LATER + MAIL_AFTER) == []


def test_what_was_taken_back_is_mailed_as_such(submission: Submission, cast: Cast) -> None:
    """The link leads to what still waits."""
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    (mail,) = send()
    assert mail.to == [cast.marta.email]
    assert f"{SITE}/reviews/\n" in mail.body


def test_the_employee_is_led_to_the_decision(decision: Transition, cast: Cast) -> None:
    """Where it can be answered."""
    (mail,) = send(LATER + HOUR)
    assert mail.to == [cast.ana.email]
    assert f"{SITE}/assessments/{decision.assessment_id}/answer/\n" in mail.body


def test_every_link_leads_to_a_page_of_its_reader(submission: Submission, client: Client, cast: Cast) -> None:
    """HR, who chooses a reviewer; the first reviewer; who decides; the employee."""
    about = Transition.objects.get()
    links = [(cast.helena, NoticeKind.NO_REVIEWER), (cast.marta, NoticeKind.SUBMITTED)]
    assert [status_of(client, *link, about) for link in links] == [200, 200]
    reviewed(submission, by=cast.marta)
    contested = Transition.objects.latest("id")
    Assessment.objects.update(contested_at=LATER)
    links = [
        (cast.helena, NoticeKind.NO_REVIEWER),
        (cast.marta, NoticeKind.CONTESTED),
        (cast.elena, NoticeKind.TO_DECIDE),
        (cast.ana, NoticeKind.VALIDATED),
        (cast.ana, NoticeKind.EVIDENCE_READ),
        (cast.ana, NoticeKind.REOPENED),
    ]
    assert [status_of(client, *link, contested) for link in links] == [200] * 6


def status_of(client: Client, reader: User, kind: NoticeKind, about: Transition) -> int:
    """Of the page that the mail about it leads to."""
    at_noon = {"transition": about, "happened_at": NOON, "due_at": NOON}
    Notice.objects.filter(recipient=reader).delete()
    Notice.objects.create(recipient=reader, kind=kind, **at_noon)
    notice = Notice.objects.for_mail().get(recipient=reader)
    client.force_login(reader)
    return client.get(address_of(notice).removeprefix(SITE), follow=True).status_code


def test_who_is_deactivated_meanwhile_gets_none(submission: Submission, cast: Cast) -> None:
    """It is dropped, and not kept for later."""
    cast.marta.is_active = False
    cast.marta.save()
    assert send() == []
    assert Notice.objects.get().dropped_at == LATER


def test_a_kind_that_is_switched_off_is_not_mailed(submission: Submission, cast: Cast) -> None:
    """The others are."""
    prefer(cast.marta, "submitted")
    assert send() == []
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    assert len(send()) == 1


def test_what_is_a_week_old_is_no_news(submission: Submission) -> None:
    """A sender that was forgotten does not flood anybody."""
    assert send(NOON + dt.timedelta(days=7)) == []
    assert Notice.objects.get().dropped_at is not None


def test_who_wants_one_mail_a_day_gets_it_from_eight_on(submission: Submission, cast: Cast) -> None:
    """In the organisation's time zone, whatever waits by then."""
    prefer(cast.marta, is_daily=True)
    MailPreference.objects.update(daily_sent_on=NOON.date())
    assert send() == []
    assert send(BEFORE_EIGHT) == []
    (mail,) = send(BEFORE_EIGHT + dt.timedelta(seconds=1))
    assert mail.to == [cast.marta.email]
    assert MailPreference.objects.get().daily_sent_on == NEXT_DAY.date()


def test_the_mail_of_a_day_comes_once_a_day(submission: Submission, cast: Cast) -> None:
    """What comes after it waits for the next day."""
    prefer(cast.marta, is_daily=True)
    assert len(send(NEXT_DAY)) == 1
    about = Transition.objects.get()
    tell([cast.marta], NoticeKind.CONTESTED, about=about, by=cast.ana, at=NEXT_DAY)
    assert send(NEXT_DAY + HOUR) == []
    assert len(send(NEXT_DAY + dt.timedelta(days=1))) == 1


def test_the_mail_of_a_day_has_a_line_for_each_kind(submission: Submission, cast: Cast) -> None:
    """With how many, and each place once."""
    cast.marta.choose_language("en")
    prefer(cast.marta, is_daily=True)
    submitted = Transition.objects.get()
    tell([cast.marta], NoticeKind.CONTESTED, about=submitted, by=cast.ana)
    again = changed(submission.assessment, State.WITHDRAWN, by=cast.ana)
    tell([cast.marta], NoticeKind.SUBMITTED, about=again, by=cast.ana)
    Notice.objects.update(dropped_at=None)
    (mail,) = send(NEXT_DAY)
    assert "Assessments that wait for your review: 2\n" in mail.body
    assert "Levels that you validated and that are contested: 1\n" in mail.body
    assert mail.body.count(f"{SITE}/reviews/{submission.pk}/\n") == 2


def test_where_nothing_is_new_there_is_no_mail_of_the_day(submission: Submission, cast: Cast) -> None:
    """Nor where all of it is unwanted."""
    prefer(cast.ana, is_daily=True)
    prefer(cast.marta, "submitted", is_daily=True)
    assert send(NEXT_DAY) == []
    assert MailPreference.objects.get(user=cast.marta).daily_sent_on is None


def test_who_wants_them_at_once_again_gets_what_waits(submission: Submission, cast: Cast) -> None:
    """Each by itself, at any hour."""
    prefer(cast.marta, is_daily=True)
    prefer(cast.marta)
    assert len(send(BEFORE_EIGHT)) == 1


@pytest.mark.parametrize("language", InterfaceLanguage.values)
@pytest.mark.parametrize("kind", NoticeKind)
def test_a_mail_says_nothing_of_anybody(
    decision: Transition, cast: Cast, kind: NoticeKind, language: str
) -> None:
    """No name, level or text of a skill or of evidence, at once or in the mail of a day."""
    item = evidence(cast.ana)
    cast.ana.choose_language(language)
    tell([cast.ana], kind, about=decision, by=cast.marta, at=LATER)
    notice = Notice.objects.for_mail().get(recipient=cast.ana, kind=kind)
    for mail in (letter_about(notice), letter_of_the_day([notice])):
        said = f"{mail.subject}\n{mail.body}".replace(cast.ana.email, "")
        people = [person.name for person in (cast.ana, cast.marta, cast.elena)]
        personal = [*people, "CEXP", "SFIA", "2026", "level 3", item.title, item.action, item.result]
        assert [
            word for word in personal if word and re.search(rf"\b{re.escape(word)}\b", said, re.IGNORECASE)
        ] == []
        assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_every_kind_has_its_words() -> None:
    """And no other."""
    assert set(WORDS) == set(NoticeKind)


@pytest.mark.parametrize("language", InterfaceLanguage.values)
def test_a_mail_speaks_its_reader_s_language(submission: Submission, cast: Cast, language: str) -> None:
    """Whatever language the sender's process speaks."""
    cast.marta.choose_language(language)
    (mail,) = send()
    with override(language):
        assert mail.subject == str(WORDS[NoticeKind.SUBMITTED].subject)
        assert str(WORDS[NoticeKind.SUBMITTED].then) in mail.body


def test_a_delegate_is_led_to_the_queue(cast: Cast) -> None:
    """On the first of the days, once, without a word on who is away; not if they want no such mail."""
    day = NOON.date() + dt.timedelta(days=1)
    delegate_reviews(delegate=cast.carla, by=cast.marta, at=NOON, starts_on=day, ends_on=day)
    assert send(NOON) == []
    (mail,) = send(start_of(day))
    assert mail.to == [cast.carla.email]
    assert f"{SITE}/reviews/\n" in mail.body
    assert "Marta" not in mail.subject + str(mail.body)
    assert send(start_of(day)) == []
    prefer(cast.carla, NoticeKind.DELEGATED)
    later = day + dt.timedelta(days=1)
    delegate_reviews(delegate=cast.carla, by=cast.marta, at=NOON, starts_on=later, ends_on=later)
    assert send(start_of(later)) == []
