"""What a reviewer types beside the ratings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.evidence import OnceForm
from assessments.forms.fields import CleanTextField
from assessments.models.beside import Essence
from assessments.results.review.essence import EssenceTyped

DAMAGED = dict.fromkeys(
    ("required", "invalid", "min_value", "max_value", "max_length"),
    _("This form was damaged on its way. Reload the page and save again."),
)


class MarkedForm(forms.Form):
    """Saved over what was read, which ``mark`` tells."""

    mark = forms.CharField(max_length=16, widget=forms.HiddenInput, error_messages=DAMAGED)

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(str(message) for messages in self.errors.values() for message in messages)


class EssenceForm(MarkedForm):
    """Whether the essence of ``level`` describes the person, and why."""

    essence = forms.ChoiceField(
        choices=Essence.choices,
        required=False,
        error_messages={"invalid_choice": _("Choose “yes”, “partly” or “no”.")},
    )
    comment = CleanTextField(max_length=2000, required=False)
    level = forms.IntegerField(min_value=1, max_value=7, widget=forms.HiddenInput, error_messages=DAMAGED)

    @property
    def answer(self) -> dict[str, Any]:
        """What the action is given."""
        found = self.cleaned_data
        return {
            "answer": found["essence"],
            "comment": found["comment"],
            "level": found["level"],
            "mark": found["mark"],
        }

    @property
    def typed(self) -> EssenceTyped:
        answer = self.data.get("essence", "")
        return EssenceTyped(
            answer=answer if answer in Essence.values else "",
            comment=self.data.get("comment", ""),
            problems=self.problems,
        )


class NotesForm(MarkedForm):
    notes = CleanTextField(max_length=5000, required=False)


class KeepForm(OnceForm):
    text = CleanTextField(
        max_length=2000,
        label=_("A comment to keep"),
        error_messages={"required": _("Write the comment that you want to keep.")},
    )
