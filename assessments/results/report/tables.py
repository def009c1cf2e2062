"""A gap report statement by statement: one table per level that was rated."""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.results.sheet import Answer, LinkedEvidence, Sheet
from assessments.results.words import OUTCOMES, STRENGTHS, rating_words, reason_words, supported_words
from assessments.scoring import LevelResult, Rating, ScoringPolicy
from skills.catalogue import LevelText


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A rating with its words; ``value`` None where nobody said anything."""

    value: Rating | None
    words: str

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """An evidence item as linked to a statement."""

    linked: LinkedEvidence
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pill:
    kind: Literal["ok", "gap", ""]
    text: str


# Nothing is reached and nothing is missing where nobody decided.
UNREVIEWED: Final = Pill(kind="", text="–")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    answer: Answer
    claimed: Mark
    supported: Mark
    validated: Mark
    chips: tuple[Chip, ...]
    pill: Pill
    raise_to: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelTable:
    """A level that was rated or reviewed, with its points of record."""

    text: LevelText
    result: LevelResult
    heading: str
    outcome: str
    rows: tuple[Row, ...]


def level_tables(sheet: Sheet) -> tuple[LevelTable, ...]:
    """The target level first, then the others from the highest down."""
    target = sheet.header.target
    asked = [level for level in sheet.result.levels if level.standing in {"points", "not_assessable"}]
    asked.sort(key=lambda level: (level.level != target, -level.level))
    return tuple(_table(sheet, level) for level in asked)


def _table(sheet: Sheet, level: LevelResult) -> LevelTable:
    raises = {step.statement: step.to for step in (*sheet.result.path, *sheet.result.next_path)}
    return LevelTable(
        text=sheet.level_text(level.level),
        result=level,
        heading=_heading(level, is_unreviewed=sheet.is_unreviewed),
        outcome="" if sheet.is_unreviewed else str(OUTCOMES[level.of_record.outcome]),
        rows=tuple(
            _row(answer, raises.get(answer.statement.code), sheet) for answer in sheet.by_level[level.level]
        ),
    )


def _heading(level: LevelResult, *, is_unreviewed: bool) -> str:
    if is_unreviewed:
        return _("Level %(level)d, statement by statement · as it was sent") % {"level": level.level}
    if level.standing == "not_assessable":
        return _("Level %(level)d, statement by statement · not assessable") % {"level": level.level}
    text = ngettext(
        "Level %(level)d, statement by statement · %(points)d of %(of)d points, %(needed)d is needed",
        "Level %(level)d, statement by statement · %(points)d of %(of)d points, %(needed)d are needed",
        level.needed,
    )
    record = level.of_record
    return text % {"level": level.level, "points": record.points, "of": record.of, "needed": level.needed}


def _row(answer: Answer, raise_to: int | None, sheet: Sheet) -> Row:
    result, is_reviewed = answer.result, not sheet.result.is_provisional
    return Row(
        answer=answer,
        claimed=_mark(result.claimed),
        supported=Mark(
            value=None if result.claimed is None else result.supported, words=supported_words(result)
        ),
        validated=_validated(result.validated, is_reviewed=is_reviewed),
        chips=tuple(Chip(linked=item, words=str(STRENGTHS[item.strength])) for item in answer.evidence),
        pill=UNREVIEWED if sheet.is_unreviewed else _pill(answer, raise_to, sheet.header.policy),
        raise_to=raise_to,
    )


def _mark(rating: Rating | None) -> Mark:
    return Mark(value=rating, words=rating_words(rating))


def _validated(rating: Rating | None, *, is_reviewed: bool) -> Mark:
    if rating is None:
        return Mark(value=None, words=_("not reviewed") if is_reviewed else "–")
    return _mark(rating)


def _pill(answer: Answer, raise_to: int | None, policy: ScoringPolicy) -> Pill:
    result = answer.result
    if result.of_record == "na":
        return Pill(kind="", text=rating_words("na"))
    if result.reason is None:
        return Pill(kind="ok", text=_("reached"))
    if result.claimed is None and result.validated is None:
        return Pill(kind="gap" if raise_to else "", text=rating_words(None))
    return Pill(kind="gap" if raise_to else "", text=reason_words(result.reason, policy))
