"""What an employee does with an assessment: begin, answer, aim, abandon."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from assessments.actions.errors import (
    AlreadyBegunError,
    LevelNotDefinedError,
    NoOpenCycleError,
    NotEditableError,
    StaleError,
)
from assessments.models import Assessment, Cycle, StartingLevel, State, StatementRating
from assessments.scoring import Rating
from people.models import Membership, User
from skills.actions import freeze
from skills.models import Skill, SkillLevel, Statement


def choose_starting_level(*, skill: Skill, level: int, by: User, at: dt.datetime) -> StartingLevel:
    """Keeps the level whose essence describes the person's work."""
    chosen, _ = StartingLevel.objects.update_or_create(
        employee=by, skill=skill, defaults={"level": level, "chosen_at": at}
    )
    return chosen


@transaction.atomic
def start_assessment(
    *, skill: Skill, target: int, start_level: int, by: User, at: dt.datetime, on: dt.date
) -> Assessment:
    """Begins the open cycle's assessment; the first one of a framework freezes its definitions."""
    cycle = Cycle.objects.open().select_for_update().first()
    if cycle is None:
        raise NoOpenCycleError
    if not {target, start_level} <= defined_levels(skill):
        raise LevelNotDefinedError
    freeze(skill=skill, at=at)
    assessment, is_new = Assessment.objects.get_or_create(
        employee=by,
        skill=skill,
        cycle=cycle,
        defaults={
            "target": target,
            "role_target": role_target(person=by, skill=skill, on=on),
            "start_level": start_level,
            "previous": by.assessments.sent().filter(skill=skill).newest_first().first(),
            "started_at": at,
        },
    )
    if not is_new:
        raise AlreadyBegunError(assessment.pk)
    statements = Statement.objects.of_skill(skill.pk)
    StatementRating.objects.bulk_create(
        [StatementRating(assessment=assessment, statement=statement) for statement in statements]
    )
    return assessment


def defined_levels(skill: Skill) -> set[int]:
    return set(SkillLevel.objects.filter(skill=skill).values_list("level__number", flat=True))


def role_target(*, person: User, skill: Skill, on: dt.date) -> int | None:
    """The target level that the person's role profile sets for the skill on a day."""
    memberships = Membership.objects.on(on).filter(user=person, role_profile__targets__skill=skill)
    return memberships.values_list("role_profile__targets__target", flat=True).first()


def lock_editable(*, assessment: Assessment) -> Assessment:
    """Takes the assessment for one change; raises NotEditableError where the pen is not the employee's."""
    locked = Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    if not locked.is_editable:
        raise NotEditableError
    return locked


@transaction.atomic
def rate_statement(
    *,
    assessment: Assessment,
    rating_id: int,
    answer: Rating | None,
    reason: str = "",
    version: int,
    by: User,
    at: dt.datetime,
) -> StatementRating:
    """Saves or clears one answer: 0–3, "na" with a reason, or None.

    Raises StaleError with the saved rating where another tab was first, NotEditableError after sending.
    """
    lock_editable(assessment=assessment)
    is_na = answer == "na"
    changed = assessment.ratings.unchanged(rating_id, version).update(
        claim=None if is_na else answer,
        not_applicable=is_na,
        reason=reason if is_na else "",
        version=F("version") + 1,
        updated_at=at,
    )
    rating = assessment.ratings.get(pk=rating_id)
    if not changed:
        raise StaleError(rating)
    return rating


@transaction.atomic
def change_target(*, assessment: Assessment, target: int, by: User, at: dt.datetime) -> Assessment:
    locked = lock_editable(assessment=assessment)
    if target not in defined_levels(locked.skill):
        raise LevelNotDefinedError
    locked.target = target
    locked.save(update_fields=["target"])
    return locked


@transaction.atomic
def abandon_draft(*, assessment: Assessment, by: User, at: dt.datetime) -> None:
    """Deletes a draft that was never sent, with its answers; the evidence stays with its owner."""
    locked = lock_editable(assessment=assessment)
    if locked.state != State.DRAFT:
        raise NotEditableError
    locked.delete()
