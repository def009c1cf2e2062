"""What tests across cycles share: the last cycle, done and validated, and the next one."""

from __future__ import annotations

import datetime as dt

from assessments.actions.accept import accept_the_rest
from assessments.actions.cycles import close_cycle, open_cycle
from assessments.actions.review import validate
from assessments.actions.send import submit
from assessments.models import Assessment, Cycle, Submission
from assessments.scoring import ScoringPolicy
from people.models import User
from tests.cast import TODAY, Cast

YEAR = dt.timedelta(days=365)


def next_cycle(cycle: Cycle, by: User, *, name: str = "2027") -> Cycle:
    """The one after, open; the one before is closed."""
    assert cycle.opened_at
    later = cycle.opened_at + YEAR
    close_cycle(cycle=cycle, by=by, at=later)
    planned = Cycle.objects.create(
        name=name,
        purpose_pt="a",
        purpose_ru="б",
        purpose_en="c",
        submit_by=cycle.submit_by + YEAR,
        review_by=cycle.review_by + YEAR,
    )
    return open_cycle(cycle=planned, policy=ScoringPolicy(), by=by, at=later)


def sent_at(assessment: Assessment, at: dt.datetime) -> Submission:
    return submit(assessment=assessment, by=assessment.employee, at=at, on=TODAY)


def validated(submission: Submission, cast: Cast, at: dt.datetime) -> None:
    accept_the_rest(submission=submission, by=cast.marta, at=at)
    validate(submission=submission, by=cast.marta, at=at)
