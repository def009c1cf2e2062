"""Definitions for administrators. What assessments build on is refused by the database, and said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from skills.models import (
    FIELDS_OF,
    OWNERS,
    Activity,
    Field,
    Framework,
    Indicator,
    LevelOfResponsibility,
    RoleProfile,
    RoleTarget,
    Skill,
    SkillLevel,
    Statement,
    StatementActivity,
    Text,
)
from skills.refusal import DefinitionAdmin, named_choices


class DefinitionInline(admin.TabularInline[Any, Any]):
    extra = 0
    show_change_link = True

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        choices = named_choices(db_field.remote_field.model)
        return super().formfield_for_foreignkey(db_field, request, **choices, **kwargs)


class TextInline(DefinitionInline):
    """The texts of whatever it stands under, with only the fields that this may have."""

    model = Text
    fields = ["field", "language", "source", "text"]
    extra = 1
    show_change_link = False
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 60})}}

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "field":
            names = [(name, Field(name).label) for name in FIELDS_OF[_owner(self.parent_model)]]
            kwargs["choices"] = [("", "---------"), *names]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


def _owner(model: type[models.Model]) -> str:
    """What a text calls this model, such as "level" for a level of responsibility."""
    return next(name for name in OWNERS if Text._meta.get_field(name).related_model is model)


class StatementForm(forms.ModelForm[Statement]):
    """Writes the statement's code from its skill, level and position."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        skill_level, position = cleaned.get("skill_level"), cleaned.get("position")
        if skill_level and position is not None:
            self.instance.code = f"{skill_level}.{position}"
        return cleaned


class IndicatorInline(DefinitionInline):
    """The words by which the matching knows a statement or a skill, one per line."""

    model = Indicator
    fields = ["kind", "language", "text"]
    show_change_link = False
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 6, "cols": 80})}}


class LevelInline(DefinitionInline):
    model = LevelOfResponsibility


class SkillLevelInline(DefinitionInline):
    model = SkillLevel


class ActivityInline(DefinitionInline):
    model = Activity


class StatementInline(DefinitionInline):
    model = Statement
    form = StatementForm
    fields = ["position", "code"]
    readonly_fields = ["code"]


class StatementActivityInline(DefinitionInline):
    model = StatementActivity


class RoleTargetInline(DefinitionInline):
    model = RoleTarget


@admin.register(Framework)
class FrameworkAdmin(DefinitionAdmin):
    list_display = ["name", "code", "frozen_at"]
    fields = ["code", "name", "frozen_at"]
    readonly_fields = ["frozen_at"]
    inlines = [LevelInline]


@admin.register(LevelOfResponsibility)
class LevelOfResponsibilityAdmin(DefinitionAdmin):
    list_display = ["number", "framework"]
    list_select_related = ["framework"]
    inlines = [TextInline]


@admin.register(Skill)
class SkillAdmin(DefinitionAdmin):
    list_display = ["code", "framework", "first_language", "is_frozen"]
    list_select_related = ["framework"]
    fields = ["framework", "code", "first_language", "is_frozen"]
    readonly_fields = ["is_frozen"]
    search_fields = ["code"]
    inlines = [SkillLevelInline, ActivityInline, TextInline, IndicatorInline]


@admin.register(SkillLevel)
class SkillLevelAdmin(DefinitionAdmin):
    list_display = ["__str__", "skill", "level"]
    list_select_related = ["skill", "level__framework"]
    list_filter = ["skill"]
    inlines = [StatementInline]


@admin.register(Statement)
class StatementAdmin(DefinitionAdmin):
    form = StatementForm
    list_display = ["code", "skill_level", "position"]
    list_select_related = ["skill_level__skill", "skill_level__level"]
    list_filter = ["skill_level__skill"]
    fields = ["skill_level", "position", "code"]
    readonly_fields = ["code"]
    search_fields = ["code"]
    inlines = [TextInline, StatementActivityInline, IndicatorInline]


@admin.register(Activity)
class ActivityAdmin(DefinitionAdmin):
    list_display = ["__str__", "skill", "position", "loop"]
    list_select_related = ["skill"]
    list_filter = ["skill", "loop"]
    inlines = [TextInline]


@admin.register(RoleProfile)
class RoleProfileAdmin(DefinitionAdmin):
    list_display = ["code", "framework"]
    list_select_related = ["framework"]
    search_fields = ["code"]
    inlines = [RoleTargetInline, TextInline]
