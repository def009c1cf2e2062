"""What scoring gives: one frozen result, used by every page, export and file alike.

`to_case_json` is the format of the command line; `to_json` and `from_json` keep everything, compactly,
for storage with a submission.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal, Self

from assessments.scoring_case import Rating

Outcome = Literal["competent", "proficient", "developing", "none", "not_assessable"]
Record = Literal["supported", "validated"]
Standing = Literal["points", "implied", "not_assessed", "not_assessable"]
Group = Literal["evidence", "practice", "reviewer"]
Reason = Literal[
    "reviewer_rated_lower",
    "claimed_below_evidence",
    "not_yet_full_responsibility",
    "not_yet_practised",
    "no_evidence",
    "no_action",
    "stale",
    "no_result",
    "not_corroborated",
]

PRACTICE: Final = ("claimed_below_evidence", "not_yet_full_responsibility", "not_yet_practised")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A level as one of claimed, supported, validated: points of the 3 × n that can be had."""

    points: int
    of: int
    outcome: Outcome

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 85 % is never shown where 85 % is not reached."""
        return self.points * 100 // self.of if self.of else None

    def to_case_json(self) -> dict[str, Any]:
        return {"points": self.points, "of": self.of, "outcome": self.outcome}

    def to_json(self) -> list[Any]:
        return [self.points, self.of, self.outcome]

    @classmethod
    def from_json(cls, value: list[Any]) -> Self:
        points, of, outcome = value
        return cls(points=points, of=of, outcome=outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementResult:
    """One statement. `claimed` and `validated` are as given, None where nobody said anything.

    `of_record` is the rating that counts, `reason` what holds it below 3 (None at 3 or where not applicable).
    """

    id: str
    claimed: Rating | None
    support: int
    supported: Rating
    validated: Rating | None
    of_record: Rating
    reason: Reason | None

    def to_json(self) -> list[Any]:
        ratings = [self.claimed, self.support, self.supported, self.validated, self.of_record]
        return [self.id, *ratings, self.reason]

    @classmethod
    def from_json(cls, value: list[Any]) -> Self:
        return cls(
            id=value[0],
            claimed=value[1],
            support=value[2],
            supported=value[3],
            validated=value[4],
            of_record=value[5],
            reason=value[6],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelResult:
    """One defined level. `needed` is the fewest points of record that attain it.

    `standing` says what a cell shows: the points of record, or why there are none to show.
    """

    level: int
    claimed: Profile
    supported: Profile
    validated: Profile | None
    needed: int
    is_answered: bool
    standing: Standing
    statements: tuple[StatementResult, ...]

    @property
    def of_record(self) -> Profile:
        return self.validated or self.supported

    def to_case_json(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "claimed": self.claimed.to_case_json(),
            "supported": self.supported.to_case_json(),
            "validated": self.validated and self.validated.to_case_json(),
        }

    def to_json(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "claimed": self.claimed.to_json(),
            "supported": self.supported.to_json(),
            "validated": self.validated and self.validated.to_json(),
            "needed": self.needed,
            "answered": self.is_answered,
            "standing": self.standing,
            "statements": [statement.to_json() for statement in self.statements],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        return cls(
            level=value["level"],
            claimed=Profile.from_json(value["claimed"]),
            supported=Profile.from_json(value["supported"]),
            validated=value["validated"] and Profile.from_json(value["validated"]),
            needed=value["needed"],
            is_answered=value["answered"],
            standing=value["standing"],
            statements=tuple(StatementResult.from_json(row) for row in value["statements"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """One step of a path: this statement, from its rating of record up to `to`."""

    statement: str
    from_: int
    to: int
    reason: Reason

    @property
    def group(self) -> Group:
        """Under which heading a page puts the step."""
        if self.reason == "reviewer_rated_lower":
            return "reviewer"
        return "practice" if self.reason in PRACTICE else "evidence"

    def to_case_json(self) -> dict[str, Any]:
        return {"statement": self.statement, "from": self.from_, "to": self.to, "reason": self.reason}

    def to_json(self) -> list[Any]:
        return [self.statement, self.from_, self.to, self.reason]

    @classmethod
    def from_json(cls, value: list[Any]) -> Self:
        statement, from_, to, reason = value
        return cls(statement=statement, from_=from_, to=to, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The highest attained level in each profile; None where none is attained."""

    claimed: int | None
    supported: int | None
    validated: int | None

    def to_json(self) -> dict[str, int | None]:
        return {"claimed": self.claimed, "supported": self.supported, "validated": self.validated}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The gap report's numbers.

    `rate_next` is the level to rate so that the level held becomes determined; None once it is.
    `next_level` and `next_path` lead to the next level where the target is two or more levels away
    (`next_level` is None elsewhere, where not determined, and where that way is blocked).
    """

    target: int
    levels: tuple[LevelResult, ...]
    held: Held
    of_record: Record
    determined: bool
    rate_next: int | None
    gap: int | None
    uneven: tuple[int, ...]
    path: tuple[Raise, ...]
    blocked: tuple[int, ...]
    next_level: int | None
    next_path: tuple[Raise, ...]

    @property
    def highest(self) -> int | None:
        """The highest level attained of record, determined or not."""
        return self.held.validated if self.of_record == "validated" else self.held.supported

    @property
    def level(self) -> int | None:
        """The level held, once it is determined; None also when none is held."""
        return self.highest if self.determined else None

    @property
    def at_least(self) -> int | None:
        """While not determined: the level held or one above it. None says "not known yet"."""
        return None if self.determined else self.highest

    @property
    def is_provisional(self) -> bool:
        return self.of_record == "supported"

    def to_case_json(self) -> dict[str, Any]:
        return {
            "levels": [level.to_case_json() for level in self.levels],
            "held": self.held.to_json(),
            "of_record": self.of_record,
            "determined": self.determined,
            "gap": self.gap,
            "uneven": list(self.uneven),
            "path": [step.to_case_json() for step in self.path],
            "blocked": list(self.blocked),
        }

    def to_json(self) -> dict[str, Any]:
        return {
            "target": self.target,
            "levels": [level.to_json() for level in self.levels],
            "held": self.held.to_json(),
            "of_record": self.of_record,
            "determined": self.determined,
            "rate_next": self.rate_next,
            "gap": self.gap,
            "uneven": list(self.uneven),
            "path": [step.to_json() for step in self.path],
            "blocked": list(self.blocked),
            "next_level": self.next_level,
            "next_path": [step.to_json() for step in self.next_path],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """The result that `to_json` was called on. For what we stored ourselves: it is not checked."""
        plain = ("target", "of_record", "determined", "rate_next", "gap", "next_level")
        return cls(
            **{name: value[name] for name in plain},
            levels=tuple(LevelResult.from_json(level) for level in value["levels"]),
            held=Held(**value["held"]),
            uneven=tuple(value["uneven"]),
            path=tuple(Raise.from_json(step) for step in value["path"]),
            blocked=tuple(value["blocked"]),
            next_path=tuple(Raise.from_json(step) for step in value["next_path"]),
        )
