"""How much of a level rests on one piece of work. Pure, as all of scoring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.scoring_case import Item, ScoringPolicy, StatementCase
from assessments.scoring_rules import number, stale_before, support_from, supported_rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The item, by its ``same_as``, without which ``points`` of a level's supported points would be gone."""

    key: str
    points: int
    of: int


def leaning(statements: Sequence[StatementCase], on: date, policy: ScoringPolicy) -> Share | None:
    """The one item that carries more than half of a level's supported points; None where none does.

    Items of the level with the same ``same_as`` are one piece of work; those without it are left out.
    """
    current_from = stale_before(on, policy.stale_months)
    whole = _points(statements, current_from)
    keys = sorted({item.same_as for one in statements for item in one.evidence if item.same_as})
    lost = ((whole - _points(_without(statements, key), current_from), key) for key in keys)
    points, key = max(lost, default=(0, ""))
    return Share(key=key, points=points, of=whole) if points * 2 > whole else None


def _without(statements: Iterable[StatementCase], key: str) -> list[StatementCase]:
    return [
        StatementCase(id=one.id, claim=one.claim, review=one.review, evidence=_others(one.evidence, key))
        for one in statements
    ]


def _others(items: Iterable[Item], key: str) -> tuple[Item, ...]:
    return tuple(item for item in items if item.same_as != key)


def _points(statements: Iterable[StatementCase], current_from: date) -> int:
    return sum(
        number(supported_rating(one.claim, support_from(one.evidence, current_from))) for one in statements
    )
