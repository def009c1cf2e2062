"""The first page and the list of one's assessments: what waits now, and what was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Q

from assessments.models import Assessment, Cycle, Review, StartingLevel, State
from assessments.models.review import Decision
from assessments.results.assess.holder import Holder, holder_of
from assessments.results.assess.progress import minutes_for, next_step, to_answer
from assessments.results.assess.starting import nearest_defined, role_targets
from assessments.results.live import definition_for, live_sheet
from assessments.results.sheet import Sheet
from assessments.results.words import level_text
from assessments.scoring import Result
from people.models import User
from skills.catalogue import SkillDefinition, definition
from skills.models import Skill

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
    # Who reviews, where HR chose nobody for an assessment.
    holder: Holder
    is_late: bool
    zone: str

    @property
    def has_to_send(self) -> bool:
        return any(task.is_to_send for task in self.tasks)


@dataclass(frozen=True, kw_only=True)
class Past:
    """One assessment in the list, with the level that it gave when it was last sent or decided."""

    assessment: Assessment
    skill: SkillDefinition
    answered: int
    result: Result | None
    is_validated: bool

    @property
    def level_words(self) -> str:
        """The level held, never "none" and never 0; empty before anything is sent."""
        if self.result is None:
            return ""
        held = self.result.level if self.result.determined else self.result.at_least
        return level_text(held, settled=self.result.determined, lowest=self.skill.lowest)

    @property
    def pill(self) -> str:
        """The kind of pill that shows the state."""
        kinds = {State.VALIDATED: "ok", State.RETURNED: "gap", State.REOPENED: "gap"}
        return kinds.get(State(self.assessment.state), "")


@dataclass(frozen=True, kw_only=True)
class Overview:
    cycle: Cycle | None
    assessments: tuple[Past, ...]
    # Skills that can be begun in the open cycle.
    to_start: tuple[SkillDefinition, ...]


def home_page(person: User, *, at: dt.datetime, on: dt.date) -> Home:
    cycle = Cycle.objects.open().first()
    tasks = tuple(_tasks(person, cycle, on=on)) if cycle else ()
    return Home(
        cycle=cycle,
        tasks=tasks,
        holder=holder_of(person, on=on),
        is_late=cycle is not None and cycle.submit_by < at,
        zone=person.zone.key.replace("_", " "),
    )


def overview(person: User, *, on: dt.date) -> Overview:
    """All of a person's assessments, newest cycle first."""
    cycle = Cycle.objects.open().first()
    found = list(_listed(person))
    begun = {assessment.skill_id for assessment in found if cycle and assessment.cycle_id == cycle.pk}
    open_skills = skills_of(person, on=on)[0] if cycle else []
    return Overview(
        cycle=cycle,
        assessments=tuple(_past(assessment, person) for assessment in found),
        to_start=tuple(_definition(skill, person) for skill in open_skills if skill.pk not in begun),
    )


def skills_of(person: User, *, on: dt.date) -> tuple[list[Skill], dict[int, int]]:
    """The skills that a person's role asks for, all skills where it asks for none; and the role's targets."""
    targets = role_targets(person, on=on)
    newest = {skill.code: skill for skill in reversed(Skill.objects.listed())}
    skills = sorted(newest.values(), key=lambda skill: skill.code)
    return [skill for skill in skills if skill.pk in targets] or skills, targets


def _tasks(person: User, cycle: Cycle, *, on: dt.date) -> Iterable[Task]:
    own = person.assessments.of_cycle(cycle).for_page().select_related("assigned_reviewer")
    begun = {found.skill_id: found for found in own.newest_first()}
    yield from (_task(assessment, person, on=on) for assessment in begun.values())
    skills, targets = skills_of(person, on=on)
    kept = dict(StartingLevel.objects.filter(employee=person).values_list("skill_id", "level"))
    for skill in skills:
        if skill.pk not in begun:
            yield _not_begun(_definition(skill, person), kept.get(skill.pk), targets.get(skill.pk))


def _not_begun(skill: SkillDefinition, kept: int | None, target: int | None) -> Task:
    defined = skill.defined_levels
    # Nobody knows the level yet: the one in the middle tells best how long it takes.
    level = nearest_defined(skill, kept or target or defined[len(defined) // 2].number)
    return Task(
        skill=skill,
        assessment=None,
        action="start" if kept else "find_level",
        answered=0,
        items=len(skill.level(level).statements),
    )


def _task(assessment: Assessment, person: User, *, on: dt.date) -> Task:
    settled = SETTLED.get(State(assessment.state))
    if settled:
        return _settled(assessment, person, settled)
    sheet = live_sheet(assessment, reader=person, on=on)
    answered, items = to_answer(sheet)
    return Task(
        skill=sheet.skill, assessment=assessment, action=_action(sheet), answered=answered, items=items
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


def _settled(assessment: Assessment, person: User, action: Action) -> Task:
    skill = definition_for(assessment, person)
    return Task(skill=skill, assessment=assessment, action=action, answered=0, items=0)


def _action(sheet: Sheet) -> Action:
    if next_step(sheet, sheet.header.start_level).kind != "result":
        return "continue"
    return "send" if sheet.has_evidence else "see_report"


def _definition(skill: Skill, person: User) -> SkillDefinition:
    return definition(skill.pk, skill.framework.version, *person.reader)


def _listed(person: User) -> Iterable[Assessment]:
    given = Q(ratings__claim__isnull=False) | Q(ratings__not_applicable=True)
    return (
        person.assessments.for_page()
        .select_related("latest_submission__review")
        .defer("latest_submission__document")
        .annotate(answered=Count("ratings", filter=given))
        .newest_first()
    )


def _past(assessment: Assessment, person: User) -> Past:
    submission = assessment.latest_submission
    review: Review | None = getattr(submission, "review", None)
    is_validated = review is not None and review.decision == Decision.VALIDATED
    stored = review.result if review and is_validated else submission and submission.result
    # Closed as not reviewed is a state and never a level.
    if assessment.state == State.NOT_REVIEWED and not is_validated:
        stored = None
    return Past(
        assessment=assessment,
        skill=definition_for(assessment, person),
        answered=getattr(assessment, "answered", 0),
        result=Result.from_json(stored) if stored else None,
        is_validated=is_validated,
    )
