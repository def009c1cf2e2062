"""Short ways to write cases down in tests."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from assessments.scoring import Case, Item, LevelCase, Rating, Result, ScoringPolicy, StatementCase, score

ON = date(2026, 11, 21)
NOTHING = Item(action=False, result=True, ended_on=None, corroborated=True)
OUTLINE = Item(action=True, result=False, ended_on=None, corroborated=True)
WITH_RESULT = Item(action=True, result=True, ended_on=None, corroborated=False)
CHECKABLE = Item(action=True, result=True, ended_on=None, corroborated=True)
OLD = Item(action=True, result=True, ended_on=date(2020, 1, 31), corroborated=True)

POOL = json.loads((Path(__file__).parents[1] / "data" / "scoring_cases.json").read_text(encoding="utf-8"))
WORKED_EXAMPLE: dict[str, Any] = POOL[0]


def statement(
    name: str, claim: Rating | None, *evidence: Item, review: Rating | None = None
) -> StatementCase:
    return StatementCase(id=name, claim=claim, review=review, evidence=evidence)


def level(number: int, *claims: Rating | None, evidence: tuple[Item, ...] = (CHECKABLE,)) -> LevelCase:
    """A level whose statements all carry the same evidence."""
    statements = (statement(f"X.{number}.{i}", claim, *evidence) for i, claim in enumerate(claims, 1))
    return LevelCase(level=number, statements=tuple(statements))


def reviewed(number: int, *reviews: Rating | None, claim: Rating | None = 3) -> LevelCase:
    """A level claimed and supported throughout, with these reviews."""
    statements = (
        statement(f"X.{number}.{i}", claim, CHECKABLE, review=review) for i, review in enumerate(reviews, 1)
    )
    return LevelCase(level=number, statements=tuple(statements))


def result_of(*levels: LevelCase, target: int, policy: ScoringPolicy | None = None) -> Result:
    return score(Case(on=ON, target=target, levels=levels, policy=policy or ScoringPolicy()))


def steps(result: Result) -> list[tuple[str, int, int, str]]:
    return [(step.statement, step.from_, step.to, step.reason) for step in result.path]
