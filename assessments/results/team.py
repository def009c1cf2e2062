"""The levels of the people below a manager, read from stored results: nothing is scored here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, FilteredRelation, Func, JSONField, OuterRef, Q, Subquery, When

from assessments.models import State
from assessments.models.assessment import SENT
from assessments.models.review import Decision
from assessments.results.team_choices import Team, TeamChoice, name_key
from assessments.scoring import Profile, Rating, Standing
from people.models import Membership, User
from skills.catalogue import SkillDefinition, StatementText, definition
from skills.models import RoleTarget

# Full responsibility: nothing is missing.
TOP = 3
# The employee has done their part.
FINISHED = (State.SUBMITTED, State.IN_REVIEW, State.VALIDATED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What one level shows: its per cent of points, or why there is none."""

    standing: Standing
    percent: int | None


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
    is_determined: bool
    level: int | None
    at_least: int | None
    gap: int | None
    cells: tuple[Cell, ...]
    # The reviewer's, by statement code; None where the reviewer said nothing.
    ratings: tuple[tuple[str, Rating | None], ...]

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
    skill = definition(choice.skill.pk, choice.skill.framework.version, *manager.reader)
    numbers = [level.number for level in skill.defined_levels]
    people = [_person(row, numbers) for row in _rows(manager, choice, on)]
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


class _Taken(Func):
    """What a row needs of one stored result, taken out of the JSON by the database."""

    output_field = JSONField()
    template = """jsonb_build_array(
        jsonb_path_query_array(%(expressions)s, '$.levels[*].level'),
        jsonb_path_query_array(%(expressions)s, '$.levels[*].standing'),
        jsonb_path_query_array(%(expressions)s, '$.levels[*].{record}'),
        %(expressions)s -> 'target',
        %(expressions)s -> 'determined',
        %(expressions)s -> 'held' -> '{record}',
        %(expressions)s -> 'gap',
        jsonb_path_query_array(%(expressions)s, '$.levels[*].statements[*][0]'),
        jsonb_path_query_array(%(expressions)s, '$.levels[*].statements[*][4]')
    )"""

    def __init__(self, column: str, record: str) -> None:
        super().__init__(F(column), template=self.template.replace("{record}", record))


SUBMISSION = "mine__latest_submission"
IS_VALIDATED = Q(**{f"{SUBMISSION}__review__decision": Decision.VALIDATED})
IS_SENT = Q(mine__state__in=SENT)


def _rows(manager: User, choice: TeamChoice, on: dt.date) -> Iterable[tuple[Any, ...]]:
    """The members of the teams that are shown, with what was sent and decided. One query."""
    members = Membership.objects.on(on).filter(
        team_id__in=[team.id for team in choice.shown_teams], user__is_active=True
    )
    mine = Q(user__assessments__cycle=choice.cycle, user__assessments__skill=choice.skill)
    role = RoleTarget.objects.filter(role_profile=OuterRef("role_profile"), skill=choice.skill)
    stored = Case(
        When(IS_SENT & IS_VALIDATED, then=_Taken(f"{SUBMISSION}__review__result", "validated")),
        When(IS_SENT, then=_Taken(f"{SUBMISSION}__result", "supported")),
    )
    return (
        members.exclude(user=manager)
        .annotate(mine=FilteredRelation("user__assessments", condition=mine))
        .annotate(role_target=Subquery(role.values("target")[:1]), stored=stored)
        .order_by("user_id")
        .values_list(*COLUMNS)
    )


COLUMNS = (
    "user__name",
    "job_title",
    "team_id",
    "mine__state",
    "mine__target",
    "role_target",
    f"{SUBMISSION}_id",
    f"{SUBMISSION}__review__decision",
    "stored",
)


def _person(row: tuple[Any, ...], numbers: Sequence[int]) -> Person:
    name, job_title, team_id, state, target, role_target, submission_id, decision, stored = row
    levels, standings, profiles, sent_target, is_determined, held, gap, codes, ratings = stored or NOTHING
    cells = dict(zip(levels, map(_cell, standings, profiles), strict=True))
    return Person(
        name=name,
        job_title=job_title,
        team_id=team_id,
        state=state or "",
        target=sent_target or target or role_target,
        submission_id=submission_id if stored else None,
        is_validated=bool(stored) and decision == Decision.VALIDATED,
        is_determined=is_determined,
        level=held if is_determined else None,
        at_least=None if is_determined else held,
        gap=gap,
        cells=tuple(cells.get(number, UNASKED) for number in numbers) if stored else (),
        ratings=tuple(zip(codes, ratings, strict=True)),
    )


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
