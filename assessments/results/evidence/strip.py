"""Where a portfolio is strong and where it is silent: one cell per statement of a skill, by level."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

from assessments.models import Assessment
from assessments.results.evidence.portfolio import PortfolioItem, Words
from people.models import User
from skills.catalogue import LevelText, SkillDefinition, StatementText, definition
from skills.models import Skill

ONLY_SUGGESTED: Words = gettext_lazy("only suggested")
SILENT: Words = gettext_lazy("nothing yet")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A statement with the strongest item that is linked to it in any assessment, if there is one."""

    statement: StatementText
    strongest: PortfolioItem | None
    is_suggested: bool

    @property
    def id(self) -> str:
        """The statement's, as text: no language writes it in a way of its own."""
        return str(self.statement.id)

    @property
    def label(self) -> str:
        return self.statement.label or self.statement.text

    @property
    def kind(self) -> str:
        """0 to 3 for a strength, else suggested or silent."""
        if self.strongest:
            return str(self.strongest.strength)
        return "suggested" if self.is_suggested else "silent"

    @property
    def words(self) -> Words:
        if self.strongest:
            return self.strongest.words
        return ONLY_SUGGESTED if self.is_suggested else SILENT


@dataclass(frozen=True, kw_only=True, slots=True)
class StripLevel:
    level: LevelText
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Strip:
    skill: SkillDefinition
    levels: tuple[StripLevel, ...]


def strip(skill: SkillDefinition, items: Iterable[PortfolioItem], suggested: Collection[int]) -> Strip:
    """The whole skill; ``suggested`` are the statements that some item is suggested for."""
    strongest = strongest_items(items)
    levels = tuple(
        StripLevel(
            level=level,
            cells=tuple(
                Cell(
                    statement=statement,
                    strongest=strongest.get(statement.id),
                    is_suggested=statement.id in suggested,
                )
                for statement in level.statements
            ),
        )
        for level in skill.defined_levels
    )
    return Strip(skill=skill, levels=levels)


def strongest_items(items: Iterable[PortfolioItem]) -> Mapping[int, PortfolioItem]:
    """By statement; of several of one strength the first."""
    found: dict[int, PortfolioItem] = {}
    for item in items:
        for rated in item.speaks_for:
            other = found.get(rated.statement.id)
            if other is None or item.strength > other.strength:
                found[rated.statement.id] = item
    return found


def own_skills(person: User) -> Mapping[str, SkillDefinition]:
    """The skills that the person assesses or has assessed, else the first one; in one query when warm.

    By what stands for each in an address: its code, with the framework's for an older edition.
    """
    own = Exists(Assessment.objects.filter(skill=OuterRef("pk"), employee=person))
    columns = ("id", "code", "framework__code", "framework__version", "is_own")
    rows = list(Skill.objects.listed().annotate(is_own=own).values_list(*columns))
    chosen = [row for row in rows if row[-1]] or rows[:1]
    skills: dict[str, SkillDefinition] = {}
    for pk, code, framework, version, _ in chosen:
        key = f"{code}@{framework}" if code in skills else code
        skills[key] = definition(pk, version, *person.reader)
    return skills
