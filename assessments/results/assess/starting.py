"""What a person chooses from before assessing themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assessments.models import Assessment, Cycle, StartingLevel
from people.models import Membership, User
from skills.catalogue import SkillDefinition, definition
from skills.models import Language, Skill


@dataclass(frozen=True, kw_only=True)
class StartPage:
    skill: Skill
    definition: SkillDefinition
    # The open cycle, if any, and what the person has begun in it.
    cycle: Cycle | None
    begun: Assessment | None
    # The level kept from before, and the target of the role.
    kept: int | None
    role_target: int | None
    language_name: str

    @property
    def defined(self) -> tuple[int, ...]:
        return tuple(level.number for level in self.definition.defined_levels)

    @property
    def first_target(self) -> int | None:
        """The target that stands in the form at first: the role's, where the skill has that level."""
        return self.role_target if self.role_target in self.defined else None


def start_page(skill: Skill, *, reader: User, on: dt.date) -> StartPage:
    cycle = Cycle.objects.open().first()
    return StartPage(
        skill=skill,
        definition=definition_of(skill, reader),
        cycle=cycle,
        begun=reader.assessments.of_cycle(cycle).filter(skill=skill).first() if cycle else None,
        kept=kept_level(reader, skill),
        role_target=role_targets(reader, on=on).get(skill.pk),
        language_name=Language(reader.reader[0]).label,
    )


def nearest_defined(skill: SkillDefinition, level: int) -> int:
    """The level itself, or the nearest one that the skill has; the lower of two as near."""
    return min(
        (found.number for found in skill.defined_levels), key=lambda number: (abs(number - level), number)
    )


def kept_level(person: User, skill: Skill) -> int | None:
    """The level whose essence the person picked as describing their work."""
    kept = StartingLevel.objects.filter(employee=person, skill=skill).values_list("level", flat=True)
    return kept.first()


def role_targets(person: User, *, on: dt.date) -> dict[int, int]:
    """The target levels of the person's role on a day, by skill id."""
    targets = Membership.objects.on(on).filter(user=person, role_profile__targets__isnull=False)
    return dict(targets.values_list("role_profile__targets__skill_id", "role_profile__targets__target"))


def skills_for(person: User, *, on: dt.date) -> tuple[list[Skill], dict[int, int]]:
    """The skills that a person's role asks for, all skills where it asks for none; and the role's targets."""
    targets = role_targets(person, on=on)
    newest = {skill.code: skill for skill in reversed(Skill.objects.listed())}
    skills = sorted(newest.values(), key=lambda skill: skill.code)
    return [skill for skill in skills if skill.pk in targets] or skills, targets


def definition_of(skill: Skill, person: User) -> SkillDefinition:
    """In the person's languages; the skill comes with its framework."""
    return definition(skill.pk, skill.framework.version, *person.reader)
