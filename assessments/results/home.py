"""The first page: what waits for a person, in the open cycle and in those that are over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from assessments.models import Assessment, Cycle, StartingLevel, State
from assessments.results.assess.progress import minutes_for, next_step, to_answer
from assessments.results.assess.readers import Readers, readers_of
from assessments.results.assess.starting import definition_of, nearest_defined, skills_for
from assessments.results.live import definition_for, live_sheet
from assessments.results.report.last_validated import (
    LastValidated,
    ValidatedLevels,
    last_of,
    validated_levels,
)
from assessments.results.sheet import Sheet
from people.models import User
from skills.catalogue import SkillDefinition

Action = Literal[
    "find_level",
    "start",
    "continue",
    "see_report",
    "send",
    "read_return",
    "read_reopening",
    "see_sent",
    "see_validated",
    "see_not_reviewed",
]


@dataclass(frozen=True, kw_only=True)
class Task:
    """What waits for a person in one skill: one action, and how much of it."""

    skill: SkillDefinition
    assessment: Assessment | None
    action: Action
    answered: int
    items: int
    # The last validated level, while this one has none.
    last: LastValidated | None = None
    # The name of its cycle where that is not the open one.
    cycle: str = ""

    @property
    def last_words(self) -> str:
        return self.last.words(self.skill.lowest) if self.last else ""

    @property
    def anchor(self) -> str:
        """Of its own: a skill can go on in two cycles."""
        return f"task-{self.skill.code}" + (
            f"-{self.assessment.pk}" if self.assessment and self.cycle else ""
        )

    @property
    def assigned(self) -> str:
        """Whom HR chose to review it; empty where it chose nobody who is still there."""
        chosen = self.assessment.assigned_reviewer if self.assessment else None
        return chosen.name if chosen and chosen.is_active else ""

    @property
    def left(self) -> int:
        return self.items - self.answered

    @property
    def is_to_send(self) -> bool:
        """Whether the date until which to submit is about it."""
        return self.assessment is None or self.assessment.is_editable

    @property
    def minutes(self) -> int:
        return minutes_for(self.left)


@dataclass(frozen=True, kw_only=True)
class Home:
    cycle: Cycle | None
    tasks: tuple[Task, ...]
    # What still goes on in cycles that are over.
    earlier: tuple[Task, ...]
    readers: Readers
    is_late: bool
    zone: str

    @property
    def has_to_send(self) -> bool:
        """In the open cycle."""
        return any(task.is_to_send for task in self.tasks)

    @property
    def has_earlier_to_send(self) -> bool:
        return any(task.is_to_send for task in self.earlier)


def home_page(person: User, *, at: dt.datetime, on: dt.date) -> Home:
    cycle, levels = Cycle.objects.open().first(), validated_levels(person)
    found = person.assessments.at_hand(cycle).for_page().select_related("assigned_reviewer")
    own = list(found.newest_first())
    begun = {one.skill_id: one for one in own if cycle and one.cycle_id == cycle.pk}
    earlier = [one for one in own if one not in begun.values()]
    tasks = tuple(_tasks(begun, person, levels, on=on)) if cycle else ()
    return Home(
        cycle=cycle,
        tasks=tasks,
        earlier=tuple(_task(one, person, levels, on=on, cycle=one.cycle.name) for one in earlier),
        readers=readers_of(person, own, on=on, is_all=all(task.assessment for task in tasks)),
        is_late=cycle is not None and cycle.submit_by < at,
        zone=person.zone_name,
    )


def _tasks(
    begun: Mapping[int, Assessment], person: User, levels: ValidatedLevels, *, on: dt.date
) -> Iterable[Task]:
    """In the open cycle: what is begun, then what can be."""
    yield from (_task(assessment, person, levels, on=on) for assessment in begun.values())
    skills, targets = skills_for(person, on=on)
    kept = dict(StartingLevel.objects.filter(employee=person).values_list("skill_id", "level"))
    for skill in skills:
        if skill.pk not in begun:
            last = next((level for _, level in levels.get(skill.pk, ())), None)
            yield _not_begun(definition_of(skill, person), kept.get(skill.pk), targets.get(skill.pk), last)


def _not_begun(
    skill: SkillDefinition, kept: int | None, target: int | None, last: LastValidated | None
) -> Task:
    defined = skill.defined_levels
    # Nobody knows the level yet: the one in the middle tells best how long it takes.
    level = nearest_defined(skill, kept or target or defined[len(defined) // 2].number)
    return Task(
        skill=skill,
        assessment=None,
        action="start" if kept else "find_level",
        answered=0,
        items=len(skill.level(level).statements),
        last=last,
    )


def _task(
    assessment: Assessment, person: User, levels: ValidatedLevels, *, on: dt.date, cycle: str = ""
) -> Task:
    settled = SETTLED.get(State(assessment.state))
    # A validated level stands for itself.
    last = None if assessment.state == State.VALIDATED else last_of(levels, assessment)
    if settled:
        skill = definition_for(assessment, person)
        return Task(
            skill=skill, assessment=assessment, action=settled, answered=0, items=0, last=last, cycle=cycle
        )
    sheet = live_sheet(assessment, reader=person, on=on)
    answered, items = to_answer(sheet)
    return Task(
        skill=sheet.skill,
        assessment=assessment,
        action=_action(sheet),
        answered=answered,
        items=items,
        last=last,
        cycle=cycle,
    )


# What there is to do without counting answers.
SETTLED: dict[State, Action] = {
    State.SUBMITTED: "see_sent",
    State.IN_REVIEW: "see_sent",
    State.VALIDATED: "see_validated",
    State.NOT_REVIEWED: "see_not_reviewed",
    State.RETURNED: "read_return",
    State.REOPENED: "read_reopening",
}


def _action(sheet: Sheet) -> Action:
    if next_step(sheet, sheet.header.start_level).kind != "result":
        return "continue"
    return "send" if sheet.has_evidence else "see_report"
