"""Why an assessment was returned, statement by statement, and what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from assessments.models import Assessment, LinkVerdict, Review, Submission
from assessments.models.review import Decision
from assessments.results.assess.level_page import current_sheet
from assessments.results.cycles.changes import Change, changes_between
from assessments.results.frozen import frozen_sheet, reviews_of
from assessments.results.sheet import Answer, Sheet
from assessments.results.words import rating_words
from people.models import User
from skills.catalogue import StatementText


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """An item that the reviewer did not take as evidence: what they said, and why."""

    title: str
    verdict: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One statement: ``rated`` is the reviewer's rating in words where it is not the supported one."""

    statement: StatementText
    claimed: str
    rated: str
    comment: str
    doubts: tuple[Doubt, ...]
    change: Change

    @property
    def is_asked(self) -> bool:
        """Whether the reviewer said something about it."""
        return bool(self.rated or self.comment or self.doubts)


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A decision to return, read on a later day. ``sheet`` is the assessment as it stands then."""

    assessment: Assessment
    review: Review
    sheet: Sheet
    rows: tuple[Row, ...]

    @property
    def asked(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.is_asked)

    @property
    def changed(self) -> tuple[Row, ...]:
        """What changed without being asked for."""
        return tuple(row for row in self.rows if row.change and not row.is_asked)

    @property
    def rate_next(self) -> int | None:
        """The level that the return asks to rate, where without it the level is not known."""
        asked: int | None = (self.review.result or {}).get("rate_next")
        return asked

    @property
    def has_changes(self) -> bool:
        return any(row.change for row in self.rows)


def last_return(assessment: Assessment, *, before: int | None = None) -> Review | None:
    """The latest decision to return, of a submission before the numbered one if that is given."""
    found = Review.objects.for_decision().filter(
        submission__assessment=assessment, decision=Decision.RETURNED
    )
    if before is not None:
        found = found.filter(submission__number__lt=before)
    return found.order_by("-submission__number").first()


def returned(assessment: Assessment, *, reader: User, on: dt.date) -> Returned | None:
    """For the employee, whose assessment comes from ``of_known_person``; None where none was returned."""
    review = last_return(assessment)
    if review is None:
        return None
    return _returned(assessment, review, current_sheet(assessment, reader=reader, on=on), reader)


def changed_since_return(submission: Submission, *, reader: User) -> Returned | None:
    """For the reviewer of a submission that was sent again; None where nothing was returned before it."""
    review = last_return(submission.assessment, before=submission.number)
    if review is None:
        return None
    return _returned(submission.assessment, review, frozen_sheet(submission, reader=reader), reader)


def _returned(assessment: Assessment, review: Review, sheet: Sheet, reader: User) -> Returned:
    review.submission.assessment = assessment
    sent = frozen_sheet(review.submission, reader=reader, reviews=reviews_of(review))
    changes, doubts = changes_between(sent, sheet), _doubts(review)
    differing = {rating.statement_id for rating in review.ratings.all() if rating.differs}
    rows = (
        Row(
            statement=answer.statement,
            claimed=rating_words(answer.given.answer),
            rated=rating_words(answer.given.review) if answer.statement.id in differing else "",
            comment=answer.given.review_comment,
            doubts=_doubts_of(answer, doubts),
            change=changes.get(answer.statement.code, Change()),
        )
        for answer in sent.answers
    )
    return Returned(assessment=assessment, review=review, sheet=sheet, rows=tuple(rows))


def _doubts(review: Review) -> Mapping[int, LinkVerdict]:
    """What the reviewer doubted, by link."""
    return {verdict.link_id: verdict for verdict in review.verdicts.exclude(verdict="shows")}


def _doubts_of(answer: Answer, doubts: Mapping[int, LinkVerdict]) -> tuple[Doubt, ...]:
    return tuple(
        Doubt(
            title=facts.title,
            verdict=str(doubts[link].get_verdict_display()),
            reason=doubts[link].reason,
        )
        for link, facts in answer.given.evidence
        if link in doubts
    )
