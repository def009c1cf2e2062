"""Why a statement is not higher, and the shortest path to a level."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from assessments.scoring_case import TOP, Item, Rating, ScoringPolicy, StatementCase
from assessments.scoring_result import LevelResult, Raise, Reason, StatementResult
from assessments.scoring_rules import is_stale, needed_below, number

MISSING: Final[tuple[Reason, ...]] = ("no_evidence", "no_action", "stale", "no_result", "not_corroborated")


def reason_below_top(
    statement: StatementCase, support: int, supported: Rating, of_record: Rating, current_from: date
) -> Reason | None:
    """The first reason that holds; None where there is nothing to raise."""
    if not isinstance(of_record, int) or of_record == TOP:
        return None
    if of_record < number(supported):
        return "reviewer_rated_lower"
    claim = number(statement.claim)
    if claim > of_record:
        return _evidence_reason(statement.evidence, current_from)
    if support > claim:
        return "claimed_below_evidence"
    return "not_yet_full_responsibility" if claim == 2 else "not_yet_practised"


def shortest_path(
    levels: Sequence[LevelResult], target: int, policy: ScoringPolicy
) -> tuple[tuple[Raise, ...], tuple[int, ...]]:
    """The raises that make `target` attained, and the levels that block the way: one of the two is empty.

    Fewest points in total; each raise is needed.
    """
    below = () if policy.lower is None else tuple(level for level in levels if level.level < target)
    goal = (*below, *(level for level in levels if level.level == target))
    blocked = tuple(level.level for level in goal if level.of_record.outcome == "not_assessable")
    if blocked:
        return (), blocked
    raises = [step for level in goal for step in _raises(level, target, policy)]
    return tuple(raises), ()


def _raises(level: LevelResult, target: int, policy: ScoringPolicy) -> list[Raise]:
    if level.level == target:
        return _climb(level.statements, policy.floor, level.needed)
    return _climb(level.statements, 0, needed_below(level.of_record.of // TOP, policy))


def _climb(statements: Sequence[StatementResult], floor: int, points: int) -> list[Raise]:
    """To the floor first, then point by point until there are enough."""
    applicable = [(s, s.of_record) for s in statements if isinstance(s.of_record, int)]
    claims = [number(statement.claimed) for statement, _ in applicable]
    ratings = [max(rating, floor) for _, rating in applicable]
    for _ in range(points - sum(ratings)):
        ratings[_next_to_raise(claims, ratings)] += 1
    return [
        Raise(statement=statement.id, from_=rating, to=to, reason=statement.reason)
        for (statement, rating), to in zip(applicable, ratings, strict=True)
        if statement.reason and to > rating
    ]


def _next_to_raise(claims: Sequence[int], ratings: Sequence[int]) -> int:
    """Where only evidence is missing, then the highest rated, then the first in order."""
    open_ones = (i for i, rating in enumerate(ratings) if rating < TOP)
    return max(open_ones, key=lambda i: (claims[i] > ratings[i], ratings[i]))


def _evidence_reason(items: Sequence[Item], current_from: date) -> Reason:
    return MISSING[max((_stage(item, current_from) for item in items), default=0)]


def _stage(item: Item, current_from: date) -> int:
    """How far one item comes; the one that comes furthest names what is missing."""
    if item.verdict == "does_not_show":
        return 0
    if not item.action:
        return 1
    if is_stale(item, current_from):
        return 2
    return 4 if item.result else 3
