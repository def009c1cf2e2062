"""What an export asks for: a cycle, a skill, whose rows; and what a reader may choose among."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from psycopg.sql import Composable, Literal

from assessments.models import AccessEntry, Assessment, Cycle
from assessments.models.log import EXPORTS, AccessKind
from assessments.results.exports import rows as stored
from assessments.results.exports.table import Table
from assessments.results.team.choices import name_key
from people.models import Membership, Team, User
from skills.catalogue import summaries
from skills.models import Skill

COMPANY: Final = "company"
OWN_TEAMS: Final = "own"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One of the exports; ``code`` is in its address and file name."""

    code: str
    access: AccessKind
    columns: tuple[str, ...]
    provisional_columns: tuple[str, ...]
    table: Table

    def headers(self, *, provisional: bool) -> tuple[str, ...]:
        return (*self.columns, *self.provisional_columns) if provisional else self.columns


LEVELS: Final = Kind(
    code="levels",
    access=AccessKind.EXPORT_LEVELS,
    columns=stored.LEVELS,
    provisional_columns=stored.PROVISIONAL_LEVELS,
    table=stored.LEVEL_TABLE,
)
STATEMENTS: Final = Kind(
    code="statements",
    access=AccessKind.EXPORT_STATEMENTS,
    columns=stored.STATEMENTS,
    provisional_columns=stored.PROVISIONAL_STATEMENTS,
    table=stored.STATEMENT_TABLE,
)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Whose rows. ``team_ids`` None is the whole company; ``without`` is who may not be among them."""

    key: str
    name: str | Promise
    team_ids: tuple[int, ...] | None
    without: int | None = None


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the reader may choose, by the key that a form sends."""

    cycles: Mapping[str, Cycle]
    skills: Mapping[str, Skill]
    skill_names: Mapping[str, str]
    scopes: Mapping[str, Scope]

    @property
    def is_empty(self) -> bool:
        return not self.cycles or not self.skills


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One export as it was asked for."""

    kind: Kind
    cycle: Cycle
    skill: Skill
    skill_name: str
    scope: Scope
    provisional: bool
    people: tuple[int, ...]
    reader: User
    on: dt.date

    @property
    def headers(self) -> tuple[str, ...]:
        return self.kind.headers(provisional=self.provisional)

    @property
    def file_name(self) -> str:
        """levels-cexp-2026-2026-11-20, without its suffix."""
        return slugify(f"{self.kind.code} {self.skill.code} {self.cycle.name} {self.on}", allow_unicode=True)

    @property
    def details(self) -> dict[str, Any]:
        """What the log says of it, for readers of any language."""
        return {
            "cycle": self.cycle.name,
            "skill": self.skill.code,
            "scope": self.scope.key,
            "teams": "" if self.scope.team_ids is None else str(self.scope.name),
            "people": len(self.people),
            "provisional": self.provisional,
        }

    def rows(self) -> Composable:
        """All rows in columns, with what was typed as it is."""
        return self.kind.table.rows(self._about(self.cycle.name), provisional=self.provisional)

    def lines(self, *, cycle_name: str) -> Composable:
        """All lines of the CSV, each person's together; ``cycle_name`` as it may stand in a cell of it."""
        return self.kind.table.lines(self._about(cycle_name), provisional=self.provisional)

    def _about(self, cycle_name: str) -> dict[str, Composable]:
        about = {
            "people": list(self.people),
            "today": self.on,
            "zone": settings.TIME_ZONE,
            "cycle": self.cycle.pk,
            "cycle_name": cycle_name,
            "skill": self.skill.pk,
            "skill_code": self.skill.code,
            "provisional": self.provisional,
        }
        return {name: Literal(value) for name, value in about.items()}


def wanted_from(
    asked: Mapping[str, Any], choices: Choices, *, kind: Kind, reader: User, on: dt.date
) -> Wanted:
    """What a valid form asked for, with the people whom that means on the day."""
    cycle, skill = choices.cycles[asked["cycle"]], choices.skills[asked["skill"]]
    scope = choices.scopes[asked["scope"]]
    return Wanted(
        kind=kind,
        cycle=cycle,
        skill=skill,
        skill_name=choices.skill_names[asked["skill"]],
        scope=scope,
        provisional=asked["provisional"],
        people=people_in(scope, cycle=cycle, skill=skill, on=on),
        reader=reader,
        on=on,
    )


