"""What HR says when it assigns or reopens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.evidence import OnceForm
from assessments.forms.fields import CleanLineField, CleanTextField
from people.models import User


class SearchForm(forms.Form):
    person = CleanLineField(max_length=150, required=False)

    @property
    def typed(self) -> str:
        """What to look for; nothing where it cannot be a name."""
        return str(self.cleaned_data["person"]) if self.is_valid() else ""


class AssignForm(OnceForm):
    """``managers`` are those who can be chosen, by id."""

    reviewer = forms.ChoiceField(
        label=_("Who reviews it"),
        help_text=_("They can read what was sent, with its evidence, and decide."),
        error_messages={
            "required": _("Choose a manager."),
            "invalid_choice": _("Choose a manager from the list."),
        },
    )

    def __init__(self, *args: Any, managers: Mapping[str, User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.managers = managers
        field = self.fields["reviewer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose a manager")), *((key, one.name) for key, one in managers.items())]

    def clean_reviewer(self) -> User:
        return self.managers[self.cleaned_data["reviewer"]]


class ReopenForm(OnceForm):
    reason = CleanTextField(
        label=_("Why it is opened again"),
        help_text=_("The employee reads it, and it stays in the history of the assessment."),
        max_length=2000,
        error_messages={"required": _("Say why before you reopen it.")},
    )
