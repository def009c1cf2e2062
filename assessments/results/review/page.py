"""What a reviewer reads of one submission: claims, evidence, the ratings so far and the level they give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from assessments.models import AccessEntry, LinkVerdict, Review, ReviewRating, Submission
from assessments.models.log import AccessKind
from assessments.models.review import Decision
from assessments.results.frozen import frozen_sheet, judged_from
from assessments.results.report.last_validated import LAST_BEFORE
from assessments.results.review.rows import Attempt, Judgement, LinkRow, Row, Section, Word, section
from assessments.results.sheet import Answer, LinkedEvidence, Sheet
from assessments.scoring import NA, Rating, Result
from people.models import User


def starting_answer(claim: int | None, not_applicable: bool, supported: int) -> Rating | None:
    """The reviewer's word before they say anything: what the evidence supports, never the claim."""
    if not_applicable:
        return NA
    return None if claim is None else supported


@dataclass(frozen=True, kw_only=True)
class ReviewSheet:
    """One submission under review, or decided. ``result`` is what the reviewer's ratings give."""

    submission: Submission
    review: Review | None
    sheet: Sheet
    words: Mapping[int, Word]
    judgements: Mapping[int, Judgement]
    result: Result
    attempt: Attempt | None = None
    tried: Judgement | None = None

    def trying(self, attempt: Attempt | Judgement | None) -> ReviewSheet:
        """The same with something that was typed and not saved."""
        if isinstance(attempt, Judgement):
            return replace(self, tried=attempt)
        return replace(self, attempt=attempt)

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.review is None or self.review.decided_at is None

    @property
    def is_validated(self) -> bool:
        return self.review is not None and self.review.decision == Decision.VALIDATED

    @property
    def stamp(self) -> int:
        """Grows with every change of the ratings and of what they rest on: a decision is about these."""
        return sum(word.version for word in self.words.values())

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The deciding level first, then what only the reviewer rates, then from the highest down."""
        deciding = deciding_level(self.answered, self.result.target)
        rest = [number for number in reversed(self.answered) if number != deciding]
        return tuple(self._section(number) for number in (deciding, *self.spot, *rest))

    @property
    def spots(self) -> tuple[Section, ...]:
        """Levels that only the reviewer rates."""
        return tuple(one for one in self.sections[1:] if one.is_spot)

    @property
    def others(self) -> tuple[Section, ...]:
        """Answered levels but the first, folded."""
        return tuple(one for one in self.sections[1:] if not one.is_spot)

    @cached_property
    def answered(self) -> list[int]:
        """The levels that the employee answered, lowest first."""
        levels = self.sheet.by_level.items()
        return [number for number, answers in levels if any(one.is_answered for one in answers)]

    @cached_property
    def spot(self) -> tuple[int, ...]:
        """Levels that the employee left out: the one to rate so that the level is known, and those rated."""
        rated = {
            number
            for number, answers in self.sheet.by_level.items()
            if any(self.words[one.statement.id].answer is not None for one in answers)
        }
        wanted = {self.result.rate_next} if self.is_open and self.result.rate_next else set()
        return tuple(sorted((rated | wanted) - set(self.answered), reverse=True))

    def _section(self, number: int) -> Section:
        rows = [self._row(answer) for answer in self.sheet.by_level[number]]
        is_spot = number in self.spot
        return section(self.sheet.level_text(number), rows, self.sheet.header, is_spot=is_spot)

    def _row(self, answer: Answer) -> Row:
        key, attempt = answer.statement.id, self.attempt
        is_attempted = attempt is not None and attempt.statement_id == key
        return Row(
            answer=answer,
            word=self.words[key],
            links=tuple(self._link(linked) for linked in answer.evidence),
            attempt=attempt if is_attempted else None,
        )

    def _link(self, linked: LinkedEvidence) -> LinkRow:
        key, tried = linked.link_id, self.tried
        return LinkRow(
            linked=linked,
            saved=self.judgements.get(key) or Judgement(link_id=key),
            attempt=tried if tried is not None and tried.link_id == key else None,
            confirmed_now=str(linked.evidence.id) in (self.review.confirmed if self.review else {}),
        )

    @cached_property
    def rows(self) -> Mapping[int, Row]:
        """Every row that is shown, by statement id."""
        return {row.id: row for section in self.sections for row in section.rows}

    @property
    def links(self) -> Mapping[int, str]:
        """The link of each item that was sent, by its id; "" where it has none."""
        answers = self.sheet.answers
        return {one.evidence.id: one.evidence.url for answer in answers for one in answer.evidence}

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
    verdicts = LinkVerdict.objects.filter(review__submission=OuterRef("pk"))
    return (
        Submission.objects.readable_by(reader, on)
        .select_related(
            "assessment__skill__framework",
            "assessment__cycle",
            "assessment__employee",
            "essence_answer",
            "review__reviewer",
            "review__of_record_by",
        )
        .annotate(verdict_rows=ArraySubquery(verdict_rows(verdicts)), last_row=LAST_BEFORE)
        .get(pk=submission_id)
    )


def is_taken_back(submission_id: int, *, reader: User, on: dt.date) -> bool:
    """Whether it waited for the reader until the employee took it back."""
    return Submission.objects.taken_back_from(reader, on).filter(pk=submission_id).exists()


def is_closed(submission_id: int, *, reader: User, on: dt.date) -> bool:
    """Whether HR closed as not reviewed what waited for the reader, or lay open before them."""
    closed = Submission.objects.closed().filter(pk=submission_id)
    if closed.of_charges(reader, on).exists():
        return True
    return closed.exists() and was_opened(submission_id, by=reader)


def was_opened(submission_id: int, *, by: User) -> bool:
    """Whether somebody has had it before them as a reviewer."""
    found = Submission.objects.select_related("assessment").filter(pk=submission_id).first()
    kind = AccessKind.SUBMISSION
    return bool(found and AccessEntry.objects.openings_of(found, kind=kind, by=by).exists())


def review_of(submission: Submission) -> Review | None:
    return getattr(submission, "review", None)


def review_sheet(submission: Submission, *, reader: User) -> ReviewSheet:
    """One query besides the submission, which comes from ``readable_submission``."""
    review = review_of(submission)
    words = words_of(review) if review else first_words(submission)
    judgements = judgements_of(review, submission) if review else {}
    verdicts = ((one.link_id, one.verdict) for one in judgements.values())
    tried = {word.statement_id: (word.answer, word.comment) for word in words.values()}
    sheet = frozen_sheet(
        submission,
        reader=reader,
        reviews=tried,
        judged=judged_from(verdicts, review.confirmed if review else ()),
    )
    result = Result.from_json(review.result) if review and review.result else sheet.result
    return ReviewSheet(
        submission=submission,
        review=review,
        sheet=sheet,
        words=words,
        judgements=judgements,
        result=result,
    )


def judgements_of(review: Review, submission: Submission) -> dict[int, Judgement]:
    """The verdicts of a review by link id; without a query where ``readable_submission`` brought them."""
    rows: list[dict[str, Any]] | None = getattr(submission, "verdict_rows", None)
    found = verdict_rows(review.verdicts.all()) if rows is None else rows
    return {row["link_id"]: Judgement(**row) for row in (entry.get("row", entry) for entry in found)}


def verdict_rows(verdicts: QuerySet[LinkVerdict]) -> QuerySet[LinkVerdict, Any]:
    """The fields of a Judgement of each, as ``row``."""
    fields = {name: name for name in ("link_id", "verdict", "reason", "version")}
    return verdicts.order_by("id").values(row=JSONObject(**fields))


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
        start=rating.start,
        comment=rating.comment,
        basis=rating.basis,
        is_own=rating.is_own,
        is_settled=rating.settled_at is not None,
        version=rating.version,
    )
