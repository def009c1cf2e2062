"""What tests of mails share: changes of state as the actions record them, and who is to hear of them."""

from __future__ import annotations

import datetime as dt

from django.core import mail
from django.core.mail import EmailMessage, get_connection

from assessments.actions.mail import Post
from assessments.actions.preferences import choose_mails
from assessments.actions.send import record
from assessments.models import Assessment, Notice, State, Transition
from assessments.models.notice import NoticeKind
from people.models import User
from tests.assessments.review_cases import LATER
from tests.cast import person

IN_REVIEW = {"review_started_at": LATER, "decided_at": None}
DECIDED = {"review_started_at": LATER, "decided_at": LATER}


def changed(
    assessment: Assessment, state: State, *, by: User, at: dt.datetime = LATER, **fields: dt.datetime | None
) -> Transition:
    """The change of state alone, without what else the action does."""
    assessment.refresh_from_db()
    before, assessment.state = assessment.state, state
    for name, value in fields.items():
        setattr(assessment, name, value)
    assessment.save()
    return record(assessment, from_state=before, by=by, at=at)


def decided(
    assessment: Assessment, by: User, state: State = State.VALIDATED, at: dt.datetime = LATER
) -> Transition:
    """Begun and decided, at one moment."""
    changed(assessment, State.IN_REVIEW, by=by, at=at, **IN_REVIEW)
    return changed(assessment, state, by=by, at=at, **DECIDED)


def waiting() -> set[tuple[str, str]]:
    """Whom it concerns, and what."""
    return set(Notice.objects.waiting().order_by("id").values_list("recipient__name", "kind"))


def send(at: dt.datetime = LATER) -> list[EmailMessage]:
    """One pass over what is due at a moment; the mails that it sent."""
    before = len(mail.outbox)
    Post(connection=get_connection(), at=at).send_all()
    return mail.outbox[before:]


def prefer(person: User, *unwanted: str, is_daily: bool = False) -> None:
    """What the person saves on the page."""
    choose_mails(unwanted=unwanted, is_daily=is_daily, by=person)


def crowd(notice: Notice, size: int) -> list[User]:
    """More people who are to hear of the same."""
    people = [person(f"Someone{number}") for number in range(size)]
    Notice.objects.bulk_create(
        Notice(
            recipient=someone,
            kind=NoticeKind.SUBMITTED,
            transition=notice.transition,
            happened_at=notice.happened_at,
            due_at=notice.due_at,
        )
        for someone in people
    )
    return people
