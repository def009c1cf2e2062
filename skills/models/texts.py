"""The words of a definition, each in a language and with its source."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func, IntegerField, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from skills import querysets, triggers
from skills.models.definitions import Language, LevelOfResponsibility, Skill
from skills.models.roles import RoleProfile
from skills.models.statements import Activity, Statement


class Source(models.TextChoices):
    OFFICIAL = "official", _("official")
    BETA = "beta", _("beta")
    OURS = "ours", _("ours")


class Field(models.TextChoices):
    """What a text is of its owner; ``…_help`` and ``help`` are our reading help."""

    NAME = "name", _("name")
    DESCRIPTION = "description", _("description")
    CATEGORY = "category", _("category")
    SUBCATEGORY = "subcategory", _("subcategory")
    NOTE_LOWER = "note_lower", _("note on lower levels")
    NOTE_LOWER_HELP = "note_lower_help", _("help for the note on lower levels")
    NOTE_HIGHER = "note_higher", _("note on higher levels")
    NOTE_HIGHER_HELP = "note_higher_help", _("help for the note on higher levels")
    PHRASE = "phrase", _("guiding phrase")
    PHRASE_HELP = "phrase_help", _("help for the guiding phrase")
    ESSENCE = "essence", _("essence")
    ESSENCE_HELP = "essence_help", _("help for the essence")
    TEXT = "text", _("text")
    LABEL = "label", _("label")
    HELP = "help", _("reading help")
    DELIVERABLES = "deliverables", _("deliverables, one per line")


OWNERS = ("level", "skill", "statement", "activity", "role_profile")
HELP_FIELDS = ("help", "note_lower_help", "note_higher_help", "phrase_help", "essence_help", "label")
FIELDS_OF = {
    "level": ("phrase", "phrase_help", "essence", "essence_help"),
    "skill": (
        *("name", "description", "category", "subcategory"),
        *("note_lower", "note_lower_help", "note_higher", "note_higher_help"),
    ),
    "statement": ("text", "label", "help"),
    "activity": ("text", "label", "help"),
    "role_profile": ("name", "deliverables"),
}


def _field_fits_owner() -> Q:
    fits = Q()
    for owner, fields in FIELDS_OF.items():
        fits |= Q((f"{owner}__isnull", False), field__in=fields)
    return fits


class Text(models.Model):
    """One field of one owner in one language."""

    level = models.ForeignKey(
        LevelOfResponsibility,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
        verbose_name=_("level"),
    )
    skill = models.ForeignKey(
        Skill, models.CASCADE, null=True, blank=True, related_name="texts", verbose_name=_("skill")
    )
    statement = models.ForeignKey(
        Statement, models.CASCADE, null=True, blank=True, related_name="texts", verbose_name=_("statement")
    )
    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="texts", verbose_name=_("activity")
    )
    role_profile = models.ForeignKey(
        RoleProfile,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
        verbose_name=_("role profile"),
    )
    field = models.CharField(_("field"), max_length=16, choices=Field)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    source = models.CharField(_("source"), max_length=8, choices=Source)
    text = models.TextField(_("text"))

    objects = querysets.TextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ("field", "language", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Exact(Func(*OWNERS, function="num_nonnulls", output_field=IntegerField()), 1),
                name="skills_text_one_owner",
                violation_error_message=_("A text belongs to exactly one thing."),
            ),
            models.UniqueConstraint(
                fields=[*OWNERS, "field", "language"],
                name="skills_text_unique",
                nulls_distinct=False,
                violation_error_message=_("This text already exists in this language."),
            ),
            models.CheckConstraint(
                condition=_field_fits_owner(),
                name="skills_text_field_fits_owner",
                violation_error_message=_("This field is not one of its owner's."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values) & Q(source__in=Source.values),
                name="skills_text_language_and_source_known",
                violation_error_message=_("The language is pt, ru or en; the source official, beta or ours."),
            ),
            models.CheckConstraint(
                condition=Q(source=Source.OURS) | ~Q(field__in=HELP_FIELDS),
                name="skills_text_help_is_ours",
                violation_error_message=_("Reading help and labels are always ours."),
            ),
            models.CheckConstraint(
                condition=Q(text__regex=r"\S"),
                name="skills_text_not_empty",
                violation_error_message=_("Write the text, or delete it."),
            ),
        )
        triggers = (
            triggers.keep_frozen(
                what="text",
                columns=(*(f"{owner}_id" for owner in OWNERS), "field", "language", "source", "text"),
                frozen=triggers.FROZEN_TEXT,
                framework=triggers.FRAMEWORK_OF_TEXT,
                row="OLD",
            ),
            triggers.move_version(triggers.FRAMEWORK_OF_TEXT),
        )

    def __str__(self) -> str:
        return f"{self.get_field_display()} · {self.language}"

    @property
    def owner_name(self) -> str:
        """Which of the owners is set, such as "statement"."""
        return next(name for name in OWNERS if getattr(self, f"{name}_id") is not None)

    def natural_key(self) -> tuple[Any, ...]:
        owner = getattr(self, self.owner_name)
        return (self.owner_name, *owner.natural_key(), self.field, self.language)
