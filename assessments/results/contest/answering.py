"""What an employee reads before they answer a validated level, and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessments.models import (
    AccessEntry,
    Assessment,
    ContestedStatement,
    Cycle,
    EssenceAnswer,
    Response,
    Review,
    ReviewRating,
    State,
)
from assessments.models.log import AccessKind
from assessments.models.review import Decision
from assessments.results.contest.decision_record import held_words
from assessments.results.frozen import frozen_sheet
from assessments.results.review.essence import essence_of
from assessments.results.review.told import Said, Told, told_of
from assessments.results.sheet import Answer, Sheet
from assessments.results.words import rating_words, supported_words
from assessments.scoring import LevelResult, Result, StatementResult
from people.clock import day_of
from people.models import User
from skills.catalogue import LevelText


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerRow:
    """One rated statement as the employee may contest it, or has."""

    answer: Answer
    scored: StatementResult
    rating: ReviewRating
    contested: ContestedStatement | None
    # Each reviewer's word on what is contested.
    said: tuple[Said, ...] = ()

    @property
    def id(self) -> int:
        return self.rating.statement_id

    @property
    def is_as_claimed(self) -> bool:
        """Whether the reviewer agreed with the claim: then there is hardly anything to contest."""
        return self.scored.validated == self.scored.claimed

    @property
    def claimed(self) -> str:
        return rating_words(self.scored.claimed)

    @property
    def supported(self) -> str:
        return supported_words(self.scored)

    @property
    def validated(self) -> str:
        return rating_words(self.scored.validated)

    @property
    def words(self) -> tuple[tuple[Said, str], ...]:
        """Each reviewer's word, with the rating as the employee says it."""
        return tuple((said, rating_words(said.rating)) for said in self.said)


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerLevel:
    level: LevelText
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Who opened the submission to decide on the contest, and when first."""

    name: str
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class AnswerPage:
    assessment: Assessment
    sheet: Sheet
    review: Review
    response: Response | None
    levels: tuple[AnswerLevel, ...]
    last_day: dt.date
    is_late: bool
    # Who decides on the contest; None where HR has to say.
    decider: User | None
    readings: tuple[Reading, ...]

    @property
    def is_open(self) -> bool:
        """Whether it can be answered now."""
        return self.response is None and not self.is_late

    @property
    def stamp(self) -> str:
        """Which decision was read: it can be taken back and taken anew."""
        return self.review.decided_at.isoformat() if self.review.decided_at else ""

    @property
    def level(self) -> str:
        return held_words(self.sheet.result)

    @property
    def first_level(self) -> str:
        """The level before a decided contest."""
        stored = self.response and self.response.first_result
        return held_words(Result.from_json(stored)) if stored else ""

    @property
    def essence(self) -> EssenceAnswer:
        return essence_of(self.review.submission)

    @property
    def contested(self) -> tuple[AnswerRow, ...]:
        return tuple(row for level in self.levels for row in level.rows if row.contested)


def last_day_to_answer(decided_at: dt.datetime, cycle: Cycle) -> dt.date:
    """The last calendar day of the organisation on which a decision can be answered."""
    return day_of(decided_at) + dt.timedelta(days=cycle.contest_days)


def answer_page(assessment: Assessment, *, reader: User, on: dt.date) -> AnswerPage | None:
    """None where no validated level stands to be answered."""
    if assessment.state != State.VALIDATED:
        return None
    review = Review.objects.last_validated(assessment)
    if review is None or review.result is None or review.decision != Decision.VALIDATED:
        return None
    return _page(assessment, review, reader=reader, on=on)


def _page(assessment: Assessment, review: Review, *, reader: User, on: dt.date) -> AnswerPage:
    sheet = replace(
        frozen_sheet(review.submission, reader=reader), result=Result.from_json(review.result or {})
    )
    told = told_of(review)
    response = told.response if told else None
    last_day = last_day_to_answer(review.decided_at or assessment.started_at, assessment.cycle)
    return AnswerPage(
        assessment=assessment,
        sheet=sheet,
        review=review,
        response=response,
        levels=_levels(review, told, sheet),
        last_day=last_day,
        is_late=on > last_day,
        decider=decider_of(response, on) if response else None,
        readings=readings_of(review) if response else (),
    )


def _levels(review: Review, told: Told | None, sheet: Sheet) -> tuple[AnswerLevel, ...]:
    """The target's level first, then from the highest down: those with a rating."""
    ratings = {rating.statement_id: rating for rating in review.ratings.order_by("id")}
    ordered = sorted(
        sheet.result.levels, key=lambda level: (level.level != sheet.header.target, -level.level)
    )
    found = (
        AnswerLevel(level=sheet.level_text(level.level), rows=_rows(level, sheet, ratings, told))
        for level in ordered
    )
    return tuple(level for level in found if level.rows)


def _rows(
    level: LevelResult,
    sheet: Sheet,
    ratings: Mapping[int, ReviewRating],
    told: Told | None,
) -> tuple[AnswerRow, ...]:
    answers = {answer.statement.code: answer for answer in sheet.by_level[level.level]}
    pairs = ((answers[scored.id], scored) for scored in level.statements if scored.validated is not None)
    return tuple(
        AnswerRow(
            answer=answer,
            scored=scored,
            rating=ratings[answer.statement.id],
            contested=told.statements.get(answer.statement.id) if told else None,
            said=told.said(answer.statement.id) if told else (),
        )
        for answer, scored in pairs
        if answer.statement.id in ratings
    )


def decider_of(response: Response, on: dt.date) -> User | None:
    """Who decides on an open contest, or has decided."""
    if not response.is_open:
        return response.second_reviewer
    found = Response.objects.open_contests().with_decider(on).filter(pk=response.pk).first()
    return User.objects.filter(pk=found.decider_id).first() if found and found.decider_id else None


def readings_of(review: Review) -> tuple[Reading, ...]:
    entries = AccessEntry.objects.filter(
        kind=AccessKind.CONTEST,
        object_id=review.submission_id,
        person_id=review.submission.assessment.employee_id,
    )
    first: dict[str, dt.datetime] = {}
    for name, at in entries.order_by("at", "id").values_list("by__name", "at"):
        first.setdefault(name, at)
    return tuple(Reading(name=name, at=at) for name, at in first.items())
