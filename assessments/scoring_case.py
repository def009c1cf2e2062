"""What scoring is given: frozen facts about one person, one skill, one day, and the policy.

Shapes and words are those of the scoring section of the design. Everything is read strictly:
`from_json` raises CaseError, which names the field, and takes nothing that it does not know.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final, Literal, Self, cast

from assessments.scoring_json import (
    CaseError,
    day,
    fields,
    fraction,
    fraction_text,
    inside,
    listing,
    text,
    truth,
    whole,
)

NotApplicable = Literal["na"]
Rating = int | NotApplicable
Verdict = Literal["shows", "does_not_show", "could_not_open"]

NA: Final = "na"
TOP: Final = 3
VERDICTS: Final = ("shows", "does_not_show", "could_not_open")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringPolicy:
    """The organisation's own numbers: not SFIA's. Shares are exact fractions from 0 to 1.

    `lower` is the coverage that every lower defined level must reach; None asks for nothing there.
    `na_share` is the largest share of a level's statements that may be not applicable.
    """

    attained: Fraction = Fraction(85, 100)
    proficient: Fraction = Fraction(65, 100)
    floor: int = 2
    lower: Fraction | None = None
    stale_months: int = 36
    na_share: Fraction = Fraction(1, 3)

    @classmethod
    def from_json(cls, value: object, at: str = "policy") -> Self:
        """Names that are left out keep their default."""
        given = fields(value, at, required=(), optional=tuple(POLICY_READERS))
        return cls(**{name: POLICY_READERS[name](given[name], inside(at, name)) for name in given})

    def to_json(self) -> dict[str, Any]:
        return {
            "attained": fraction_text(self.attained),
            "proficient": fraction_text(self.proficient),
            "floor": self.floor,
            "lower": None if self.lower is None else fraction_text(self.lower),
            "stale_months": self.stale_months,
            "na_share": fraction_text(self.na_share),
        }


def policy_version(policy: ScoringPolicy) -> str:
    """Eight hex digits that stand for its numbers: the first of the SHA-256 of its canonical JSON."""
    canonical = json.dumps(policy.to_json(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One evidence item as linked to one statement.

    `ended_on` None is current; of an ongoing item it is the day on which the employee last said so.
    `corroborated`: a link or file that can be checked, or confirmed by a reviewer. The verdict
    `could_not_open` takes that away: a confirmed item is given with the verdict `shows`.
    Items of one statement with the same `same_as` have one origin or one text, and count once.
    """

    action: bool
    result: bool
    ended_on: date | None
    corroborated: bool
    verdict: Verdict = "shows"
    same_as: str | None = None

    @classmethod
    def from_json(cls, value: object, at: str) -> Self:
        required = ("action", "result", "ended_on", "corroborated")
        given = fields(value, at, required=required, optional=("verdict", "same_as"))
        ended_on, same_as = given["ended_on"], given.get("same_as")
        return cls(
            action=truth(given["action"], inside(at, "action")),
            result=truth(given["result"], inside(at, "result")),
            ended_on=None if ended_on is None else day(ended_on, inside(at, "ended_on")),
            corroborated=truth(given["corroborated"], inside(at, "corroborated")),
            verdict=_verdict(given.get("verdict", "shows"), inside(at, "verdict")),
            same_as=None if same_as is None else text(same_as, inside(at, "same_as")),
        )

    def to_json(self) -> dict[str, Any]:
        required = {
            "action": self.action,
            "result": self.result,
            "ended_on": None if self.ended_on is None else self.ended_on.isoformat(),
            "corroborated": self.corroborated,
        }
        verdict = {} if self.verdict == "shows" else {"verdict": self.verdict}
        same_as = {} if self.same_as is None else {"same_as": self.same_as}
        return required | verdict | same_as


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCase:
    """One statement. `claim` None is unanswered; `review` None is not reviewed."""

    id: str
    claim: Rating | None
    review: Rating | None
    evidence: tuple[Item, ...]

    @classmethod
    def from_json(cls, value: object, at: str) -> Self:
        given = fields(value, at, required=("id", "claim", "review", "evidence"))
        items = listing(given["evidence"], inside(at, "evidence"))
        return cls(
            id=text(given["id"], inside(at, "id")),
            claim=_rating(given["claim"], inside(at, "claim")),
            review=_rating(given["review"], inside(at, "review")),
            evidence=tuple(Item.from_json(item, f"{at}.evidence[{i}]") for i, item in enumerate(items)),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "claim": self.claim,
            "review": self.review,
            "evidence": [item.to_json() for item in self.evidence],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCase:
    """A defined level, 1 to 7, with its statements in their own order."""

    level: int
    statements: tuple[StatementCase, ...]

    @classmethod
    def from_json(cls, value: object, at: str) -> Self:
        given = fields(value, at, required=("level", "statements"))
        found = listing(given["statements"], inside(at, "statements"), least=1)
        return cls(
            level=whole(given["level"], inside(at, "level"), low=1, high=7),
            statements=tuple(
                StatementCase.from_json(statement, f"{at}.statements[{i}]")
                for i, statement in enumerate(found)
            ),
        )

    def to_json(self) -> dict[str, Any]:
        return {"level": self.level, "statements": [statement.to_json() for statement in self.statements]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that a result depends on. Reviews stand in it only once they count.

    Raises CaseError when a level or a statement comes twice, or the target is not a defined level.
    """

    on: date
    target: int
    levels: tuple[LevelCase, ...]
    policy: ScoringPolicy = ScoringPolicy()

    def __post_init__(self) -> None:
        seen_levels: set[int] = set()
        seen_ids: set[str] = set()
        for i, level in enumerate(self.levels):
            if level.level in seen_levels:
                raise CaseError(f"levels[{i}].level", "given twice")
            seen_levels.add(level.level)
            for j, statement in enumerate(level.statements):
                if statement.id in seen_ids:
                    raise CaseError(f"levels[{i}].statements[{j}].id", "given twice")
                seen_ids.add(statement.id)
        if self.target not in seen_levels:
            raise CaseError("target", "is not one of the levels given")

    @classmethod
    def from_json(cls, value: object) -> Self:
        given = fields(value, "", required=("on", "target", "levels"), optional=("policy",))
        levels = listing(given["levels"], "levels", least=1)
        return cls(
            on=day(given["on"], "on"),
            target=whole(given["target"], "target", low=1, high=7),
            levels=tuple(LevelCase.from_json(level, f"levels[{i}]") for i, level in enumerate(levels)),
            policy=ScoringPolicy.from_json(given.get("policy", {})),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "target": self.target,
            "levels": [level.to_json() for level in self.levels],
            "policy": self.policy.to_json(),
        }


def _rating(value: object, at: str) -> Rating | None:
    if value is None or value == NA:
        return value
    if type(value) is int and 0 <= value <= TOP:
        return value
    raise CaseError(at, 'must be 0, 1, 2, 3, "na" or null')


def _verdict(value: object, at: str) -> Verdict:
    if isinstance(value, str) and value in VERDICTS:
        return cast("Verdict", value)
    raise CaseError(at, f"must be one of {', '.join(VERDICTS)}")


def _fraction_or_null(value: object, at: str) -> Fraction | None:
    return None if value is None else fraction(value, at)


def _floor(value: object, at: str) -> int:
    return whole(value, at, low=0, high=TOP)


def _months(value: object, at: str) -> int:
    return whole(value, at, low=0)


POLICY_READERS: Final[dict[str, Any]] = {
    "attained": fraction,
    "proficient": fraction,
    "floor": _floor,
    "lower": _fraction_or_null,
    "stale_months": _months,
    "na_share": fraction,
}
