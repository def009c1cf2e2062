"""What waits for a manager's review, and what was decided lately."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F

from assessments.models import Assessment, Review, State, Submission
from assessments.models.assessment import SENT
from people.clock import day_of
from people.models import User
from people.querysets import ids_below

SHOWN_DECISIONS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A submission that nobody has decided on. ``days`` have passed since it was sent."""

    submission_id: int
    employee: str
    skill: str
    target: int
    sent_at: dt.datetime
    review_by: dt.datetime
    days: int
    is_begun: bool
    is_overdue: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A decision; ``level`` is the validated one, None where none is held or it was returned."""

    submission_id: int
    employee: str
    skill: str
    target: int
    decision: str
    by: str
    decided_at: dt.datetime
    level: int | None


def waiting_for(manager: User, *, now: dt.datetime) -> tuple[Waiting, ...]:
    """Everything below the manager that waits, oldest first. One query."""
    waiting = Submission.objects.filter(
        assessment__in=Assessment.objects.reviewable_by(manager, day_of(now)),
        pk=F("assessment__latest_submission"),
    )
    rows = waiting.order_by("sent_at", "id").values_list(
        "id",
        "assessment__employee__name",
        "assessment__skill__code",
        "assessment__target",
        "sent_at",
        "assessment__cycle__review_by",
        "assessment__state",
    )
    return tuple(
        Waiting(
            submission_id=submission_id,
            employee=employee,
            skill=skill,
            target=target,
            sent_at=sent_at,
            review_by=review_by,
            days=(day_of(now) - day_of(sent_at)).days,
            is_begun=state == State.IN_REVIEW,
            is_overdue=review_by < now,
        )
        for submission_id, employee, skill, target, sent_at, review_by, state in rows
    )


def decided_below(manager: User, *, on: dt.date) -> tuple[Decided, ...]:
    """The last decisions on people below the manager, newest first. One query."""
    reviews = Review.objects.filter(
        decided_at__isnull=False,
        submission__assessment__state__in=SENT,
        submission__assessment__employee_id__in=ids_below(manager, on),
    )
    rows = reviews.order_by("-decided_at", "-id").values_list(
        "submission_id",
        "submission__assessment__employee__name",
        "submission__assessment__skill__code",
        "submission__assessment__target",
        "decision",
        "reviewer__name",
        "decided_at",
        "result__held__validated",
    )
    names = ("submission_id", "employee", "skill", "target", "decision", "by", "decided_at", "level")
    return tuple(Decided(**dict(zip(names, row, strict=True))) for row in rows[:SHOWN_DECISIONS])


def next_waiting(manager: User, *, now: dt.datetime) -> int | None:
    """The submission that has waited longest."""
    waiting = waiting_for(manager, now=now)
    return waiting[0].submission_id if waiting else None
