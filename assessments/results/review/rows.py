"""The rows of a review: a statement with its three values, and each link of its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from assessments.models.verdict import Verdict
from assessments.results.review.grounds import differs, needs_grounds
from assessments.results.review.words import rating_word
from assessments.results.sheet import Answer, Header, LinkedEvidence, same_work
from assessments.scoring import NA, Rating, StatementCase
from assessments.scoring_share import leaning
from skills.catalogue import LevelText


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """The reviewer's word on one statement, and what it starts from."""

    statement_id: int
    answer: Rating | None
    start: Rating | None
    comment: str = ""
    basis: str = ""
    is_own: bool = False
    is_settled: bool = False
    version: int = 0

    @property
    def differs(self) -> bool:
        return differs(self.answer, self.start)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """A rating that was not saved: it was wrong (``problems``), or somebody was first."""

    statement_id: int
    answer: Rating | None
    comment: str
    basis: str = ""
    problems: tuple[str, ...] = ()

    @property
    def rated(self) -> str | Promise:
        return rating_word(self.answer)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """The verdict on one link: the saved one, or what was tried and is not saved. "" says nothing yet."""

    link_id: int
    verdict: str = ""
    reason: str = ""
    version: int = 0
    problems: tuple[str, ...] = ()

    @property
    def words(self) -> str | Promise:
        return Verdict(self.verdict).label if self.verdict in Verdict.values else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkRow:
    """One item as linked to one statement, with what the reviewer says of it.

    ``confirmed_now`` is this review's doing, so that it can be undone; else it was confirmed before.
    """

    linked: LinkedEvidence
    saved: Judgement
    attempt: Judgement | None = None
    confirmed_now: bool = False

    @property
    def id(self) -> int:
        return self.linked.link_id

    @property
    def shown(self) -> Judgement:
        return self.attempt or self.saved

    @property
    def can_confirm(self) -> bool:
        """Here, while it is open, and taken back; what was confirmed before stays so."""
        return self.confirmed_now or not self.linked.evidence.is_confirmed


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One statement with what the employee says, what the evidence carries and what the reviewer says."""

    answer: Answer
    word: Word
    links: tuple[LinkRow, ...] = ()
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
    def is_answered(self) -> bool:
        """By the employee: then it is to be settled before the decision."""
        return self.word.start is not None

    @property
    def is_not_applicable(self) -> bool:
        return self.word.start == NA

    @property
    def waits(self) -> bool:
        return self.is_answered and not self.word.is_settled

    @property
    def needs_grounds(self) -> bool:
        """Whether the rating as saved needs a comment and a basis."""
        return needs_grounds(self.word.answer, self.word.start, self.answer.result.support)

    @property
    def lacks_grounds(self) -> bool:
        return self.needs_grounds and not (self.word.comment and self.word.basis)

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
class Lean:
    """The one item that carries more than half of a level's supported points."""

    title: str
    points: int
    of: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One level with all its statements, not applicable ones first; ``is_spot``: only the reviewer rates."""

    level: LevelText
    rows: tuple[Row, ...]
    lean: Lean | None
    is_spot: bool

    @property
    def asked(self) -> int:
        return sum(row.is_answered for row in self.rows)

    @property
    def waiting(self) -> tuple[Row, ...]:
        """Answered and not settled yet."""
        return tuple(row for row in self.rows if row.waits)

    @property
    def settled(self) -> int:
        return self.asked - len(self.waiting)


def section(level: LevelText, rows: Sequence[Row], header: Header, *, is_spot: bool) -> Section:
    ordered = sorted(rows, key=lambda row: not row.is_not_applicable)
    lean = lean_of([row.answer for row in rows], header)
    return Section(level=level, rows=tuple(ordered), lean=lean, is_spot=is_spot)


def lean_of(answers: Sequence[Answer], header: Header) -> Lean | None:
    """Where one piece of work carries more than half of the level, its title and how much."""
    items = {linked.evidence.id: linked.evidence for answer in answers for linked in answer.evidence}
    keys = same_work(list(items.values()))
    share = leaning([_case(answer, keys) for answer in answers], header.on, header.policy)
    if share is None:
        return None
    title = next(facts.title for key, facts in sorted(items.items()) if keys[key] == share.key)
    return Lean(title=title, points=share.points, of=share.of)


def _case(answer: Answer, keys: dict[int, str]) -> StatementCase:
    items = tuple(
        replace(answer.given.item(linked.link_id, linked.evidence), same_as=keys[linked.evidence.id])
        for linked in answer.evidence
    )
    return StatementCase(id=answer.statement.code, claim=answer.given.answer, review=None, evidence=items)
