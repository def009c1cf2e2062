"""What is rated and where it belongs: the statements of a skill's levels, and its activities."""

from __future__ import annotations

from django.db import models
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from skills import querysets, triggers
from skills.models.definitions import Skill, SkillLevel


class Loop(models.TextChoices):
    LISTEN = "listen", _("Listen")
    SHARE = "share", _("Share")
    ENABLE = "enable", _("Enable")


class Activity(models.Model):
    """One of a skill's guidance bullets, an axis of the radar. Texts: text, label, help."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="activities", verbose_name=_("skill"))
    position = models.PositiveSmallIntegerField(_("position"))
    loop = models.CharField(_("loop"), max_length=6, choices=Loop)

    objects = querysets.ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("skill_id", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["skill", "position"],
                name="skills_activity_unique",
                violation_error_message=_("This skill already has an activity at this position."),
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1),
                name="skills_activity_position_from_1",
                violation_error_message=_("Positions count from 1."),
            ),
            models.CheckConstraint(
                condition=Q(loop__in=Loop.values),
                name="skills_activity_loop_known",
                violation_error_message=_("The loop is listen, share or enable."),
            ),
        )
        triggers = (
            triggers.keep_frozen(
                what="activity",
                columns=("skill_id", "position"),
                frozen=triggers.FROZEN_SKILL,
                framework=triggers.FRAMEWORK_OF_SKILL,
            ),
            triggers.move_version(triggers.FRAMEWORK_OF_SKILL),
        )

    def __str__(self) -> str:
        return f"{self.skill.code} A{self.position}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.skill.natural_key(), self.position)


class Statement(models.Model):
    """One sentence of a level description, the unit that is rated. Texts: text, label, help."""

    skill_level = models.ForeignKey(
        SkillLevel, models.CASCADE, related_name="statements", verbose_name=_("skill level")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    # CEXP.4.3: skill, level, position.
    code = models.CharField(_("code"), max_length=16)
    activities = models.ManyToManyField(
        Activity,
        through="StatementActivity",
        related_name="statements",
        verbose_name=_("activities"),
        blank=True,
    )

    objects = querysets.StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("skill_level_id", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["skill_level", "position"],
                name="skills_statement_unique",
                violation_error_message=_("This level already has a statement at this position."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z0-9]{2,8}\.[1-7]\.[1-9][0-9]*$")
                & Q(code__endswith=Concat(Value("."), Cast("position", CharField()))),
                name="skills_statement_code_form",
                violation_error_message=_("The code is skill, level and position, such as CEXP.4.3."),
            ),
        )
        triggers = (
            triggers.keep_frozen(
                what="statement",
                columns=("skill_level_id", "position", "code"),
                frozen=triggers.FROZEN_STATEMENT,
                framework=triggers.FRAMEWORK_OF_STATEMENT,
            ),
            triggers.move_version(triggers.FRAMEWORK_OF_STATEMENT),
        )

    def __str__(self) -> str:
        return self.code

    def natural_key(self) -> tuple[str, str]:
        return (self.skill_level.skill.framework.code, self.code)


class StatementActivity(models.Model):
    """A statement belongs to an activity: our own reading of the skill, mendable when the skill is frozen."""

    statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="activity_links", verbose_name=_("statement")
    )
    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="statement_links", verbose_name=_("activity")
    )

    objects = querysets.StatementActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity of a statement")
        verbose_name_plural = _("activities of statements")
        ordering = ("statement_id", "activity_id")
        constraints = (
            models.UniqueConstraint(
                fields=["statement", "activity"],
                name="skills_statementactivity_unique",
                violation_error_message=_("This statement already belongs to this activity."),
            ),
        )
        triggers = (triggers.move_version(triggers.FRAMEWORK_OF_TAG),)

    def __str__(self) -> str:
        return f"{self.statement.code} A{self.activity.position}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.statement.natural_key(), self.activity.position)
