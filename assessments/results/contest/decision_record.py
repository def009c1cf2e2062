"""The record of one validated decision: what was decided, on what, by whom, and what became of it.

Levels and ratings are the stored ones; nothing is scored again. The sentences are in the active language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from assessments.models import Assessment, ContestedStatement, EssenceAnswer, Response, Review, ReviewRating
from assessments.models.contest import Answer as ResponseAnswer
from assessments.models.review import Basis
from assessments.results.frozen import frozen_sheet, judged_of
from assessments.results.policy import policy_words
from assessments.results.review.essence import essence_of
from assessments.results.sheet import Answer, Sheet
from assessments.results.words import OUTCOMES, level_text, rating_words, supported_words
from assessments.scoring import LevelResult, Result, StatementResult
from people.dates import filed_moment
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
    response = response_to(review)
    return DecisionRecord(
        sheet=sheet,
        level=held_words(result),
        is_contested=response is not None and response.is_open,
        essence=essence_of(review.submission),
        facts=tuple(_facts(review, sheet)),
        answer=tuple(_answer(response, result)) if response else (),
        levels=tuple(_levels(review, response, sheet)),
        policy=policy_words(sheet),
        digest=review.submission.digest,
    )


def response_to(review: Review) -> Response | None:
    """What the employee answered; read with the review where it was asked for."""
    found: Response | None = getattr(review, "response", None)
    return found


def held_words(result: Result) -> str:
    """The level held in words: never "none", never 0."""
    return level_text(result.highest, settled=result.determined, lowest=result.levels[0].level)


def _facts(review: Review, sheet: Sheet) -> Iterator[Fact]:
    header, sent = sheet.header, review.submission
    yield Fact(name=_("Person"), value=header.employee)
    if header.job_title:
        yield Fact(name=_("Job title"), value=header.job_title)
    yield Fact(name=_("Target level"), value=str(header.target))
    yield Fact(name=_("Sent on"), value=filed_moment(sent.sent_at))
    yield Fact(name=_("Decided by"), value=review.reviewer.name)
    if review.decided_at:
        yield Fact(name=_("Decided on"), value=filed_moment(review.decided_at))


def _answer(response: Response, result: Result) -> Iterator[str]:
    """What the employee said, and what became of what they contested."""
    sentences = {
        ResponseAnswer.AGREED: _("The employee agreed on %(date)s."),
        ResponseAnswer.NOTED: _("The employee agreed on %(date)s, with a note."),
        ResponseAnswer.CONTESTED: _("The employee contested statements on %(date)s."),
    }
    yield sentences[ResponseAnswer(response.answer)] % {"date": filed_moment(response.at)}
    if response.note:
        yield response.note
    if response.is_open:
        yield _("It is not decided yet: until then the level stands, marked as contested.")
    elif response.decided_at and response.second_reviewer:
        yield _("%(name)s decided on it on %(date)s: level before %(before)s, level now %(now)s.") % {
            "name": response.second_reviewer.name,
            "date": filed_moment(response.decided_at),
            "before": held_words(Result.from_json(response.first_result or {})),
            "now": held_words(result),
        }
        if response.reason:
            yield response.reason


def _levels(review: Review, response: Response | None, sheet: Sheet) -> Iterator[RecordLevel]:
    """The levels that were answered or rated, the target's first, then from the highest down."""
    ratings = {rating.statement_id: rating for rating in review.ratings.order_by("id")}
    contested = {row.statement_id: row for row in response.statements.order_by("id")} if response else {}
    shown = [level for level in sheet.result.levels if level.is_answered or _is_rated(level)]
    for level in sorted(shown, key=lambda level: (level.level != sheet.header.target, -level.level)):
        yield RecordLevel(heading=_heading(level), rows=tuple(_rows(level, sheet, ratings, contested)))


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
    level: LevelResult,
    sheet: Sheet,
    ratings: Mapping[int, ReviewRating],
    contested: Mapping[int, ContestedStatement],
) -> Iterator[RecordRow]:
    answers = {answer.statement.code: answer for answer in sheet.by_level[level.level]}
    for scored in level.statements:
        answer = answers[scored.id]
        key = answer.statement.id
        yield _row(answer, scored, ratings.get(key), contested.get(key))


def _row(
    answer: Answer, scored: StatementResult, rating: ReviewRating | None, contested: ContestedStatement | None
) -> RecordRow:
    basis = rating.basis if rating else ""
    return RecordRow(
        code=answer.statement.short_code,
        text=answer.statement.text,
        claimed=rating_words(scored.claimed),
        supported=supported_words(scored),
        validated=rating_words(scored.validated),
        basis=str(Basis(basis).label) if basis else "",
        notes=tuple(_notes(answer, rating, contested)),
    )


def _notes(
    answer: Answer, rating: ReviewRating | None, contested: ContestedStatement | None
) -> Iterator[str]:
    if answer.given.reason:
        yield _("Why it does not apply: %(reason)s") % {"reason": answer.given.reason}
    if contested is not None:
        yield _("Contested: %(reason)s") % {"reason": contested.reason}
        yield _("First rating: %(rating)s. %(comment)s") % {
            "rating": rating_words(contested.first_answer),
            "comment": contested.first_comment,
        }
    if rating and rating.comment:
        yield _("Comment: %(comment)s") % {"comment": rating.comment}
