"""How far an assessment is: the levels as steps, what comes next, how long it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from assessments.results.sheet import Answer, Sheet
from assessments.scoring import LevelResult

SECONDS_PER_STATEMENT: Final = 50

StepState = Literal["attained", "claimed", "begun", "implied", "empty"]
NextKind = Literal["unanswered", "rate_level", "result"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A defined level beside the page."""

    number: int
    state: StepState
    answered: int
    total: int
    is_target: bool
    is_current: bool

    @property
    def is_done(self) -> bool:
        """Held of record, by itself or by a level above it."""
        return self.state in {"attained", "implied"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Next:
    """What the main button does: the next statement (its anchor), another level, or the report."""

    kind: NextKind
    level: int | None = None
    anchor: str = ""


def minutes_for(items: int) -> int:
    """About how long that many statements take; at least one minute."""
    return max(1, -(-items * SECONDS_PER_STATEMENT // 60))


def count_answered(answers: Iterable[Answer]) -> int:
    return sum(answer.is_answered for answer in answers)


def steps(sheet: Sheet, current: int) -> tuple[Step, ...]:
    """Every defined level, lowest first."""
    return tuple(_step(sheet, level, current) for level in sheet.result.levels)


def _step(sheet: Sheet, level: LevelResult, current: int) -> Step:
    answers = sheet.by_level[level.level]
    answered = count_answered(answers)
    return Step(
        number=level.level,
        state=_state(level, answered, len(answers)),
        answered=answered,
        total=len(answers),
        is_target=level.level == sheet.header.target,
        is_current=level.level == current,
    )


def _state(level: LevelResult, answered: int, total: int) -> StepState:
    if level.of_record.outcome == "competent":
        return "attained"
    if not answered:
        return "implied" if level.standing == "implied" else "empty"
    if answered == total and level.claimed.outcome == "competent":
        return "claimed"
    return "begun"


def next_step(sheet: Sheet, current: int) -> Next:
    """From a level's page: its first unanswered statement; where it is complete, the level that settles
    the level held, else on upwards. Never beyond the target; the report once nothing is left.
    """
    here = _first_unanswered(sheet, current)
    if here and current <= sheet.header.target:
        return _statement(here)
    settling = level_to_settle(sheet)
    if settling is not None:
        return Next(kind="rate_level", level=settling, anchor=_anchor(sheet, settling))
    return next((_level(sheet, number) for number in _open_levels(sheet, current)), Next(kind="result"))


def level_to_settle(sheet: Sheet) -> int | None:
    """The level to rate so that the level held gets known, in the employee's own eyes.

    While answers merely wait for their evidence, the claims decide; then the level of record does.
    """
    answered = [level.level for level in sheet.result.levels if level.is_answered]
    if not answered:
        return None
    if not any(answer.result.reason == "no_evidence" for answer in sheet.answers):
        return sheet.result.rate_next
    claimed = sheet.result.held.claimed or 0
    empty = (level.level for level in sheet.result.levels if not level.is_answered)
    return max((number for number in empty if claimed < number < answered[-1]), default=None)


def landing_level(sheet: Sheet) -> int:
    """Where an assessment opens: at the next thing to do, else at the highest level answered."""
    start, target = sheet.header.start_level, sheet.header.target
    found = next_step(sheet, start)
    if found.level is not None:
        return found.level
    answered = (level.level for level in sheet.result.levels if level.is_answered)
    return max((number for number in answered if number <= target), default=start)


def to_answer(sheet: Sheet) -> tuple[int, int]:
    """How many statements are answered, of how many in the levels begun and the one begun at."""
    levels = {level.level for level in sheet.result.levels if level.is_answered} | {sheet.header.start_level}
    answers = [answer for number in levels for answer in sheet.by_level.get(number, ())]
    return count_answered(answers), len(answers)


def _open_levels(sheet: Sheet, current: int) -> Iterator[int]:
    """Levels with something left to answer: upwards to the target first, then begun ones below."""
    start, target = sheet.header.start_level, sheet.header.target
    left_open = [number for number in sheet.by_level if number <= target and _first_unanswered(sheet, number)]
    yield from (number for number in left_open if number > current)
    below = [number for number in left_open if number < current]
    yield from (number for number in below if _is_begun(sheet, number))
    if current > target:
        yield from (number for number in below if number >= start)


def _level(sheet: Sheet, number: int) -> Next:
    found = _first_unanswered(sheet, number)
    if found and _is_begun(sheet, number):
        return _statement(found)
    return Next(kind="rate_level", level=number, anchor=_anchor(sheet, number))


def _is_begun(sheet: Sheet, number: int) -> bool:
    return any(answer.is_answered for answer in sheet.by_level[number])


def _first_unanswered(sheet: Sheet, number: int) -> Answer | None:
    return next((answer for answer in sheet.by_level.get(number, ()) if not answer.is_answered), None)


def _statement(answer: Answer) -> Next:
    return Next(kind="unanswered", level=answer.statement.level, anchor=answer.statement.anchor)


def _anchor(sheet: Sheet, number: int) -> str:
    found = _first_unanswered(sheet, number)
    return found.statement.anchor if found else ""
