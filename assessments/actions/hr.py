"""What HR does where the line of managers does not do it: assign, close as not reviewed, reopen."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.errors import (
    ContestedError,
    NotOverdueError,
    ReasonMissingError,
    ReportReviewsError,
    SelfReviewError,
    WrongStateError,
)
from assessments.actions.notify import tell_reviewers
from assessments.actions.send import locked_assessment, record
from assessments.models import Assessment, Cycle, State
from assessments.models.assessment import REOPENABLE
from assessments.models.notice import NoticeKind
from people.clock import day_of
from people.models import User


@transaction.atomic
def assign_reviewer(*, assessment: Assessment, reviewer: User, by: User, at: dt.datetime) -> Assessment:
    """Says who reviews what waits, in place of the manager up the tree or whom HR had chosen before.

    Raises WrongStateError where it waits no more, SelfReviewError for the employee, ReportReviewsError for
    somebody whom the employee leads.
    """
    locked = locked_assessment(assessment)
    if reviewer.pk == locked.employee_id:
        raise SelfReviewError
    if not locked.is_with_reviewer:
        raise WrongStateError(locked.state)
    if not User.objects.not_led_by(locked.employee, day_of(at)).filter(pk=reviewer.pk).exists():
        raise ReportReviewsError
    locked.assigned_reviewer = reviewer
    locked.save(update_fields=["assigned_reviewer"])
    transition = record(locked, from_state=locked.state, by=by, at=at, reason=reviewer.name)
    tell_reviewers(transition, NoticeKind.SUBMITTED)
    return locked


@transaction.atomic
def close_as_not_reviewed(*, assessment: Assessment, by: User, at: dt.datetime) -> Assessment:
    """Ends the waiting of what nobody decided on in time: a state, never a level.

    Raises NotOverdueError before the cycle's reviews end, WrongStateError where it waits no more.
    """
    locked = locked_assessment(assessment)
    if not locked.is_with_reviewer:
        raise WrongStateError(locked.state)
    if at <= locked.cycle.review_by:
        raise NotOverdueError
    return close(locked, by=by, at=at)


@transaction.atomic
def close_cycle_as_not_reviewed(*, cycle: Cycle, by: User, at: dt.datetime) -> int:
    """The same for all that still waits in a cycle; what was decided meanwhile stays. How many there were."""
    if at <= cycle.review_by:
        raise NotOverdueError
    waiting = Assessment.objects.of_cycle(cycle).with_reviewer().select_related("employee")
    rows = list(waiting.select_for_update(of=("self",)).order_by("id"))
    for row in rows:
        close(row, by=by, at=at)
    return len(rows)


@transaction.atomic
def reopen(*, assessment: Assessment, reason: str, by: User, at: dt.datetime) -> Assessment:
    """Gives the pen back to the employee; a decision stays the last validated one until there is a new one.

    Raises ReasonMissingError, ContestedError while a contest waits, or WrongStateError for what is neither
    validated nor closed as not reviewed.
    """
    if not reason.strip():
        raise ReasonMissingError
    locked = locked_assessment(assessment)
    if locked.state not in REOPENABLE:
        raise WrongStateError(locked.state)
    if locked.contested_at is not None:
        raise ContestedError
    previous, locked.state = locked.state, State.REOPENED
    locked.save(update_fields=["state"])
    record(locked, from_state=previous, by=by, at=at, reason=reason)
    return locked


def close(locked: Assessment, *, by: User, at: dt.datetime) -> Assessment:
    previous, locked.state = locked.state, State.NOT_REVIEWED
    locked.save(update_fields=["state"])
    record(locked, from_state=previous, by=by, at=at)
    return locked
