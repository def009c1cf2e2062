"""What became of a decision: the employee's answer, and where it was contested both reviewers' words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments.models import ContestedStatement, Response, Review
from assessments.models.contest import Answer
from assessments.scoring import Rating, Result


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What one reviewer said of a contested statement, and when they decided."""

    name: str
    at: dt.datetime
    rating: Rating | None
    basis: str | Promise
    comment: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """The answer to a review's decision; ``statements`` are the contested ones by statement id."""

    review: Review
    response: Response
    statements: Mapping[int, ContestedStatement]

    @property
    def first(self) -> Result | None:
        """What the first reviewer decided, where somebody else decided after them."""
        stored = self.response.first_result
        return Result.from_json(stored) if stored else None

    @property
    def sentence(self) -> str:
        """What the employee said; ``%(date)s`` is for the day or the hour."""
        sentences = {
            Answer.AGREED: _("The employee agreed on %(date)s."),
            Answer.NOTED: _("The employee agreed on %(date)s, with a note."),
            Answer.CONTESTED: _("The employee contested statements on %(date)s."),
        }
        return sentences[Answer(self.response.answer)]

    def said(self, statement_id: int) -> tuple[Said, ...]:
        """The first reviewer's word on a contested statement, and the second's once that is decided."""
        row, response = self.statements.get(statement_id), self.response
        if row is None or self.review.decided_at is None:
            return ()
        first = Said(
            name=self.review.reviewer.name,
            at=self.review.decided_at,
            rating=row.first_answer,
            basis=row.get_first_basis_display(),
            comment=row.first_comment,
        )
        if response.decided_at is None or response.second_reviewer is None:
            return (first,)
        second = Said(
            name=response.second_reviewer.name,
            at=response.decided_at,
            rating=row.answer,
            basis=row.get_basis_display(),
            comment=row.comment,
        )
        return first, second


def told_of(review: Review) -> Told | None:
    """None where nobody answered. One query for what is contested, and one where ``response`` is not read."""
    response = response_to(review)
    if response is None:
        return None
    rows = response.statements.in_order() if response.answer == Answer.CONTESTED else ()
    return Told(review=review, response=response, statements={row.statement_id: row for row in rows})


def response_to(review: Review) -> Response | None:
    """What the employee answered; read with the review where it was asked for."""
    found: Response | None = getattr(review, "response", None)
    return found
