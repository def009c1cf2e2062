"""A person's last validated level: it stands beside a cycle's own, and never mixes with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from assessments.models import Assessment
from people.clock import day_of


@dataclass(frozen=True, kw_only=True, slots=True)
class LastValidated:
    """The person's last validated level before this assessment was sent; never mixed with this one's."""

    level: int | None
    on: dt.date
    cycle: str
    assessment_id: int | None = None
    is_contested: bool = False


def last_validated(assessment: Assessment, *, before: dt.datetime | None) -> LastValidated | None:
    with connection.cursor() as cursor:
        cursor.execute(LAST_VALIDATED, [assessment.employee_id, assessment.skill_id, before])
        row = cursor.fetchone()
    names = ("level", "on", "cycle", "is_contested", "assessment_id")
    return row and LastValidated(**{**dict(zip(names, row, strict=True)), "on": day_of(row[1])})


LAST_VALIDATED = """
    SELECT (review.result -> 'held' ->> 'validated')::int, review.decided_at, cycle.name,
        assessment.contested_at IS NOT NULL, assessment.id
    FROM assessments_review review
    JOIN assessments_submission submission ON submission.id = review.submission_id
    JOIN assessments_assessment assessment ON assessment.id = submission.assessment_id
    JOIN assessments_cycle cycle ON cycle.id = assessment.cycle_id
    WHERE review.decision = 'validated' AND assessment.employee_id = %s AND assessment.skill_id = %s
        AND review.decided_at < coalesce(%s, 'infinity'::timestamptz)
    ORDER BY review.decided_at DESC, review.id DESC LIMIT 1
"""
