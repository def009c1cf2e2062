"""An assessment as it stands or as it was sent: answers, evidence and the result they give.

A sheet is what every page about one assessment reads. ``live.py`` makes it from the tables, ``frozen.py``
from what was sent; nothing that shows a sheet can tell, or compute, a number of its own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from assessments.scoring import (
    Case,
    Item,
    LevelCase,
    LevelResult,
    Rating,
    Result,
    ScoringPolicy,
    StatementCase,
    StatementResult,
    Verdict,
    score,
    stale_before,
    strength,
)
from skills.catalogue import LevelText, SkillDefinition, StatementText


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFacts:
    """One file of an item; ``size`` in bytes, ``sha256`` in hexadecimal."""

    id: int
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceFacts:
    """The text and dates of one evidence item, with no link to a statement yet.

    ``origin`` is the id of the item that this one is a copy of, or its own.
    """

    id: int
    title: str
    situation: str
    action: str
    result: str
    started_on: dt.date | None
    ended_on: dt.date | None
    ongoing_on: dt.date | None
    url: str
    language: str
    is_confirmed: bool
    origin: int
    files: tuple[FileFacts, ...] = ()

    @property
    def item(self) -> Item:
        return Item(
            action=bool(self.action.strip()),
            result=bool(self.result.strip()),
            ended_on=self.ended_on or self.ongoing_on,
            corroborated=bool(self.url or self.files) or self.is_confirmed,
        )

    def strength(self, on: dt.date, policy: ScoringPolicy) -> int:
        """0–3 on a day, as one link without a reviewer's verdict."""
        return strength(self.item, on, policy)

    @property
    def text_key(self) -> str:
        """The same for two items with the same words, whatever their case and white space."""
        words = " ".join(f"{self.situation} {self.action} {self.result}".casefold().split())
        return hashlib.sha256((words or self.title.casefold()).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedEvidence:
    """One item as linked to one statement, with its strength there on the sheet's day.

    ``verdict`` is the reviewer's where the sheet knows it; an item that was found not to show it counts 0.
    """

    link_id: int
    evidence: EvidenceFacts
    strength: int
    is_stale: bool
    verdict: Verdict = "shows"


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenAnswer:
    """What the employee said about one statement; ``review`` is the reviewer's word once it counts."""

    rating_id: int
    statement_id: int
    answer: Rating | None
    reason: str
    version: int
    evidence: tuple[tuple[int, EvidenceFacts], ...]
    review: Rating | None = None
    review_comment: str = ""
    # The reviewer's, by link id; a link without one shows it.
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)

    def item(self, link_id: int, facts: EvidenceFacts) -> Item:
        """One of its links as scoring takes it. A confirmation holds whether or not a link opens."""
        verdict = self.verdicts.get(link_id, "shows")
        is_carried = verdict == "could_not_open" and facts.is_confirmed
        return replace(facts.item, verdict="shows" if is_carried else verdict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A statement with its text, the answer given, its evidence and its numbers."""

    statement: StatementText
    given: GivenAnswer
    evidence: tuple[LinkedEvidence, ...]
    result: StatementResult

    @property
    def is_answered(self) -> bool:
        return self.given.answer is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """Whose assessment it is, of what and for what."""

    assessment_id: int
    employee_id: int
    employee: str
    job_title: str
    cycle: str
    state: str
    target: int
    role_target: int | None
    start_level: int
    on: dt.date
    policy: ScoringPolicy


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """All answers of one assessment in statement order, and the result that they give on its day."""

    header: Header
    skill: SkillDefinition
    answers: tuple[Answer, ...]
    result: Result

    @cached_property
    def by_level(self) -> Mapping[int, tuple[Answer, ...]]:
        """Answers of each defined level, lowest first."""
        levels: dict[int, list[Answer]] = {}
        for answer in self.answers:
            levels.setdefault(answer.statement.level, []).append(answer)
        return {number: tuple(answers) for number, answers in sorted(levels.items())}

    @cached_property
    def by_code(self) -> Mapping[str, Answer]:
        return {answer.statement.code: answer for answer in self.answers}

    @property
    def is_unreviewed(self) -> bool:
        """Whether it was closed without a decision on it, which gives no level."""
        return self.header.state == "not_reviewed" and self.result.is_provisional

    @property
    def has_evidence(self) -> bool:
        return any(answer.evidence for answer in self.answers)

    def level_text(self, number: int) -> LevelText:
        return next(level for level in self.skill.levels if level.number == number)


def sheet(*, header: Header, skill: SkillDefinition, given: Mapping[int, GivenAnswer]) -> Sheet:
    """The sheet of answers given by statement id; a statement without a row has no part in it."""
    case = case_of(header=header, skill=skill, given=given)
    result = _as_said(score(case), {code for code, claim in _spoken(skill, given) if claim is None})
    results = {row.id: row for level in result.levels for row in level.statements}
    answers = tuple(
        Answer(
            statement=statement,
            given=given[statement.id],
            evidence=_linked(given[statement.id], header),
            result=results[statement.code],
        )
        for level in skill.levels
        for statement in level.statements
        if statement.id in given
    )
    return Sheet(header=header, skill=skill, answers=answers, result=result)


def case_of(*, header: Header, skill: SkillDefinition, given: Mapping[int, GivenAnswer]) -> Case:
    """What scoring is given for these answers."""
    levels = tuple(
        LevelCase(
            level=level.number,
            statements=tuple(
                _statement_case(text.code, given[text.id]) for text in level.statements if text.id in given
            ),
        )
        for level in skill.levels
        if level.statements
    )
    return Case(on=header.on, target=header.target, levels=levels, policy=header.policy)


def _statement_case(code: str, given: GivenAnswer) -> StatementCase:
    keys = same_work([facts for _, facts in given.evidence])
    items = tuple(replace(given.item(link, facts), same_as=keys[facts.id]) for link, facts in given.evidence)
    return StatementCase(id=code, claim=asked(given), review=given.review, evidence=items)


def _spoken(skill: SkillDefinition, given: Mapping[int, GivenAnswer]) -> Iterator[tuple[str, Rating | None]]:
    """Statements that were scored as asked, with what the employee really said."""
    for level in skill.levels:
        for text in level.statements:
            if text.id in given and given[text.id].review is not None:
                yield text.code, given[text.id].answer


def _as_said(result: Result, silent: set[str]) -> Result:
    """The result with no claim where the employee made none."""
    if not silent:
        return result
    return replace(result, levels=tuple(_level_as_said(level, silent) for level in result.levels))


def _level_as_said(level: LevelResult, silent: set[str]) -> LevelResult:
    rows = (replace(row, claimed=None) if row.id in silent else row for row in level.statements)
    return replace(level, statements=tuple(rows))


def asked(given: GivenAnswer) -> Rating | None:
    """The claim; 0 where the employee said nothing and the reviewer rated it all the same.

    Nothing claimed counts 0 anyway. So a level that the reviewer rates on the spot has an answer, and no
    longer keeps the level held from being determined.
    """
    return 0 if given.answer is None and given.review is not None else given.answer


def same_work(items: list[EvidenceFacts]) -> dict[int, str]:
    """A key per item id, equal for items with one origin or the same text: they count once."""
    by_text: dict[str, str] = {}
    by_origin: dict[int, str] = {}
    keys: dict[int, str] = {}
    for facts in sorted(items, key=lambda facts: facts.id):
        key = by_origin.get(facts.origin) or by_text.get(facts.text_key) or str(facts.id)
        by_origin.setdefault(facts.origin, key)
        by_text.setdefault(facts.text_key, key)
        keys[facts.id] = key
    return keys


def _linked(given: GivenAnswer, header: Header) -> tuple[LinkedEvidence, ...]:
    current_from = stale_before(header.on, header.policy.stale_months)
    items = ((link, facts, given.item(link, facts)) for link, facts in given.evidence)
    return tuple(
        LinkedEvidence(
            link_id=link,
            evidence=facts,
            strength=strength(item, header.on, header.policy),
            is_stale=item.ended_on is not None and item.ended_on < current_from,
            verdict=item.verdict,
        )
        for link, facts, item in items
    )
