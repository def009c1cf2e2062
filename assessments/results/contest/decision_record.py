"""The record of one validated decision: what was decided, on what, by whom, and what became of it.

Levels and ratings are the stored ones; nothing is scored again. The sentences are in the active language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from assessments.models import Assessment, EssenceAnswer, Review, ReviewRating
from assessments.models.review import Basis
from assessments.results.frozen import frozen_sheet, judged_of
from assessments.results.policy import policy_words
from assessments.results.review.essence import essence_of
from assessments.results.review.told import Said, Told, told_of
from assessments.results.sheet import Answer, Sheet
from assessments.results.words import OUTCOMES, level_text, rating_words, supported_words
from assessments.scoring import LevelResult, Result, StatementResult
from people.dates import filed_moment, written_day
from people.models import User
from skills.catalogue import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRow:
    """One statement: the three values in words, what the reviewer's rests on, and what they wrote."""

    code: str
    text: Words
    claimed: str
    supported: str
    validated: str
    basis: str
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordLevel:
    heading: str
    rows: tuple[RecordRow, ...]


@dataclass(frozen=True, kw_only=True)
class DecisionRecord:
    """Everything that the record says, for one reader."""

    sheet: Sheet
    level: str
    is_contested: bool
    essence: EssenceAnswer
    facts: tuple[Fact, ...]
    answer: tuple[str, ...]
    levels: tuple[RecordLevel, ...]
    policy: tuple[str, ...]
    digest: str

    @property
    def title(self) -> str:
        header = self.sheet.header
        return _("%(name)s · Cycle %(cycle)s · %(skill)s · %(framework)s") % {
            "name": header.employee,
            "cycle": header.cycle,
            "skill": self.sheet.skill.code,
            "framework": self.sheet.skill.framework,
        }


def decision_record(assessment: Assessment, *, reader: User) -> DecisionRecord | None:
    """The last validated decision on an assessment that the reader may read; None where there is none."""
    review = Review.objects.last_validated(assessment)
    if review is None or review.result is None:
        return None
    result = Result.from_json(review.result)
    sheet = replace(frozen_sheet(review.submission, reader=reader, judged=judged_of(review)), result=result)
    told = told_of(review)
    return DecisionRecord(
        sheet=sheet,
        level=held_words(result),
        is_contested=told is not None and told.response.is_open,
        essence=essence_of(review.submission),
        facts=tuple(_facts(review, sheet)),
        answer=tuple(_answer(told, result)) if told else (),
        levels=tuple(_levels(review, told, sheet)),
        policy=policy_words(sheet, since=assessment.cycle.in_force_since),
        digest=review.submission.digest,
    )


def held_words(result: Result) -> str:
    """The level held in words: never "none", never 0."""
    return level_text(result.highest, settled=result.determined, lowest=result.levels[0].level)


def decided_words(name: str, at: dt.datetime, result: Result) -> str:
    """Who decided what, where two have."""
    values = {"name": name, "date": filed_moment(at), "level": held_words(result)}
    return _("%(name)s decided on %(date)s. Level: %(level)s.") % values


def _facts(review: Review, sheet: Sheet) -> Iterator[Fact]:
    header, sent = sheet.header, review.submission
    yield Fact(name=_("Person"), value=header.employee)
    if header.job_title:
        yield Fact(name=_("Job title"), value=header.job_title)
    yield Fact(name=_("Target level"), value=str(header.target))
    yield Fact(name=_("Sent on"), value=filed_moment(sent.sent_at))
    if review.of_record_by and review.of_record_at:
        yield Fact(name=_("Decided by"), value=review.of_record_by.name)
        yield Fact(name=_("Decided on"), value=filed_moment(review.of_record_at))


def _answer(told: Told, result: Result) -> Iterator[str]:
    """What the employee said, and what became of what they contested."""
    response, first = told.response, told.first
    if first and told.review.decided_at:
        yield decided_words(told.review.reviewer.name, told.review.decided_at, first)
    yield told.sentence % {"date": filed_moment(response.at)}
    if response.note:
        yield response.note
    if response.is_open:
        yield _("It is not decided yet: until then the level stands, marked as contested.")
    elif response.decided_at and response.second_reviewer:
        yield decided_words(response.second_reviewer.name, response.decided_at, result)
        if response.reason:
            yield response.reason


