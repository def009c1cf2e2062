"""What a manager can look at: the teams below, the cycles that were opened, the skills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from unicodedata import combining, normalize

from django.db.models import Exists, OuterRef

from assessments.models import Assessment, Cycle
from people.models import Team as TeamRow
from people.models import User
from skills.models import Skill


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """A team in the manager's part of the tree; ``inside`` are its own id and those of all teams below it."""

    id: int
    name: str
    depth: int
    inside: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class CycleChoice:
    id: int
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillChoice:
    """A skill with its framework's version, by which its definition is kept."""

    id: int
    version: int
    is_used: bool


@dataclass(frozen=True, kw_only=True)
class TeamChoice:
    """The teams in the order of the tree, cycles and skills to choose from, and what is chosen."""

    teams: tuple[Team, ...]
    cycles: tuple[CycleChoice, ...]
    # By what stands for each in an address: its code, with the framework's for an older edition.
    skills: Mapping[str, SkillChoice]
    team: Team | None
    cycle: CycleChoice | None
    skill: SkillChoice | None

    @property
    def skill_key(self) -> str:
        return next((key for key, skill in self.skills.items() if skill == self.skill), "")

    @property
    def shown_teams(self) -> tuple[Team, ...]:
        return tuple(team for team in self.teams if self.team is None or team.id in self.team.inside)

    def chosen(self, *, team: str, cycle: str, skill: str) -> TeamChoice:
        """With what was asked for by id, name and code, each one among the choices; empty stays as it is."""
        return replace(
            self,
            team=next((row for row in self.teams if str(row.id) == team), self.team),
            cycle=next((row for row in self.cycles if row.name == cycle), self.cycle),
            skill=self.skills.get(skill, self.skill),
        )


def team_choice(manager: User) -> TeamChoice:
    """All teams, the cycle opened last and the skill that people assess themselves in. Three queries."""
    skills = skill_choices()
    in_use = [skill for skill in skills.values() if skill.is_used]
    opened = Cycle.objects.latest_opened().values_list("id", "name")
    cycles = tuple(CycleChoice(id=key, name=name) for key, name in opened)
    return TeamChoice(
        teams=team_tree(manager),
        cycles=cycles,
        skills=skills,
        team=None,
        cycle=cycles[0] if cycles else None,
        skill=next(iter(in_use or skills.values()), None),
    )


def skill_choices() -> dict[str, SkillChoice]:
    """All skills, newest edition first, and whether anybody has assessed themselves in them. One query."""
    used = Exists(Assessment.objects.filter(skill=OuterRef("pk")))
    columns = ("id", "code", "framework__code", "framework__version")
    skills: dict[str, SkillChoice] = {}
    rows = Skill.objects.listed().annotate(is_used=used).values_list(*columns, "is_used")
    for key, code, framework, version, is_used in rows:
        name = f"{code}@{framework}" if code in skills else code
        skills[name] = SkillChoice(id=key, version=version, is_used=is_used)
    return skills


def team_tree(manager: User) -> tuple[Team, ...]:
    """The teams that the manager leads and all below them, each followed by its own. One query."""
    rows = TeamRow.objects.led_by(manager).order_by("id").values_list("id", "name", "parent_id")
    names = {key: name for key, name, _ in rows}
    children: dict[int | None, list[int]] = {}
    for key, _, parent in rows:
        children.setdefault(parent if parent in names else None, []).append(key)

    def walk(parent: int | None, depth: int) -> Iterator[Team]:
        for key in sorted(children.get(parent, ()), key=lambda key: (name_key(names[key]), key)):
            below = tuple(walk(key, depth + 1))
            inside = frozenset([key, *(team.id for team in below)])
            yield Team(id=key, name=names[key], depth=depth, inside=inside)
            yield from below

    return tuple(walk(None, 0))


def name_key(name: str) -> tuple[str, str]:
    """Orders names as a register does: accents and case count last, ё stands with е, й after и."""
    # A mark that й keeps, so that it is not taken for an и with an accent.
    kept = name.casefold().replace("й", "и\uffff")
    letters = "".join(sign for sign in normalize("NFKD", kept) if not combining(sign))
    return letters, name
