"""What a mail says, in its reader's language: what happened and where to look, and nothing about anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from assessments.models import Assessment, Notice, State
from assessments.models.notice import COMMENTS, NoticeKind
from people.models import User

# So that nobody's mailbox answers that they are away.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True, slots=True)
class Words:
    """``subject`` is the text's first sentence too; ``then`` comes before the link, ``count`` in a digest."""

    subject: str | Promise
    then: str | Promise
    count: str | Promise


WORDS = {
    NoticeKind.RETURNED: Words(
        gettext_lazy("Your assessment was returned for changes"),
        gettext_lazy("What should change, and why, is here:"),
        gettext_lazy("Assessments returned to you for changes: %(count)d"),
    ),
    NoticeKind.VALIDATED: Words(
        gettext_lazy("Your assessment was validated"),
        gettext_lazy("The decision is here; you can answer it there:"),
        gettext_lazy("Assessments of yours that were validated: %(count)d"),
    ),
    NoticeKind.REOPENED: Words(
        gettext_lazy("Your assessment was reopened"),
        gettext_lazy("You can change it and send it again. The reason is here:"),
        gettext_lazy("Assessments of yours that were reopened: %(count)d"),
    ),
    NoticeKind.NOT_REVIEWED: Words(
        gettext_lazy("Your assessment was closed without a review"),
        gettext_lazy("It says nothing about your level. It is here:"),
        gettext_lazy("Assessments of yours that were closed without a review: %(count)d"),
    ),
    NoticeKind.CONTEST_DECIDED: Words(
        gettext_lazy("What you contested was decided"),
        gettext_lazy("The decision is here:"),
        gettext_lazy("Contests of yours that were decided: %(count)d"),
    ),
    NoticeKind.EVIDENCE_READ: Words(
        gettext_lazy("Your evidence was read by who decides on what you contested"),
        gettext_lazy("The assessment that it belongs to is here:"),
        gettext_lazy("Times that your evidence was read by who decides: %(count)d"),
    ),
    NoticeKind.COMMENT: Words(
        gettext_lazy("A reviewer commented on your assessment"),
        gettext_lazy("What was written is here; you can answer it there:"),
        gettext_lazy("Assessments of yours with new comments: %(count)d"),
    ),
    NoticeKind.SUBMITTED: Words(
        gettext_lazy("An assessment waits for your review"),
        gettext_lazy("It is here:"),
        gettext_lazy("Assessments that wait for your review: %(count)d"),
    ),
    NoticeKind.WITHDRAWN: Words(
        gettext_lazy("An assessment that waited for your review was taken back"),
        gettext_lazy("What still waits is here:"),
        gettext_lazy("Assessments that were taken back before your review: %(count)d"),
    ),
    NoticeKind.CONTESTED: Words(
        gettext_lazy("A level that you validated is contested"),
        gettext_lazy("A second reviewer looks at it. Your review is here:"),
        gettext_lazy("Levels that you validated and that are contested: %(count)d"),
    ),
    NoticeKind.TO_DECIDE: Words(
        gettext_lazy("A contested level waits for your decision"),
        gettext_lazy("It is here:"),
        gettext_lazy("Contested levels that wait for your decision: %(count)d"),
    ),
    NoticeKind.EMPLOYEE_COMMENT: Words(
        gettext_lazy("There is a comment on an assessment that you review"),
        gettext_lazy("What was written is here; you can answer it there:"),
        gettext_lazy("Assessments that you review with new comments: %(count)d"),
    ),
    NoticeKind.CONTEST_ENDED: Words(
        gettext_lazy("A contest of a level that you validated was decided"),
        gettext_lazy("What counts now is here:"),
        gettext_lazy("Contests of levels that you validated that were decided: %(count)d"),
    ),
    NoticeKind.MOVED_ON: Words(
        gettext_lazy("What you reviewed, or were to review, was answered, closed or reopened"),
        gettext_lazy("What became of it is here:"),
        gettext_lazy("Assessments of your reviews that were answered, closed or reopened: %(count)d"),
    ),
    NoticeKind.DELEGATED: Words(
        gettext_lazy("You review for another manager from today"),
        gettext_lazy("What waits is here:"),
        gettext_lazy("Managers for whom you begin to review: %(count)d"),
    ),
    NoticeKind.NO_REVIEWER: Words(
        gettext_lazy("An assessment has nobody to review it"),
        gettext_lazy("Choose who reviews it here:"),
        gettext_lazy("Assessments that have nobody to review them: %(count)d"),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest, with the places to look at."""

    text: str
    addresses: tuple[str, ...]


def letter_about(notice: Notice) -> EmailMessage:
    """The mail about one notice."""
    words = WORDS[NoticeKind(notice.kind)]
    with override(notice.recipient.language):
        context = {"what": words.subject, "then": words.then, "address": address_of(notice)}
        text = render_to_string("assessments/mail/notice.txt", {**context, **common()})
        return letter(notice.recipient, str(words.subject), text)


def letter_of_the_day(notices: Sequence[Notice]) -> EmailMessage:
    """One mail about all of them, to the one person whose they are: a line for each kind."""
    recipient = notices[0].recipient
    with override(recipient.language):
        text = render_to_string("assessments/mail/digest.txt", {"lines": lines_of(notices), **common()})
        return letter(recipient, _("Your assessments and reviews: what is new"), text)


def lines_of(notices: Sequence[Notice]) -> list[Line]:
    """In the order of the kinds, each place once."""
    counts = Counter(notice.kind for notice in notices)
    return [
        Line(
            text=str(words.count) % {"count": counts[kind]},
            addresses=unique(address_of(notice) for notice in notices if notice.kind == kind),
        )
        for kind, words in WORDS.items()
        if counts[kind]
    ]


def unique(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))


def address_of(notice: Notice) -> str:
    """Where to look; who may not any more finds nothing there."""
    about = notice.transition
    path = path_of(NoticeKind(notice.kind), about.assessment) if about else reverse("assessments:reviews")
    return settings.SITE_ADDRESS + path


def path_of(kind: NoticeKind, assessment: Assessment) -> str:
    is_decided = kind == NoticeKind.MOVED_ON and assessment.state == State.VALIDATED
    if is_decided or kind in {NoticeKind.SUBMITTED, NoticeKind.CONTESTED, NoticeKind.CONTEST_ENDED}:
        return reverse("assessments:review", args=[assessment.latest_submission_id])
    if kind in {NoticeKind.WITHDRAWN, NoticeKind.TO_DECIDE, NoticeKind.MOVED_ON}:
        return reverse("assessments:reviews")
    if kind in {NoticeKind.VALIDATED, NoticeKind.CONTEST_DECIDED, NoticeKind.EVIDENCE_READ}:
        return reverse("assessments:answer", args=[assessment.pk])
    if kind in COMMENTS:
        return reverse("assessments:history", args=[assessment.pk])
    if kind == NoticeKind.NO_REVIEWER:
        return reverse("assessments:contests" if assessment.contested_at else "assessments:organisation")
    return reverse("assessments:detail", args=[assessment.pk])


def common() -> dict[str, object]:
    return {
        "product_name": settings.PRODUCT_NAME,
        "preferences": settings.SITE_ADDRESS + reverse("assessments:mail"),
    }


def letter(recipient: User, subject: str, text: str) -> EmailMessage:
    return EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [recipient.email], headers=HEADERS)