def _levels(review: Review, told: Told | None, sheet: Sheet) -> Iterator[RecordLevel]:
    """The levels that were answered or rated, the target's first, then from the highest down."""
    ratings = {rating.statement_id: rating for rating in review.ratings.order_by("id")}
    shown = [level for level in sheet.result.levels if level.is_answered or _is_rated(level)]
    for level in sorted(shown, key=lambda level: (level.level != sheet.header.target, -level.level)):
        yield RecordLevel(heading=_heading(level), rows=tuple(_rows(level, sheet, ratings, told)))


def _is_rated(level: LevelResult) -> bool:
    return any(statement.validated is not None for statement in level.statements)


def _heading(level: LevelResult) -> str:
    record = level.of_record
    values = {
        "level": level.level,
        "outcome": OUTCOMES[record.outcome],
        "points": record.points,
        "of": record.of,
        "needed": level.needed,
    }
    return (
        _("Level %(level)d: %(outcome)s · points %(points)d of %(of)d, needed %(needed)d") % values
        if record.of
        else _("Level %(level)d: %(outcome)s") % values
    )


def _rows(
    level: LevelResult, sheet: Sheet, ratings: Mapping[int, ReviewRating], told: Told | None
) -> Iterator[RecordRow]:
    answers = {answer.statement.code: answer for answer in sheet.by_level[level.level]}
    for scored in level.statements:
        answer = answers[scored.id]
        yield _row(answer, scored, ratings.get(answer.statement.id), told)


def _row(
    answer: Answer, scored: StatementResult, rating: ReviewRating | None, told: Told | None
) -> RecordRow:
    return RecordRow(
        code=answer.statement.short_code,
        text=answer.statement.text,
        claimed=rating_words(scored.claimed),
        supported=supported_words(scored),
        validated=rating_words(scored.validated),
        basis=_basis(rating) if rating else "",
        notes=tuple(_notes(answer, rating, told)),
    )


def _basis(rating: ReviewRating) -> str:
    """What the rating rests on; without a basis of its own it was accepted, or raised to the evidence."""
    if rating.basis:
        return str(Basis(rating.basis).label)
    if rating.answer is None or rating.settled_at is None:
        return ""
    if rating.differs:
        return str(Basis.EVIDENCE.label)
    return _("agreed: not applicable") if rating.not_applicable else _("accepted as supported")


def _notes(answer: Answer, rating: ReviewRating | None, told: Told | None) -> Iterator[str]:
    if answer.given.reason:
        yield _("Why it does not apply: %(reason)s") % {"reason": answer.given.reason}
    contested = told.statements.get(answer.statement.id) if told else None
    if told and contested:
        yield _("Contested: %(reason)s") % {"reason": contested.reason}
        yield from map(_said, told.said(answer.statement.id))
    elif rating and rating.comment:
        yield _("Comment: %(comment)s") % {"comment": rating.comment}
    if rating and rating.settled_at and (opened := _opened(answer, rating)):
        yield opened


def _said(said: Said) -> str:
    """One reviewer's word on a contested statement, in a line."""
    rating = rating_words(said.rating)
    values = {
        "name": said.name,
        "date": written_day(said.at),
        "rating": f"{rating} ({said.basis})" if said.basis else rating,
        "comment": said.comment,
    }
    return (_("%(name)s, %(date)s: %(rating)s. %(comment)s") % values).rstrip()


def _opened(answer: Answer, rating: ReviewRating) -> str:
    """Of the items with a link or a file, which ones the first reviewer had opened before they rated."""
    items = [linked.evidence for linked in answer.evidence if linked.evidence.url or linked.evidence.files]
    titles = [item.title for item in items if item.id in rating.opened]
    if not items:
        return ""
    values = {"opened": len(titles), "of": len(items), "titles": "; ".join(titles)}
    if not titles:
        return _("Evidence opened before rating: %(opened)d of %(of)d.") % values
    return _("Evidence opened before rating: %(opened)d of %(of)d (%(titles)s).") % values
