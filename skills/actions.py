"""Changes of definitions that take more than one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from skills.models import Framework, Skill

if TYPE_CHECKING:
    import datetime as dt


def freeze(*, skill: Skill, at: dt.datetime) -> None:
    """Fix the skill and its framework as they are, for assessments are about to build on them.

    The framework freezes all its skills with it; a skill that came into a framework already in use is frozen
    by its own first assessment. Freezing again changes nothing.
    """
    if skill.is_frozen:
        return
    with transaction.atomic():
        Framework.objects.freeze(skill.framework_id, at=at)
        Skill.objects.freeze(skill.pk)
    skill.is_frozen = True
