"""One person's skill over the cycles: what was claimed, supported and validated, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.models import Assessment, State
from assessments.models.review import Decision
from assessments.results.live import definition_for, live_sheet
from assessments.results.words import level_text, rating_words
from assessments.scoring import LevelResult, Rating, Result, StatementResult
from people.models import User
from skills.catalogue import LevelText, SkillDefinition, StatementText

# As many as a page shows side by side, this one with them.
MOST_CYCLES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One cycle: the stored result, or for the employee's own draft the one of today."""

    assessment: Assessment
    result: Result
    is_live: bool

    @property
    def is_unreviewed(self) -> bool:
        """Whether it was closed without a decision on it, which gives no level."""
        return self.assessment.state == State.NOT_REVIEWED and self.result.is_provisional

    @property
    def level(self) -> str:
        """The level of record in words; empty where there is none."""
        if self.is_unreviewed:
            return ""
        result = self.result
        return level_text(result.highest, settled=result.determined, lowest=result.levels[0].level)

    @property
    def statements(self) -> dict[str, StatementResult]:
        return {found.id: found for level in self.result.levels for found in level.statements}

    def level_result(self, number: int) -> LevelResult | None:
        return next((level for level in self.result.levels if level.level == number), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The three ratings of a statement in one cycle, in words; empty where nobody said anything."""

    claimed: str
    supported: str
    validated: str
    # "up" or "down" from the column before: validated against validated, else supported against supported.
    moved: str

    @property
    def is_empty(self) -> bool:
        return not (self.claimed or self.validated)


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedStatement:
    statement: StatementText
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedLevel:
    text: LevelText
    rows: tuple[ComparedStatement, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Columns from the oldest cycle to this one; levels that were answered in any, highest first."""

    skill: SkillDefinition
    employee: User
    columns: tuple[Column, ...]
    levels: tuple[ComparedLevel, ...]

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to compare with."""
        return len(self.columns) < 2


def comparison(
    assessment: Assessment, readable: Iterable[Assessment], *, reader: User, on: dt.date
) -> Comparison:
    """Of an assessment and earlier ones of the skill: all ``with_results``, and the reader may read them."""
    skill = definition_for(assessment, reader)
    found = (_column(one, reader, on) for one in readable)
    columns = tuple(column for column in found if column is not None)[-MOST_CYCLES:]
    asked = (level for level in reversed(skill.defined_levels) if _asked(level, columns))
    return Comparison(
        skill=skill,
        employee=assessment.employee,
        columns=columns,
        levels=tuple(_level(level, columns) for level in asked),
    )


def _column(assessment: Assessment, reader: User, on: dt.date) -> Column | None:
    """None where nothing was sent and it is not the reader's own."""
    if assessment.employee_id == reader.pk and assessment.is_editable:
        return Column(
            assessment=assessment, result=live_sheet(assessment, reader=reader, on=on).result, is_live=True
        )
    submission = assessment.latest_submission
    if submission is None:
        return None
    review = getattr(submission, "review", None)
    is_validated = review is not None and review.decision == Decision.VALIDATED
    stored = review.result if review is not None and is_validated else submission.result
    return Column(assessment=assessment, result=Result.from_json(stored), is_live=False)


def _asked(level: LevelText, columns: Iterable[Column]) -> bool:
    """Whether somebody said something about a statement of the level in any cycle."""
    found = (column.level_result(level.number) for column in columns)
    said = (statement for result in found if result for statement in result.statements)
    return any(statement.claimed is not None or statement.validated is not None for statement in said)


def _level(level: LevelText, columns: tuple[Column, ...]) -> ComparedLevel:
    tables = [column.statements for column in columns]
    return ComparedLevel(
        text=level,
        rows=tuple(
            ComparedStatement(
                statement=statement, cells=_cells([table.get(statement.code) for table in tables])
            )
            for statement in level.statements
        ),
    )


def _cells(results: list[StatementResult | None]) -> tuple[Cell, ...]:
    before = [None, *results[:-1]]
    return tuple(_cell(now, was) for now, was in zip(results, before, strict=True))


def _cell(now: StatementResult | None, was: StatementResult | None) -> Cell:
    if now is None:
        return Cell(claimed="", supported="", validated="", moved="")
    return Cell(
        claimed="" if now.claimed is None else rating_words(now.claimed),
        supported="" if now.claimed is None else rating_words(now.supported),
        validated="" if now.validated is None else rating_words(now.validated),
        moved=_moved(now, was) if was else "",
    )


def _moved(now: StatementResult, was: StatementResult) -> str:
    pair: tuple[Rating | None, Rating | None] = (now.validated, was.validated)
    if None in pair and None not in (now.claimed, was.claimed):
        pair = (now.supported, was.supported)
    new, old = pair
    if not isinstance(new, int) or not isinstance(old, int) or new == old:
        return ""
    return "up" if new > old else "down"
