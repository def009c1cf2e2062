"""What waits for a manager's review, and what was decided lately."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import connection

from assessments.models import State, Submission
from assessments.models.routing import may_review, should_review
from people.clock import day_of
from people.models import User

SHOWN_DECISIONS: Final = 20
SHOWN_BESIDE: Final = 10


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
    # By another manager, who is away.
    is_delegated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a submission stands in the queue: ``number`` of ``of``, None where it is not in it."""

    number: int | None
    of: int
    following: Waiting | None
    # As many as stand beside the page, around this one.
    shown: tuple[Waiting, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A decision as it counts now; ``level`` is None where none is held or it was returned."""

    submission_id: int
    employee: str
    skill: str
    target: int
    decision: str
    by: str
    decided_at: dt.datetime
    level: int | None
    is_contested: bool


# Written by hand, as every page of a review asks for it: ``{which}`` are ids, and whether each is delegated.
WAITING: Final = """
    WITH waiting AS MATERIALIZED ({which})
    SELECT submission.id, person.name, skill.code, assessment.target, submission.sent_at, cycle.review_by,
        assessment.state, waiting.is_delegated
    FROM waiting JOIN assessments_assessment assessment ON assessment.id = waiting.id
    JOIN assessments_submission submission ON submission.id = assessment.latest_submission_id
    JOIN people_user person ON person.id = assessment.employee_id
    JOIN skills_skill skill ON skill.id = assessment.skill_id
    JOIN assessments_cycle cycle ON cycle.id = assessment.cycle_id
    ORDER BY submission.sent_at, submission.id
"""


def waiting_for(manager: User, *, now: dt.datetime, with_managers: bool = False) -> tuple[Waiting, ...]:
    """What this person should review, oldest first; ``with_managers``, all that they may. One query."""
    which, params = (may_review if with_managers else should_review)(manager, day_of(now))
    with connection.cursor() as cursor:
        cursor.execute(WAITING.replace("{which}", which), params)
        return tuple(_waiting(*row, now=now) for row in cursor.fetchall())


def _waiting(
    submission_id: int,
    employee: str,
    skill: str,
    target: int,
    sent_at: dt.datetime,
    review_by: dt.datetime,
    state: str,
    is_delegated: bool,
    *,
    now: dt.datetime,
) -> Waiting:
    return Waiting(
        submission_id=submission_id,
        employee=employee,
        skill=skill,
        target=target,
        sent_at=sent_at,
        review_by=review_by,
        days=(day_of(now) - day_of(sent_at)).days,
        is_begun=state == State.IN_REVIEW,
        is_overdue=review_by < now,
        is_delegated=is_delegated,
    )


def place_in(queue: tuple[Waiting, ...], submission_id: int) -> Place:
    """Where one stands in the queue; what comes after the last is the first."""
    ids = [item.submission_id for item in queue]
    index = ids.index(submission_id) if submission_id in ids else None
    others = queue if index is None else (*queue[index + 1 :], *queue[:index])
    first = max(0, min((index or 0) - SHOWN_BESIDE // 2, len(queue) - SHOWN_BESIDE))
    return Place(
        number=None if index is None else index + 1,
        of=len(queue),
        following=others[0] if others else None,
        shown=queue[first : first + SHOWN_BESIDE],
    )


def next_waiting(manager: User, *, after: Submission, now: dt.datetime) -> int | None:
    """The submission that comes after one in the queue, or the first; None where nothing waits."""
    waiting = [item for item in waiting_for(manager, now=now) if item.submission_id != after.pk]
    later = [item for item in waiting if (item.sent_at, item.submission_id) > (after.sent_at, after.pk)]
    return next((item.submission_id for item in (*later, *waiting)), None)


def decided_below(manager: User, *, on: dt.date) -> tuple[Decided, ...]:
    """The last decisions that the manager may read, newest first. One query."""
    decided = Submission.objects.readable_by(manager, on).filter(review__decided_at__isnull=False)
    rows = decided.order_by("-review__of_record_at", "-review__id").values_list(
        "id",
        "assessment__employee__name",
        "assessment__skill__code",
        "assessment__target",
        "review__decision",
        "review__of_record_by__name",
        "review__of_record_at",
        "review__result__held__validated",
        "assessment__contested_at",
    )
    names = ("submission_id", "employee", "skill", "target", "decision", "by", "decided_at", "level")
    return tuple(
        Decided(**dict(zip(names, row, strict=True)), is_contested=contested_at is not None)
        for *row, contested_at in rows[:SHOWN_DECISIONS]
    )
