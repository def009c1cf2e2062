"""What a second reviewer sends to decide; and whom HR chooses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.evidence import OnceForm
from assessments.forms.fields import CleanTextField
from people.models import User

DAMAGED = _("This form was damaged on its way. Reload the page and try again.")
CHOOSE = _("Choose a manager from the list.")


class ContestDecisionForm(OnceForm):
    """The decision on the ratings as they were read: ``seen`` is their stamp."""

    seen = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), DAMAGED),
    )
    reason = CleanTextField(max_length=2000, required=False, label=_("In a few words, for both"))


class SecondReviewerForm(OnceForm):
    """Whom HR chooses to decide on one contest."""

    reviewer = forms.CharField(error_messages={"required": CHOOSE})

    def __init__(self, *args: Any, managers: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.managers = {str(manager.pk): manager for manager in managers}

    def clean_reviewer(self) -> User:
        try:
            return self.managers[self.cleaned_data["reviewer"]]
        except KeyError:
            raise forms.ValidationError(CHOOSE) from None

    @property
    def chosen(self) -> User:
        found: User = self.cleaned_data["reviewer"]
        return found
