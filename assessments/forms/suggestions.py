"""A text that is being written, and the statement that it does not speak for."""

from __future__ import annotations

from django import forms

from assessments.forms.evidence import LONGEST
from assessments.forms.fields import CleanLineField, CleanTextField
from people.models import OfficialLanguage


class WritingForm(forms.Form):
    """What is in the evidence form at the moment; ``evidence`` is the item's id, once it is saved."""

    title = CleanLineField(max_length=200, required=False)
    situation = CleanTextField(max_length=LONGEST, required=False)
    action = CleanTextField(max_length=LONGEST, required=False)
    result = CleanTextField(max_length=LONGEST, required=False)
    language = forms.ChoiceField(choices=OfficialLanguage.choices)
    evidence = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)

    @property
    def text(self) -> str:
        """As it would be matched once it is saved."""
        names = ("title", "situation", "action", "result")
        return "\n".join(self.cleaned_data[name] for name in names if self.cleaned_data[name])
