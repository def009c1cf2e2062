"""The levels of the people below a manager, read from stored results: nothing is scored here."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.models import State
from assessments.results.team.choices import Team, TeamChoice, name_key
from assessments.results.team.rows import team_rows
from assessments.scoring import Profile, Rating, Standing
from people.clock import day_of
from people.models import User
from skills.catalogue import SkillDefinition, StatementText, definition

# Full responsibility: nothing is missing.
TOP = 3
# The employee has done their part.
FINISHED = (State.SUBMITTED, State.IN_REVIEW, State.VALIDATED, State.NOT_REVIEWED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What one level shows: its per cent of points, or why there is none."""

    standing: Standing
    percent: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """The level validated last in an earlier cycle; ``level`` is None where none was held."""

    level: int | None
    on: dt.date
    cycle: str
    is_contested: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One row. ``state`` is empty where nothing was begun, ``cells`` where only the status may be seen.

    The level is validated, or supported and then provisional; ``at_least`` stands in until it is determined.
    """

    name: str
    job_title: str
    team_id: int
    state: str
    target: int | None
    submission_id: int | None
    is_validated: bool
    # The validated level waits for a second reviewer.
    is_contested: bool
    is_determined: bool
    level: int | None
    at_least: int | None
    gap: int | None
    cells: tuple[Cell, ...]
    # The reviewer's, by statement code; None where the reviewer said nothing.
    ratings: tuple[tuple[str, Rating | None], ...]
    # Beside this cycle's, until that has a validated one; in no average.
    earlier: Earlier | None

    @property
    def is_shown(self) -> bool:
        return bool(self.cells)

    @property
    def is_provisional(self) -> bool:
        return self.is_shown and not self.is_validated


@dataclass(frozen=True, kw_only=True, slots=True)
class Average:
    """Over the determined levels of one kind: how many there are and reach the target, and the mean gap."""

    known: int
    reached: int
    gap: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    team: Team
    people: tuple[Person, ...]


@dataclass(frozen=True, kw_only=True)
class TeamLevels:
    """People by team, and what the cards above them say. Validated and provisional levels never mix."""

    skill: SkillDefinition
    groups: tuple[Group, ...]
    validated: Average
    provisional: Average
    finished: int
    people: int
    # The statement with the lowest validated ratings, where one is below full responsibility.
    weakest: StatementText | None


def team_levels(manager: User, choice: TeamChoice, *, on: dt.date) -> TeamLevels | None:
    """None where there is no cycle or skill yet. One query, whatever the number of people."""
    if choice.cycle is None or choice.skill is None:
        return None
    skill = definition(choice.skill.id, choice.skill.version, *manager.reader)
    numbers = [level.number for level in skill.defined_levels]
    teams = [team.id for team in choice.shown_teams]
    rows = team_rows(teams, but=manager.pk, cycle=choice.cycle.id, skill=skill.id, on=on)
    people = [_person(row, numbers) for row in rows]
    validated = [person for person in people if person.is_validated]
    return TeamLevels(
        skill=skill,
        groups=tuple(_grouped(people, choice.shown_teams)),
        validated=_average(validated),
        provisional=_average([person for person in people if person.is_provisional]),
        finished=sum(person.state in FINISHED for person in people),
        people=len(people),
        weakest=_weakest(validated, skill),
    )


def _grouped(people: list[Person], teams: Sequence[Team]) -> Iterable[Group]:
    for team in teams:
        members = [person for person in people if person.team_id == team.id]
        if members:
            yield Group(team=team, people=tuple(sorted(members, key=lambda person: name_key(person.name))))


def _average(people: Collection[Person]) -> Average:
    gaps = [person.gap for person in people if person.is_determined and person.gap is not None]
    return Average(
        known=len(gaps),
        reached=sum(gap == 0 for gap in gaps),
        gap=sum(gaps) / len(gaps) if gaps else None,
    )


def _person(row: tuple[Any, ...], numbers: Sequence[int]) -> Person:
    (
        name,
        job_title,
        team_id,
        state,
        target,
        role_target,
        submission_id,
        is_validated,
        is_contested,
        stored,
        *earlier,
    ) = row
    levels, standings, profiles, sent_target, is_determined, held, gap, codes, ratings = (
        json.loads(stored) if stored else NOTHING
    )
    cells = dict(zip(levels, map(_cell, standings, profiles), strict=True))
    return Person(
        name=name,
        job_title=job_title,
        team_id=team_id,
        state=state or "",
        target=sent_target or target or role_target,
        submission_id=submission_id if stored else None,
        is_validated=bool(stored and is_validated),
        is_contested=bool(stored and is_validated and is_contested),
        is_determined=is_determined,
        level=held if is_determined else None,
        at_least=None if is_determined else held,
        gap=gap,
        cells=tuple(cells.get(number, UNASKED) for number in numbers) if stored else (),
        ratings=tuple(zip(codes, ratings, strict=True)),
        earlier=_earlier(*earlier),
    )


def _earlier(
    level: int | None, at: dt.datetime | None, cycle: str | None, is_contested: bool | None
) -> Earlier | None:
    if at is None:
        return None
    return Earlier(level=level, on=day_of(at), cycle=cycle or "", is_contested=bool(is_contested))


NOTHING: tuple[Any, ...] = ((), (), (), None, False, None, None, (), ())
UNASKED = Cell(standing="not_assessed", percent=None)


def _cell(standing: Standing, profile: list[Any]) -> Cell:
    percent = Profile.from_json(profile).percent if standing == "points" else None
    return Cell(standing=standing, percent=percent)


def _weakest(people: Iterable[Person], skill: SkillDefinition) -> StatementText | None:
    """The statement up to each one's target that reviewers rated lowest; none where all are at the top."""
    statements = {statement.code: statement for statement in skill.statements}
    given: dict[str, list[int]] = {}
    for person in people:
        for code, rating in person.ratings:
            if (
                code in statements
                and statements[code].level <= (person.target or 0)
                and isinstance(rating, int)
            ):
                given.setdefault(code, []).append(rating)
    means = {code: sum(ratings) / len(ratings) for code, ratings in given.items()}
    lowest = min(means, key=lambda code: (means[code], code), default=None)
    return statements[lowest] if lowest is not None and means[lowest] < TOP else None
