"""Results as they are stored, held against what scoring says of the same facts today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments.models import Review, Submission
from assessments.models.review import Decision
from assessments.results.frozen import digest_of, frozen_sheet, judged_of, reviews_of
from people.models import User

# Texts are shown in the reader's language; numbers are the same in every one.
ANYBODY = User(language="en", official_language="pt")
CHUNK = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A stored row that is not what its own facts give: ``what`` is the document, a result or a rating."""

    kind: str
    id: int
    what: str


def differences() -> Iterator[Difference]:
    """Everything stored with submissions and decisions, recomputed; nothing is the only right answer."""
    yield from _submissions()
    yield from _reviews()


def _submissions() -> Iterator[Difference]:
    rows = Submission.objects.select_related("assessment__skill__framework").prefetch_related("ratings")
    for submission in rows.order_by("pk").iterator(CHUNK):
        if digest_of(submission.document) != submission.digest:
            yield Difference(kind="submission", id=submission.pk, what="digest")
        sheet = frozen_sheet(submission, reader=ANYBODY)
        if sheet.result.to_json() != submission.result:
            yield Difference(kind="submission", id=submission.pk, what="result")
        stored = {
            row.statement_id: _rating(row.claim, row.not_applicable) for row in submission.ratings.all()
        }
        if stored != {answer.statement.id: answer.given.answer for answer in sheet.answers}:
            yield Difference(kind="submission", id=submission.pk, what="ratings")


def _reviews() -> Iterator[Difference]:
    rows = Review.objects.filter(decision__in=Decision.values).for_decision().prefetch_related("ratings")
    for review in rows.order_by("pk").iterator(CHUNK):
        sheet = frozen_sheet(
            review.submission, reader=ANYBODY, reviews=reviews_of(review), judged=judged_of(review)
        )
        if sheet.result.to_json() != review.result:
            yield Difference(kind="review", id=review.pk, what="result")


def _rating(claim: int | None, not_applicable: bool) -> Any:
    return "na" if not_applicable else claim
