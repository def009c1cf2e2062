"""From claims, evidence and reviews to a level: the rules of the design's scoring section.

Pure: no clock, no database, nothing of the project. `score` is the one door for pages; from a shell,
`python -m assessments.scoring < case.json` reads one case and prints one result, and with `--lines`
one case per line in, one result per line out.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from assessments.scoring_case import (
    NA,
    Case,
    Item,
    LevelCase,
    Rating,
    ScoringPolicy,
    StatementCase,
    Verdict,
    policy_version,
)
from assessments.scoring_json import CaseError, parse
from assessments.scoring_path import reason_below_top, shortest_path
from assessments.scoring_result import (
    Group,
    Held,
    LevelResult,
    Outcome,
    Profile,
    Raise,
    Reason,
    Result,
    Standing,
    StatementResult,
)
from assessments.scoring_rules import (
    held,
    missable,
    needed,
    profile,
    stale_before,
    strength,
    support,
    support_from,
    supported_rating,
)

__all__ = [
    "NA",
    "Case",
    "CaseError",
    "Group",
    "Held",
    "Item",
    "LevelCase",
    "LevelResult",
    "Outcome",
    "Profile",
    "Raise",
    "Rating",
    "Reason",
    "Result",
    "ScoringPolicy",
    "Standing",
    "StatementCase",
    "StatementResult",
    "Verdict",
    "missable",
    "needed",
    "policy_version",
    "score",
    "stale_before",
    "strength",
    "support",
    "supported_rating",
]


def score(case: Case) -> Result:
    """The result of one case. Same facts, same result; the order of levels does not matter."""
    policy = case.policy
    ordered = sorted(case.levels, key=lambda level: level.level)
    is_reviewed = any(s.review is not None for level in ordered for s in level.statements)
    current_from = stale_before(case.on, policy.stale_months)
    drafts = [_Draft(level, policy, current_from, is_reviewed) for level in ordered]
    found = Held(
        claimed=held([(draft.level, draft.claimed) for draft in drafts], policy),
        supported=held([(draft.level, draft.supported) for draft in drafts], policy),
        validated=held([(d.level, d.validated) for d in drafts if d.validated], policy),
    )
    highest = found.validated if is_reviewed else found.supported
    levels = tuple(draft.finish(policy, highest) for draft in drafts)
    return _conclude(case, levels, found, is_reviewed=is_reviewed)


class _Draft:
    """A level with its statements and profiles, before it is known which level is held."""

    __slots__ = ("claimed", "is_answered", "is_asked", "level", "statements", "supported", "validated")

    def __init__(self, given: LevelCase, policy: ScoringPolicy, current_from: date, is_reviewed: bool):
        self.level = given.level
        self.statements = tuple(_statement(s, current_from, is_reviewed) for s in given.statements)
        self.claimed = profile([s.claimed or 0 for s in self.statements], policy)
        self.supported = profile([s.supported for s in self.statements], policy)
        self.validated = profile([s.of_record for s in self.statements], policy) if is_reviewed else None
        self.is_answered = any(s.claimed is not None for s in self.statements)
        self.is_asked = self.is_answered or any(s.validated is not None for s in self.statements)

    def finish(self, policy: ScoringPolicy, highest: int | None) -> LevelResult:
        of_record = self.validated or self.supported
        return LevelResult(
            level=self.level,
            claimed=self.claimed,
            supported=self.supported,
            validated=self.validated,
            needed=needed(of_record.of // 3, policy),
            is_answered=self.is_answered,
            standing=self._standing(of_record, highest),
            statements=self.statements,
        )

    def _standing(self, of_record: Profile, highest: int | None) -> Standing:
        if not self.is_asked:
            return "implied" if highest is not None and self.level < highest else "not_assessed"
        return "not_assessable" if of_record.outcome == "not_assessable" else "points"


def _statement(given: StatementCase, current_from: date, is_reviewed: bool) -> StatementResult:
    carried = support_from(given.evidence, current_from)
    supported = supported_rating(given.claim, carried)
    of_record = (given.review or 0) if is_reviewed else supported
    return StatementResult(
        id=given.id,
        claimed=given.claim,
        support=carried,
        supported=supported,
        validated=given.review,
        of_record=of_record,
        reason=reason_below_top(given, carried, supported, of_record, current_from),
    )


def _conclude(case: Case, levels: tuple[LevelResult, ...], found: Held, *, is_reviewed: bool) -> Result:
    highest = found.validated if is_reviewed else found.supported
    rate_next = _rate_next(levels, highest, case.target)
    gap = _gap(levels, highest, case.target) if rate_next is None else None
    is_below = highest is None or highest < case.target
    path, blocked = shortest_path(levels, case.target, case.policy) if is_below else ((), ())
    next_level, next_path = _next_step(levels, highest, gap, case)
    return Result(
        target=case.target,
        levels=levels,
        held=found,
        of_record="validated" if is_reviewed else "supported",
        determined=rate_next is None,
        rate_next=rate_next,
        gap=gap,
        uneven=_uneven(levels, highest),
        path=path,
        blocked=blocked,
        next_level=next_level,
        next_path=next_path,
    )


def _rate_next(levels: Sequence[LevelResult], highest: int | None, target: int) -> int | None:
    """The highest level left open: attained, it would settle the level at once. None: it is settled."""
    answered = [level.level for level in levels if level.is_answered]
    if not answered:
        return target
    above = highest or 0
    unanswered = [level.level for level in levels if not level.is_answered]
    return max((level for level in unanswered if above < level < answered[-1]), default=None)


def _gap(levels: Sequence[LevelResult], highest: int | None, target: int) -> int:
    start = levels[0].level - 1 if highest is None else highest
    return max(0, target - start)


def _uneven(levels: Sequence[LevelResult], highest: int | None) -> tuple[int, ...]:
    below = [level for level in levels if level.is_answered and level.level < (highest or 0)]
    fine = ("competent", "proficient")
    return tuple(level.level for level in below if (level.validated or level.claimed).outcome not in fine)


def _next_step(
    levels: Sequence[LevelResult], highest: int | None, gap: int | None, case: Case
) -> tuple[int | None, tuple[Raise, ...]]:
    """The next level up and the path to it, where the target lies above that one."""
    if not gap:
        return None, ()
    upwards = next(level.level for level in levels if level.level > (highest or 0))
    if upwards == case.target:
        return None, ()
    path, blocked = shortest_path(levels, upwards, case.policy)
    return (None, ()) if blocked else (upwards, path)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. 0 when everything was scored, 2 when anything was malformed."""
    parser = argparse.ArgumentParser(prog="python -m assessments.scoring", description="Score cases.")
    parser.add_argument("--lines", action="store_true", help="one case per line in, one result per line out")
    by_lines = parser.parse_args(arguments).lines
    return _score_lines(sys.stdin.buffer) if by_lines else _score_one(sys.stdin.buffer.read())


def _score_one(data: bytes) -> int:
    try:
        print(json.dumps(_scored(data)))
    except CaseError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _score_lines(lines: Iterable[bytes]) -> int:
    code = 0
    for line in lines:
        try:
            answer = _scored(line)
        except CaseError as error:
            answer, code = {"error": str(error)}, 2
        print(json.dumps(answer))
    return code


def _scored(data: bytes) -> dict[str, Any]:
    return score(Case.from_json(parse(data))).to_case_json()


if __name__ == "__main__":
    sys.exit(main())
