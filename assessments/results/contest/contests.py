"""What a second reviewer reads of a contest, and what HR reads of all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from assessments.models import AccessEntry, ContestedStatement, Response
from assessments.models.log import AccessKind
from assessments.results.contest.decision_record import held_words
from assessments.results.frozen import frozen_sheet, judged_of, reviews_of
from assessments.results.review.rows import Attempt
from assessments.results.review.words import rating_word
from assessments.results.sheet import Answer, LinkedEvidence, Sheet
from assessments.scoring import Rating, Result
from people.models import User


@dataclass(frozen=True, kw_only=True, slots=True)
class ContestRow:
    """One contested statement: claim, evidence, first rating, the employee's reason, second rating."""

    answer: Answer
    contested: ContestedStatement
    supported: Rating | None
    # Why the first reviewer found that a link does not show it, by link id.
    reasons: Mapping[int, str]
    attempt: Attempt | None = None

    @property
    def evidence(self) -> tuple[tuple[LinkedEvidence, str], ...]:
        """Each item as it was sent and judged, with the first reviewer's reason against it, if any."""
        return tuple((linked, self.reasons.get(linked.link_id, "")) for linked in self.answer.evidence)

    @property
    def id(self) -> int:
        return self.contested.statement_id

    @property
    def key(self) -> str:
        """The prefix of its inputs' ids."""
        return f"rating-{self.id}"

    @property
    def shown(self) -> ContestedStatement | Attempt:
        """What the form holds: what was typed and not saved, else what is saved."""
        return self.attempt or self.contested

    @property
    def claimed(self) -> str | Promise:
        return rating_word(self.answer.given.answer)

    @property
    def carried(self) -> str | Promise:
        return rating_word(self.supported)

    @property
    def first(self) -> str | Promise:
        return rating_word(self.contested.first_answer)

    @property
    def second(self) -> str | Promise:
        return rating_word(self.contested.answer) if self.is_rated else "–"

    @property
    def is_rated(self) -> bool:
        return self.contested.answer is not None

    @property
    def is_complete(self) -> bool:
        return self.is_rated and bool(self.contested.comment) and bool(self.contested.basis)


@dataclass(frozen=True, kw_only=True)
class ContestSheet:
    """One open contest. ``result`` is what the level would be with the second ratings so far."""

    response: Response
    sheet: Sheet
    rows: tuple[ContestRow, ...]
    result: Result
    first_level: str

    @property
    def stamp(self) -> int:
        """Grows with every change of the ratings: a decision is about the ones that were read."""
        return sum(row.contested.version for row in self.rows)

    @property
    def level(self) -> str:
        return held_words(self.result)

    @property
    def left(self) -> int:
        """How many statements still lack a rating, a comment or a basis."""
        return sum(not row.is_complete for row in self.rows)


def contest_for(person: User, response_id: int, *, on: dt.date) -> Response:
    """An open contest that this person decides, or one that they have decided; else Response.DoesNotExist."""
    mine = Response.objects.to_decide_by(person, on).for_page().filter(pk=response_id).first()
    return mine or Response.objects.decided_by(person).for_page().get(pk=response_id)


def was_opened(response_id: int, *, by: User) -> bool:
    """Whether somebody has had it before them as the one who decides."""
    found = Response.objects.for_page().filter(pk=response_id).first()
    if found is None:
        return False
    submission, kind = found.review.submission, AccessKind.CONTEST
    return AccessEntry.objects.openings_of(submission, kind=kind, by=by).exists()


def contest_sheet(response: Response, *, reader: User, attempt: Attempt | None = None) -> ContestSheet:
    """The contested statements with what was sent; the response comes from ``for_page``."""
    review = response.review
    contested = {row.statement_id: row for row in response.statements.in_order()}
    reviews, judged = _reviews(response, contested), judged_of(review)
    sheet = frozen_sheet(review.submission, reader=reader, reviews=reviews, judged=judged)
    supported: dict[int, Rating | None] = {
        rating.statement_id: "na" if rating.was_not_applicable else rating.supported
        for rating in review.ratings.all()
    }
    reasons = dict(review.verdicts.order_by("id").values_list("link_id", "reason"))
    return ContestSheet(
        response=response,
        sheet=sheet,
        rows=tuple(
            ContestRow(
                answer=answer,
                contested=contested[answer.statement.id],
                supported=supported.get(answer.statement.id),
                reasons=reasons,
                attempt=attempt if attempt and attempt.statement_id == answer.statement.id else None,
            )
            for answer in sheet.answers
            if answer.statement.id in contested
        ),
        result=sheet.result,
        first_level=held_words(Result.from_json(review.result or {})),
    )


def _reviews(
    response: Response, contested: Mapping[int, ContestedStatement]
) -> dict[int, tuple[Rating | None, str]]:
    """The first ratings, and in their place the second ones as far as there are any."""
    second = {key: (row.answer, row.comment) for key, row in contested.items() if row.answer is not None}
    return {**reviews_of(response.review), **second}


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenContest:
    """One line of a list. ``decider`` is None where HR has to choose."""

    id: int
    employee: str
    skill: str
    reviewer: str
    at: dt.datetime
    statements: int
    decider: str | None
    # Parts of the case, who can neither decide nor choose who does.
    parties: tuple[int, int]


def contests_to_decide(person: User, *, on: dt.date) -> tuple[OpenContest, ...]:
    """Those that this person decides, oldest first. Two queries, whatever their number."""
    return _listed(list(Response.objects.to_decide_by(person, on).for_list()))


def open_contests(*, on: dt.date) -> tuple[OpenContest, ...]:
    """All of the company, oldest first. Two queries, whatever their number."""
    return _listed(list(Response.objects.open_contests().with_decider(on).for_list()))


def _listed(found: list[Response]) -> tuple[OpenContest, ...]:
    deciders = {
        person.pk: person.name for person in User.objects.filter(pk__in=[r.decider_id for r in found])
    }
    return tuple(_line(response, deciders) for response in found)


def _line(response: Response, deciders: Mapping[int, str]) -> OpenContest:
    assessment = response.review.submission.assessment
    return OpenContest(
        id=response.pk,
        employee=assessment.employee.name,
        skill=assessment.skill.code,
        reviewer=response.review.reviewer.name,
        at=response.at,
        statements=response.contested,
        decider=deciders.get(response.decider_id) if response.decider_id else None,
        parties=(assessment.employee_id, response.review.reviewer_id),
    )


def may_read_for_contest(reader: User, submission_id: int, *, on: dt.date) -> bool:
    """Whether the reader decides on an open contest about this submission."""
    found = Response.objects.to_decide_by(reader, on).filter(review__submission_id=submission_id)
    return found.exists()
