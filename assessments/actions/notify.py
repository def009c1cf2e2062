"""Who is to know what happened to an assessment: notices, made in the transaction of what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assessments.actions.deadlines import TAKE_BACK
from assessments.models import Assessment, Delegation, Notice, Review, State, Transition
from assessments.models.notice import NoticeKind
from people.clock import day_of, start_of
from people.models import User

# A minute more, so that what is taken back at the last moment has been committed by then.
MAIL_AFTER = TAKE_BACK + dt.timedelta(minutes=1)
DECISIONS = (NoticeKind.RETURNED, NoticeKind.VALIDATED)

TO_EMPLOYEE = {
    State.RETURNED: NoticeKind.RETURNED,
    State.VALIDATED: NoticeKind.VALIDATED,
    State.REOPENED: NoticeKind.REOPENED,
    State.NOT_REVIEWED: NoticeKind.NOT_REVIEWED,
}
BY_HR = (State.REOPENED, State.NOT_REVIEWED)
TO_REVIEWERS = {State.SUBMITTED: NoticeKind.SUBMITTED, State.WITHDRAWN: NoticeKind.WITHDRAWN}


def notify(transition: Transition) -> None:
    """Notices of a change of state; those that wait about an earlier one are dropped: it is no longer so.

    Call it in the transaction of the change. A record that changes no state drops, and tells nobody.
    """
    Notice.objects.waiting().overtaken_by(transition).drop(at=transition.at)
    state = State(transition.to_state)
    if transition.from_state == state:
        return
    if state in TO_EMPLOYEE:
        tell([transition.assessment.employee], TO_EMPLOYEE[state], about=transition, by=transition.by)
        if state in BY_HR:
            tell(concerned(transition), NoticeKind.MOVED_ON, about=transition, by=transition.by)
    elif state in TO_REVIEWERS:
        tell_reviewers(transition, TO_REVIEWERS[state])


def concerned(transition: Transition) -> list[User]:
    """Whose decision was reopened; where there was none, whom it waited for."""
    review = Review.objects.of_latest(transition.assessment).first()
    if review is None:
        return reviewers_of(transition.assessment, day_of(transition.at))
    return [person for person in (review.reviewer, review.of_record_by) if person]


def tell_delegate(delegation: Delegation, *, at: dt.datetime) -> None:
    """One mail on the first of the days on which they review for another manager."""
    begins_at = max(at, start_of(delegation.starts_on))
    if delegation.delegate.is_active:
        Notice.objects.create(
            recipient=delegation.delegate,
            kind=NoticeKind.DELEGATED,
            delegation=delegation,
            happened_at=begins_at,
            due_at=begins_at,
        )


def tell_reviewers(transition: Transition, kind: NoticeKind) -> None:
    """Who reviews it; where nobody does, HR, who chooses somebody."""
    reviewers = reviewers_of(transition.assessment, day_of(transition.at))
    if reviewers:
        tell(reviewers, kind, about=transition, by=transition.by)
    elif kind == NoticeKind.SUBMITTED:
        tell(User.objects.human_resources(), NoticeKind.NO_REVIEWER, about=transition, by=transition.by)


def tell(
    recipients: Iterable[User],
    kind: NoticeKind,
    *,
    about: Transition,
    by: User,
    at: dt.datetime | None = None,
) -> None:
    """One mail to each, once; nobody hears of what they did themselves, nor who is deactivated.

    ``at`` is when it happened, where that is not the moment of the transition.
    """
    happened_at = about.at if at is None else at
    due_at = happened_at + MAIL_AFTER if kind in DECISIONS else happened_at
    notices = [
        Notice(recipient=person, kind=kind, transition=about, happened_at=happened_at, due_at=due_at)
        for person in recipients
        if person.is_active and person.pk != by.pk
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def tell_who_decides(reviewer: User, *, about: Transition, by: User, at: dt.datetime) -> None:
    """Who decides on a contest now; what waits for whom it concerned before is not sent any more."""
    told = Notice.objects.to_decide(about)
    told.waiting().not_of(reviewer).drop(at=at)
    told.dropped().of_recipient(reviewer.pk).take_up(at=at)
    tell([reviewer], NoticeKind.TO_DECIDE, about=about, by=by, at=at)


def tell_of_comment(assessment: Assessment, *, by: User, at: dt.datetime) -> None:
    """The other side; whom a mail about comments on it already waits for gets no second one."""
    if by.pk == assessment.employee_id:
        recipients, kind = reviewers_of(assessment, day_of(at)), NoticeKind.EMPLOYEE_COMMENT
    else:
        recipients, kind = [assessment.employee], NoticeKind.COMMENT
    waiting = Notice.objects.waiting().about(assessment.pk, kind)
    told = set(waiting.order_by("id").values_list("recipient", flat=True))
    last = assessment.transitions.last()
    if last is not None:
        tell((one for one in recipients if one.pk not in told), kind, about=last, by=by, at=at)


def reviewers_of(assessment: Assessment, on: dt.date) -> list[User]:
    """Whom HR chose, if still there, else the nearest manager; and who reviews for them meanwhile."""
    chosen, employee = assessment.assigned_reviewer, assessment.employee
    reviewers = [chosen] if chosen and chosen.is_active else User.objects.nearest_manager_of(employee, on)
    meanwhile = Delegation.objects.for_review_of(employee, list(reviewers), on).select_related("delegate")
    return [*reviewers, *(delegation.delegate for delegation in meanwhile)]
