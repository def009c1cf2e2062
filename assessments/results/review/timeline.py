"""What happened to an assessment, by whom and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import AccessEntry, Assessment, Response, State, Submission, Transition
from assessments.models.assessment import WITH_REVIEWER
from assessments.models.contest import Answer
from assessments.models.log import AccessKind
from people.models import User

DECIDED: Final = (State.RETURNED, State.VALIDATED)
OPENED: Final = (AccessKind.SUBMISSION, AccessKind.CONTEST)
WORDS: Final[dict[str, Promise]] = {
    State.SUBMITTED: _("Sent to review"),
    State.WITHDRAWN: _("Taken back before the review"),
    State.IN_REVIEW: _("Review begun"),
    State.RETURNED: _("Returned for changes"),
    State.VALIDATED: _("Validated"),
    State.REOPENED: _("Reopened"),
    State.NOT_REVIEWED: _("Closed without a review"),
}
ASSIGNED: Final = _("Reviewer assigned by HR")
TAKEN_BACK: Final = _("Decision taken back")
ANSWERS: Final[dict[str, Promise]] = {
    Answer.AGREED: _("Decision agreed with"),
    Answer.NOTED: _("Decision agreed with, and a note added"),
    Answer.CONTESTED: _("Decision contested"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    at: dt.datetime
    by: str
    what: str | Promise
    reason: str = ""


def timeline_of(assessment: Assessment, *, reader: User) -> tuple[Event, ...]:
    """The oldest first. Three queries; the assessment comes with its employee.

    Of openings the first one of each person on each day, as the reader's calendar has it.
    """
    begun = Event(at=assessment.started_at, by=assessment.employee.name, what=_("Self-assessment begun"))
    found = [begun, *moves(assessment), *openings(assessment, reader), *answers(assessment)]
    return tuple(sorted(found, key=lambda event: event.at))


def moves(assessment: Assessment) -> Iterator[Event]:
    """The changes of state, and whom HR chose to review; what else was noted is told by the answers."""
    rows = Transition.objects.filter(assessment=assessment).select_related("by").order_by("at", "id")
    changes = [row for row in rows if row.from_state != row.to_state or row.to_state in WITH_REVIEWER]
    for place, row in enumerate(changes):
        following = changes[place + 1 : place + 2]
        yield Event(at=row.at, by=row.by.name, what=said_of(row), reason=reason_of(row, following))


def said_of(row: Transition) -> Promise:
    if row.from_state == row.to_state:
        return ASSIGNED
    return TAKEN_BACK if is_taking_back(row) else WORDS[row.to_state]


def is_taking_back(row: Transition) -> bool:
    return row.to_state == State.IN_REVIEW and row.from_state in DECIDED


def reason_of(row: Transition, following: Sequence[Transition]) -> str:
    """A reason that was taken back with its decision is not read any more."""
    return "" if any(map(is_taking_back, following)) else row.reason


def openings(assessment: Assessment, reader: User) -> Iterator[Event]:
    submissions = Submission.objects.filter(assessment=assessment).values("pk")
    entries = AccessEntry.objects.filter(
        kind__in=OPENED, person_id=assessment.employee_id, object_id__in=submissions
    )
    by_day = entries.annotate(day=TruncDate("at", tzinfo=reader.zone)).order_by("by", "day", "at", "id")
    for entry in by_day.distinct("by", "day").select_related("by"):
        yield Event(at=entry.at, by=entry.by.name, what=_("Submission opened"))


def answers(assessment: Assessment) -> Iterable[Event]:
    """What the employee answered to decisions, and what came of a contest."""
    given = Response.objects.filter(review__submission__assessment=assessment)
    for row in given.select_related("second_reviewer").order_by("at", "id"):
        yield Event(at=row.at, by=assessment.employee.name, what=ANSWERS[row.answer], reason=row.note)
        if row.decided_at and row.second_reviewer:
            by = row.second_reviewer.name
            yield Event(at=row.decided_at, by=by, what=_("Contest decided"), reason=row.reason)
