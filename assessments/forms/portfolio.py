"""What a person looks for among their evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.evidence import SearchForm
from assessments.results.evidence.portfolio_page import Filters
from assessments.results.words import STRENGTHS
from skills.catalogue import SkillDefinition, StatementText


class PortfolioForm(SearchForm):
    """Read from the address; ``skills`` are those whose statements can be asked for."""

    skill = forms.ChoiceField(
        label=gettext_lazy("Skill"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no such skill. Choose one from the list.")},
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level of the statement"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no such level. Choose one from the list.")},
    )
    strength = forms.ChoiceField(
        label=gettext_lazy("Strength"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such strength. Choose one from the list.")
        },
    )
    stale = forms.BooleanField(label=gettext_lazy("Only stale"), required=False)
    statement = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": gettext_lazy("There is no such statement in your skills.")},
    )

    def __init__(self, data: Mapping[str, Any], *, skills: Mapping[str, SkillDefinition]) -> None:
        super().__init__(data)
        self.skills = skills
        self.statements: dict[str, StatementText] = {
            str(text.id): text for skill in skills.values() for text in skill.statements
        }
        numbers = sorted({text.level for text in self.statements.values()})
        self.choose("skill", [("", _("All skills")), *((key, key) for key in skills)])
        self.choose("level", [("", _("All levels")), *((str(number), str(number)) for number in numbers)])
        strengths = [(str(number), str(words)) for number, words in sorted(STRENGTHS.items(), reverse=True)]
        self.choose("strength", [("", _("Any strength")), *strengths])
        self.choose("statement", [(key, key) for key in self.statements])

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def lists(self) -> list[forms.BoundField]:
        """The fields that are chosen from a list."""
        return [self["skill"], self["level"], self["strength"]]

    @property
    def filters(self) -> Filters:
        """What was asked for and could be read; to be called after ``is_valid``."""
        given = self.cleaned_data
        return Filters(
            query=given.get("q", ""),
            skill=self.skills.get(given.get("skill", "")),
            level=int(given["level"]) if given.get("level") else None,
            strength=int(given["strength"]) if given.get("strength") else None,
            is_stale=given.get("stale", False),
            statement=self.statements.get(given.get("statement", "")),
        )

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and could be read, as an address has it."""
        named = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: "on" if value is True else value for name, value in named.items() if value}
