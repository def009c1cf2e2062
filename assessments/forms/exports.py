"""What an export is asked for with."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.validators import MinLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from assessments.forms.fields import CleanTextField
from assessments.results.exports.asked import Choices

LONGEST_REASON: Final = 500
SHORTEST_REASON: Final = 10


class ReasonLengthValidator(MinLengthValidator):
    message = ngettext_lazy(
        "Say it in a few words more: at least %(limit_value)d character is needed.",
        "Say it in a few words more: at least %(limit_value)d characters are needed.",
        "limit_value",
    )


class ExportForm(forms.Form):
    """Knows only what the reader may choose; anything else is an error beside its field."""

    cycle = forms.ChoiceField(
        label=_("Cycle"), error_messages={"invalid_choice": _("Choose a cycle from the list.")}
    )
    skill = forms.ChoiceField(
        label=_("Skill"), error_messages={"invalid_choice": _("Choose a skill from the list.")}
    )
    scope = forms.ChoiceField(
        label=_("People"),
        help_text=_("A team comes with all the teams below it, as they are today."),
        error_messages={
            "invalid_choice": _("Choose from the list: the teams may have changed in the meantime.")
        },
    )
    file_format = forms.ChoiceField(
        label=_("File"),
        choices=[("xlsx", "XLSX"), ("csv", "CSV")],
        initial="xlsx",
        error_messages={"invalid_choice": _("Choose XLSX or CSV.")},
    )
    provisional = forms.BooleanField(label=_("Include provisional levels"), required=False)
    reason = CleanTextField(
        label=_("What do you need it for?"),
        help_text=_("Kept in the log with your name, the time and what you chose."),
        max_length=LONGEST_REASON,
        validators=[ReasonLengthValidator(SHORTEST_REASON)],
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[str, str | Promise]]] = {
            "cycle": [(key, cycle.name) for key, cycle in choices.cycles.items()],
            "skill": [(key, name) for key, name in choices.skill_names.items()],
            "scope": [(key, scope.name) for key, scope in choices.scopes.items()],
        }
        for name, pairs in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = pairs
