"""The structure of skill definitions: a framework, its levels, its skills and their levels."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from skills import querysets, triggers

LOWEST_LEVEL = 1
HIGHEST_LEVEL = 7


class Language(models.TextChoices):
    """Languages of skill texts; not those of the interface, which has pt-br for pt."""

    PT = "pt", "Português"
    RU = "ru", "Русский"
    EN = "en", "English"


class Framework(models.Model):
    """A published edition, such as SFIA 9."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=80)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True, editable=False)
    # Moved by the database with every real change of a definition: the key of what is kept in memory.
    version = models.BigIntegerField(_("version"), default=0, editable=False)

    objects = querysets.FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ("code",)
        triggers = triggers.framework_state()

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class LevelOfResponsibility(models.Model):
    """One of the seven levels. Texts: phrase, essence, and our help for either."""

    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="levels", verbose_name=_("framework")
    )
    number = models.PositiveSmallIntegerField(_("number"))

    objects = querysets.LevelOfResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("level of responsibility")
        verbose_name_plural = _("levels of responsibility")
        ordering = ("framework_id", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["framework", "number"],
                name="skills_level_unique",
                violation_error_message=_("This framework already has a level of this number."),
            ),
            models.CheckConstraint(
                condition=Q(number__range=(LOWEST_LEVEL, HIGHEST_LEVEL)),
                name="skills_level_number_1_to_7",
                violation_error_message=_("Levels of responsibility go from 1 to 7."),
            ),
        )
        triggers = (
            triggers.keep_frozen(
                what="level of responsibility",
                columns=("framework_id", "number"),
                frozen=triggers.FROZEN_FRAMEWORK,
                framework=triggers.OWN_FRAMEWORK,
            ),
            triggers.move_version(triggers.OWN_FRAMEWORK),
        )

    def __str__(self) -> str:
        return f"{self.framework} · {self.number}"

    def natural_key(self) -> tuple[str, int]:
        return (self.framework.code, self.number)


class Skill(models.Model):
    """A skill. Texts: name, description, category, subcategory, and notes on levels that are not defined."""

    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="skills", verbose_name=_("framework")
    )
    code = models.CharField(
        _("code"),
        max_length=8,
        validators=[
            RegexValidator(r"^[A-Z0-9]{2,8}\Z", _("Two to eight capital letters or digits, such as CEXP."))
        ],
    )
    first_language = models.CharField(
        _("first language"), max_length=2, choices=Language, default=Language.PT
    )
    # Set with the framework's first assessment, or with its own if it came later.
    is_frozen = models.BooleanField(_("frozen"), default=False, editable=False)

    objects = querysets.SkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ("code", "framework_id")
        constraints = (
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="skills_skill_unique",
                violation_error_message=_("This framework already has a skill of this code."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z0-9]{2,8}$"),
                name="skills_skill_code_form",
                violation_error_message=_("Two to eight capital letters or digits, such as CEXP."),
            ),
        )
        triggers = (triggers.skill_state(), triggers.move_version(triggers.OWN_FRAMEWORK))

    def __str__(self) -> str:
        return self.code

    def natural_key(self) -> tuple[str, str]:
        return (self.framework.code, self.code)


class SkillLevel(models.Model):
    """A level at which a skill is defined."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="levels", verbose_name=_("skill"))
    level = models.ForeignKey(
        LevelOfResponsibility, models.RESTRICT, related_name="+", verbose_name=_("level of responsibility")
    )

    objects = querysets.SkillLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill level")
        verbose_name_plural = _("skill levels")
        ordering = ("skill_id", "level_id")
        constraints = (
            models.UniqueConstraint(
                fields=["skill", "level"],
                name="skills_skilllevel_unique",
                violation_error_message=_("This skill is already defined at this level."),
            ),
        )
        triggers = (
            triggers.keep_frozen(
                what="skill level",
                columns=("skill_id", "level_id"),
                frozen=triggers.FROZEN_SKILL,
                framework=triggers.FRAMEWORK_OF_SKILL,
            ),
            triggers.move_version(triggers.FRAMEWORK_OF_SKILL),
        )

    def __str__(self) -> str:
        return f"{self.skill.code}.{self.level.number}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.skill.natural_key(), self.level.number)
