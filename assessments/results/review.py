"""What a reviewer reads of one submission: claims, evidence, the ratings so far and the level they give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.db.models.functions import JSONObject
from django.utils.functional import Promise

from assessments.models import Assessment, Review, ReviewRating, Submission
from assessments.models.review import Decision
from assessments.results.frozen import frozen_sheet
from assessments.results.review_words import rating_word
from assessments.results.sheet import Answer, Sheet
from assessments.scoring import NA, Rating, Result
from people.models import User
from skills.catalogue import LevelText


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewOutcome:
    """What was decided on one submission, as its employee reads it; comments by statement code."""

    submission_id: int
    decision: str
    by: str
    when: dt.datetime | None
    reason: str
    # The level that a return asks to rate, where without it the level is not known.
    rate_next: int | None
    comments: Mapping[str, str]

    @property
    def is_validated(self) -> bool:
        return self.decision == Decision.VALIDATED


def review_outcome(assessment: Assessment) -> ReviewOutcome | None:
    """The last decision on an assessment, or None. One query."""
    comment = JSONObject(code="ratings__statement__code", text="ratings__comment")
    decided = Review.objects.filter(submission__assessment=assessment).exclude(decision="")
    rows = decided.annotate(
        comments=ArrayAgg(comment, filter=~Q(ratings__comment=""), default=Value([]))
    ).values_list(
        "submission_id", "decision", "reviewer__name", "decided_at", "reason", "result__rate_next", "comments"
    )
    found = rows.order_by("-submission__number", "-id").first()
    if found is None:
        return None
    submission_id, decision, by, when, reason, rate_next, comments = found
    return ReviewOutcome(
        submission_id=submission_id,
        decision=decision,
        by=by,
        when=when,
        reason=reason,
        rate_next=rate_next,
        comments={row["code"]: row["text"] for row in sorted(comments, key=lambda row: row["code"])},
    )


def starting_answer(claim: int | None, not_applicable: bool, supported: int) -> Rating | None:
    """The reviewer's word before they say anything: what the evidence supports, never the claim."""
    if not_applicable:
        return NA
    return None if claim is None else supported


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """The reviewer's word on one statement, and what it began as."""

    statement_id: int
    answer: Rating | None
    start: Rating | None
    comment: str = ""
    version: int = 0

    @property
    def differs(self) -> bool:
        return self.answer != self.start

    @property
    def needs_comment(self) -> bool:
        return self.differs and not self.comment


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """A rating that was not saved: it was wrong (``problems``), or somebody was first."""

    statement_id: int
    answer: Rating | None
    comment: str
    problems: tuple[str, ...] = ()

    @property
    def rated(self) -> str | Promise:
        return rating_word(self.answer)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One statement with what the employee says, what the evidence carries and what the reviewer says."""

    answer: Answer
    word: Word
    attempt: Attempt | None = None

    @property
    def id(self) -> int:
        return self.word.statement_id

    @property
    def key(self) -> str:
        """The prefix of its inputs' ids."""
        return f"rating-{self.id}"

    @property
    def shown(self) -> Word | Attempt:
        """What the form holds: what was typed and not saved, else the reviewer's word."""
        return self.attempt or self.word

    @property
    def claimed(self) -> str | Promise:
        return rating_word(self.answer.given.answer)

    @property
    def supported(self) -> str | Promise:
        return rating_word(self.word.start)

    @property
    def rated(self) -> str | Promise:
        return rating_word(self.word.answer)


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One level that was answered, with all its statements."""

    level: LevelText
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewSheet:
    """One submission under review, or decided. ``result`` is what the reviewer's ratings give."""

    submission: Submission
    review: Review | None
    sheet: Sheet
    words: Mapping[int, Word]
    result: Result
    attempt: Attempt | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.review is None or self.review.decided_at is None

    @property
    def stamp(self) -> int:
        """Grows with every change of the ratings: a decision is about the ones that were read."""
        return sum(word.version for word in self.words.values())

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The levels that were answered: the deciding one first, then from the highest down."""
        numbers = [level.level for level in self.sheet.result.levels if level.is_answered]
        deciding = deciding_level(numbers, self.result.target)
        ordered = sorted(numbers, key=lambda number: (number != deciding, -number))
        return tuple(self._section(number) for number in ordered)

    def _section(self, number: int) -> Section:
        answers = self.sheet.by_level[number]
        rows = tuple(self._row(answer) for answer in answers)
        return Section(level=self.sheet.level_text(number), rows=rows)

    def _row(self, answer: Answer) -> Row:
        key, attempt = answer.statement.id, self.attempt
        is_attempted = attempt is not None and attempt.statement_id == key
        return Row(answer=answer, word=self.words[key], attempt=attempt if is_attempted else None)

    @property
    def rows(self) -> Mapping[int, Row]:
        """Every row that is shown, by statement id."""
        return {row.id: row for section in self.sections for row in section.rows}

    @property
    def lowest(self) -> int:
        return self.sheet.skill.lowest


def deciding_level(answered: list[int], target: int) -> int:
    """The level to read first: the target's if it was answered, else the nearest one below, else above."""
    below = [number for number in answered if number <= target]
    return max(below) if below else min(answered, default=target)


def readable_submission(submission_id: int, *, reader: User, on: dt.date) -> Submission:
    """What somebody sent whom the reader reviews: it waits for a decision, or has one.

    Raises Submission.DoesNotExist for strangers' ones and for what was taken back or sent again.
    """
    return (
        Submission.objects.readable_by(reader, on)
        .select_related(
            "assessment__skill__framework", "assessment__cycle", "assessment__employee", "review__reviewer"
        )
        .get(pk=submission_id)
    )


def review_of(submission: Submission) -> Review | None:
    return getattr(submission, "review", None)


def review_sheet(submission: Submission, *, reader: User) -> ReviewSheet:
    """One query besides the submission, which comes from ``readable_submission``."""
    review = review_of(submission)
    words = words_of(review) if review else first_words(submission)
    tried = {word.statement_id: (word.answer, word.comment) for word in words.values()}
    sheet = frozen_sheet(submission, reader=reader, reviews=tried)
    result = Result.from_json(review.result) if review and review.result else sheet.result
    return ReviewSheet(submission=submission, review=review, sheet=sheet, words=words, result=result)


def first_words(submission: Submission) -> dict[int, Word]:
    """Before the review begins: what the evidence supported when it was sent."""
    starts = {
        row.statement_id: starting_answer(row.claim, row.not_applicable, row.supported)
        for row in submission.ratings.order_by("id")
    }
    return {key: Word(statement_id=key, answer=start, start=start) for key, start in starts.items()}


def words_of(review: Review) -> dict[int, Word]:
    return {rating.statement_id: word_of(rating) for rating in review.ratings.order_by("id")}


def word_of(rating: ReviewRating) -> Word:
    return Word(
        statement_id=rating.statement_id,
        answer=rating.answer,
        start=NA if rating.was_not_applicable else rating.supported,
        comment=rating.comment,
        version=rating.version,
    )
