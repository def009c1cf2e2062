"""Which team, cycle and skill a manager looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.results.team.choices import TeamChoice

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ALL = "all"


def errors(text: _StrPromise) -> dict[str, str | _StrPromise]:
    """Empty or unknown: the same advice."""
    return {"required": text, "invalid_choice": text}


class TeamForm(forms.Form):
    """Read from the address; what is left out stays as it is by default."""

    team = forms.ChoiceField(
        label=gettext_lazy("Team"),
        error_messages=errors(gettext_lazy("You lead no such team. Choose one from the list.")),
    )
    cycle = forms.ChoiceField(
        label=gettext_lazy("Cycle"),
        error_messages=errors(gettext_lazy("There is no such cycle. Choose one from the list.")),
    )
    skill = forms.ChoiceField(
        label=gettext_lazy("Skill"),
        error_messages=errors(gettext_lazy("There is no such skill. Choose one from the list.")),
    )

    def __init__(self, data: Mapping[str, Any], *, choice: TeamChoice) -> None:
        first = {"team": ALL, "cycle": choice.cycle.name if choice.cycle else "", "skill": choice.skill_key}
        super().__init__({**first, **data}, initial=first)
        # A wide space shows the depth of a team in the tree.
        teams = [(str(team.id), "\u2003" * team.depth + team.name) for team in choice.teams]
        self.choose("team", [(ALL, _("All teams")), *teams])
        self.choose("cycle", [(cycle.name, cycle.name) for cycle in choice.cycles])
        self.choose("skill", [(key, key) for key in choice.skills])

        # Before the first cycle or skill there is nothing to choose.
        self.fields["cycle"].required = bool(choice.cycles)
        self.fields["skill"].required = bool(choice.skills)
        options = {"team": choice.teams, "cycle": choice.cycles, "skill": choice.skills}
        self.open_to_choice = {name for name, found in options.items() if len(found) > 1}

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that leave something to choose, or to mend."""
        return [field for field in self if field.name in self.open_to_choice or field.errors]

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