def may_export(reader: User) -> bool:
    """HR, and whoever leads a team; ``reader`` is the one of the session."""
    return reader.is_hr or reader.leads_a_team


def choices_for(reader: User) -> Choices:
    """Read in a fixed number of queries, and again with every request: who lost a team has lost it here."""
    skills = {str(skill.pk): skill for skill in Skill.objects.listed()}
    names = {(found.framework, found.code): found.name for found in summaries(*reader.reader)}
    return Choices(
        cycles={str(cycle.pk): cycle for cycle in Cycle.objects.latest_opened()},
        skills=skills,
        skill_names={
            key: f"{skill.code} · {names.get((skill.framework.name, skill.code), skill.framework.name)}"
            for key, skill in skills.items()
        },
        scopes={scope.key: scope for scope in scopes_of(reader)},
    )


def scopes_of(reader: User) -> tuple[Scope, ...]:
    """Everything that the reader may see by today's tree; and each of the teams alone."""
    teams = Team.objects.all() if reader.is_hr else Team.objects.led_by(reader)
    found = teams.order_by("pk").values_list("pk", "name", "parent_id")
    rows = {pk: (name, parent) for pk, name, parent in found}
    without = None if reader.is_hr else reader.pk
    if reader.is_hr:
        everything = Scope(key=COMPANY, name=_("The whole company"), team_ids=None)
    else:
        everything = Scope(key=OWN_TEAMS, name=_("All my teams"), team_ids=tuple(rows), without=without)
    return (everything, *_team_scopes(rows, without=without))


def _team_scopes(rows: Mapping[int, tuple[str, int | None]], *, without: int | None) -> Iterator[Scope]:
    """One per team, with the teams below it, in the order of the tree."""
    paths = {pk: path_of(pk, rows) for pk in rows}
    below: dict[int, list[int]] = defaultdict(list)
    for pk, path in paths.items():
        for above in path:
            below[above].append(pk)
    for pk, path in sorted(paths.items(), key=lambda item: [name_key(rows[step][0]) for step in item[1]]):
        name = " / ".join(rows[step][0] for step in path)
        yield Scope(key=str(pk), name=name, team_ids=tuple(below[pk]), without=without)


def path_of(team_id: int, rows: Mapping[int, tuple[str, int | None]]) -> tuple[int, ...]:
    """The team and those above it that are among the rows, from the top down."""
    path: list[int] = []
    node: int | None = team_id
    while node is not None and node in rows:
        path.append(node)
        node = rows[node][1]
    return tuple(reversed(path))


def people_in(scope: Scope, *, cycle: Cycle, skill: Skill, on: dt.date) -> tuple[int, ...]:
    """Who has a row, by name: those in the teams on the day, with an account or an assessment of the cycle.

    In the company's own file also those who have an assessment and no team any more.
    """
    placed = Membership.objects.on(on)
    if scope.team_ids is not None:
        placed = placed.filter(team_id__in=scope.team_ids)
    in_team = Q(pk__in=placed.values("user_id"))
    is_assessed = Q(pk__in=Assessment.objects.of_cycle(cycle).filter(skill=skill).values("employee_id"))
    if scope.team_ids is None:
        wanted = (in_team & Q(is_active=True)) | is_assessed
    else:
        wanted = in_team & (Q(is_active=True) | is_assessed)
    people = User.objects.filter(wanted).order_by("pk").values_list("pk", "name")
    in_order = sorted(people, key=lambda row: (name_key(row[1]), row))
    return tuple(pk for pk, _name in in_order if pk != scope.without)


def last_exports(reader: User, *, count: int = 10) -> tuple[AccessEntry, ...]:
    """The latest exports: everybody's for HR, else the reader's own."""
    entries = AccessEntry.objects.filter(kind__in=EXPORTS).select_related("by")
    own = entries if reader.is_hr else entries.filter(by=reader)
    return tuple(own.order_by("-at", "-id")[:count])
