"""A person's last validated level: it stands beside a cycle's own, and never mixes with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from assessments.models import Assessment, Submission
from assessments.results.words import level_text
from people.clock import day_of
from people.models import User


@dataclass(frozen=True, kw_only=True, slots=True)
class LastValidated:
    """The person's last validated level before this assessment was sent; never mixed with this one's."""

    level: int | None
    on: dt.date
    cycle: str
    is_contested: bool = False
    assessment_id: int | None = None

    def words(self, lowest: int) -> str:
        """The level, never "none"; ``lowest`` is the lowest that the skill has."""
        return level_text(self.level, settled=True, lowest=lowest)


# By skill, newest first, each with the moment of its decision.
ValidatedLevels = Mapping[int, list[tuple[dt.datetime, LastValidated]]]


def last_validated(assessment: Assessment, *, before: dt.datetime | None) -> LastValidated | None:
    """One query; ``before`` None is the very last."""
    with connection.cursor() as cursor:
        params = [assessment.employee_id, assessment.skill_id, before]
        cursor.execute(f"{VALIDATED} {OF_SKILL} {NEWEST_FIRST} LIMIT 1", params)
        row = cursor.fetchone()
    return row and _level(*row)[1]


def last_before(submission: Submission) -> LastValidated | None:
    """Before it was sent, as ``LAST_BEFORE`` has read it with the submission."""
    row = getattr(submission, "last_row", None)
    if row is None:
        return None
    decided_at, of_record_at = dt.datetime.fromisoformat(row[1]), dt.datetime.fromisoformat(row[2])
    return _level(row[0], decided_at, of_record_at, *row[3:])[1]


def validated_levels(employee: User) -> ValidatedLevels:
    """All that were ever validated. One query."""
    found: dict[int, list[tuple[dt.datetime, LastValidated]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{VALIDATED} {NEWEST_FIRST}", [employee.pk])
        for row in cursor.fetchall():
            found.setdefault(row[-1], []).append(_level(*row))
    return found


def last_of(levels: ValidatedLevels, assessment: Assessment) -> LastValidated | None:
    """The last one before the assessment was sent; the very last while it is the employee's to change."""
    until = None if assessment.is_editable else assessment.submitted_at
    known = levels.get(assessment.skill_id, ())
    return next((level for at, level in known if until is None or at < until), None)


def _level(
    level: int | None,
    at: dt.datetime,
    of_record_at: dt.datetime,
    cycle: str,
    is_contested: Any,
    assessment_id: int,
    _skill: int,
) -> tuple[dt.datetime, LastValidated]:
    return at, LastValidated(
        level=level,
        on=day_of(of_record_at),
        cycle=cycle,
        is_contested=is_contested,
        assessment_id=assessment_id,
    )


VALIDATED = """
    SELECT (review.result -> 'held' ->> 'validated')::int, review.decided_at, review.of_record_at, cycle.name,
        assessment.contested_at IS NOT NULL, assessment.id, assessment.skill_id
    FROM assessments_review review
    JOIN assessments_submission submission ON submission.id = review.submission_id
    JOIN assessments_assessment assessment ON assessment.id = submission.assessment_id
    JOIN assessments_cycle cycle ON cycle.id = assessment.cycle_id
    WHERE review.decision = 'validated' AND assessment.employee_id = %s
"""
OF_SKILL = "AND assessment.skill_id = %s AND review.decided_at < coalesce(%s, 'infinity'::timestamptz)"
NEWEST_FIRST = "ORDER BY review.decided_at DESC, review.id DESC"
# With a submission, so that its page asks for nothing more.
LAST_BEFORE = RawSQL(
    """
    SELECT jsonb_build_array(
        review.result -> 'held' -> 'validated', review.decided_at, review.of_record_at, cycle.name,
        assessment.contested_at IS NOT NULL, assessment.id, assessment.skill_id
    )
    FROM assessments_assessment mine
    JOIN assessments_assessment assessment
        ON assessment.employee_id = mine.employee_id AND assessment.skill_id = mine.skill_id
    JOIN assessments_submission submission ON submission.assessment_id = assessment.id
    JOIN assessments_review review ON review.submission_id = submission.id
    JOIN assessments_cycle cycle ON cycle.id = assessment.cycle_id
    WHERE mine.id = assessments_submission.assessment_id AND review.decision = 'validated'
        AND review.decided_at < assessments_submission.sent_at
    ORDER BY review.decided_at DESC, review.id DESC LIMIT 1
    """,
    [],
    JSONField(),
)
