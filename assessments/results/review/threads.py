"""What employee and reviewers write to each other about a statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from assessments.models import Assessment, StatementComment
from assessments.results.live import definition_for
from people.models import User
from skills.definition import StatementText


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    by: str
    at: dt.datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class Thread:
    """All comments on one statement of an assessment, the oldest first."""

    assessment: Assessment
    statement: StatementText
    lines: tuple[Line, ...]
    is_own: bool

    @property
    def can_write(self) -> bool:
        """Before anything was sent nobody would read it."""
        return self.assessment.latest_submission_id is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Discussed:
    """A statement that has comments."""

    statement: StatementText
    comments: int


def thread_of(assessment: Assessment, statement_id: int, *, reader: User) -> Thread | None:
    """One query where the catalogue is warm; None where the skill has no such statement."""
    statement = statements_of(assessment, reader).get(statement_id)
    if statement is None:
        return None
    rows = StatementComment.objects.filter(assessment=assessment, statement_id=statement_id)
    found = rows.order_by("at", "id").values_list("by__name", "at", "text")
    return Thread(
        assessment=assessment,
        statement=statement,
        lines=tuple(Line(by=by, at=at, text=text) for by, at, text in found),
        is_own=assessment.employee_id == reader.pk,
    )


def statements_of(assessment: Assessment, reader: User) -> Mapping[int, StatementText]:
    """Every statement of the skill in the reader's language, in order, by id."""
    levels = definition_for(assessment, reader).levels
    return {statement.id: statement for level in levels for statement in level.statements}


def comment_counts(assessment_id: int) -> dict[int, int]:
    """How many comments each statement has, for those that have any. One query."""
    rows = StatementComment.objects.filter(assessment_id=assessment_id).order_by("statement_id")
    return dict(rows.values_list("statement_id").annotate(Count("id")))


def discussed(assessment: Assessment, *, reader: User) -> tuple[Discussed, ...]:
    """The statements with comments, in statement order."""
    counts = comment_counts(assessment.pk)
    texts = statements_of(assessment, reader)
    return tuple(
        Discussed(statement=text, comments=counts[key]) for key, text in texts.items() if key in counts
    )
