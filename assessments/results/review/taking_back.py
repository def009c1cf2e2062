"""The decisions that a reviewer can still take back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db.models import F

from assessments.models import Review, State
from people.models import User


@dataclass(frozen=True, kw_only=True, slots=True)
class Undoable:
    """A decision that can be taken back ``until`` then; ``level`` is None where none is held, or returned."""

    submission_id: int
    employee: str
    decision: str
    level: int | None
    until: dt.datetime
    # Of the form that takes it back: each has its own.
    token: uuid.UUID = field(default_factory=uuid.uuid4)


def undoable_by(reviewer: User, *, now: dt.datetime, span: dt.timedelta) -> tuple[Undoable, ...]:
    """The reviewer's own decisions of the last ``span`` that nobody has built on, newest first. One query."""
    decided = Review.objects.filter(
        reviewer=reviewer,
        decided_at__gte=now - span,
        response=None,
        submission__assessment__state__in=[State.VALIDATED, State.RETURNED],
        submission__assessment__latest_submission=F("submission"),
    )
    rows = decided.order_by("-decided_at", "-id").values_list(
        "submission_id",
        "submission__assessment__employee__name",
        "decision",
        "result__held__validated",
        "decided_at",
    )
    return tuple(
        Undoable(
            submission_id=submission_id,
            employee=employee,
            decision=decision,
            level=level,
            until=decided_at + span,
        )
        for submission_id, employee, decision, level, decided_at in rows
        if decided_at
    )


def shown_on(undoable: tuple[Undoable, ...], submission_id: int, *, is_open: bool) -> Undoable | None:
    """On the page of a decision its own; on the page that one goes on to, the last one."""
    if is_open:
        return undoable[0] if undoable else None
    return next((found for found in undoable if found.submission_id == submission_id), None)
