"""The words by which people tell the work of a statement: where a piece of evidence may belong."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from skills import querysets, triggers
from skills.models.definitions import Language, Skill
from skills.models.statements import Statement


class IndicatorKind(models.TextChoices):
    """Of a statement the first four; of a skill the others, for which work is its own and which is not."""

    ARTEFACTS = "artefacts", _("artefacts")
    ACTIVITIES = "activities", _("activities")
    RESPONSIBILITY = "responsibility", _("words of responsibility")
    EXAMPLES = "examples", _("example texts")
    AUDIENCE = "audience", _("whom the work is for")
    UNRELATED = "unrelated", _("work of other kinds")


OF_SKILL = (IndicatorKind.AUDIENCE, IndicatorKind.UNRELATED)


class Indicator(models.Model):
    """Words or example texts of one kind in one language, one per line. Ours, and mendable at any time."""

    skill = models.ForeignKey(
        Skill,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("skill"),
    )
    statement = models.ForeignKey(
        Statement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("statement"),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    kind = models.CharField(_("kind"), max_length=14, choices=IndicatorKind)
    text = models.TextField(_("words or texts, one per line"))

    objects = querysets.IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("language", "kind", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(skill__isnull=False, statement=None, kind__in=OF_SKILL)
                | (Q(skill=None, statement__isnull=False) & ~Q(kind__in=OF_SKILL)),
                name="skills_indicator_kind_fits_owner",
                violation_error_message=_("This kind is not one of its owner's."),
            ),
            models.UniqueConstraint(
                fields=["skill", "statement", "language", "kind"],
                name="skills_indicator_unique",
                nulls_distinct=False,
                violation_error_message=_("These words already exist in this language."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IndicatorKind.values) & Q(language__in=Language.values),
                name="skills_indicator_kind_and_language_known",
                violation_error_message=_("The kind or the language is not known."),
            ),
            models.CheckConstraint(
                condition=Q(text__regex=r"\S"),
                name="skills_indicator_not_empty",
                violation_error_message=_("Write the text, or delete it."),
            ),
        )
        triggers = (triggers.move_version(triggers.FRAMEWORK_OF_INDICATOR),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.language}"

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())

    def natural_key(self) -> tuple[Any, ...]:
        owner = self.statement or self.skill
        name = "statement" if self.statement else "skill"
        return (name, *(owner.natural_key() if owner else ("", "")), self.language, self.kind)
