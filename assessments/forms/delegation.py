"""Who reviews meanwhile, and on which days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.forms.evidence import OnceForm
from people.models import User

DAY_ERRORS = {"required": _("Choose a day."), "invalid": _("This is no day of the calendar.")}


def day_input() -> forms.DateInput:
    """A day as browsers send it, in every language."""
    return forms.DateInput(format="%Y-%m-%d")


class DelegationForm(OnceForm):
    """``managers`` are those who can be chosen, by id; ``on`` is today."""

    delegate = forms.ChoiceField(
        label=_("Who reviews meanwhile"),
        error_messages={
            "required": _("Choose a manager."),
            "invalid_choice": _("Choose a manager from the list."),
        },
    )
    starts_on = forms.DateField(label=_("First day"), widget=day_input(), error_messages=DAY_ERRORS)
    ends_on = forms.DateField(label=_("Last day"), widget=day_input(), error_messages=DAY_ERRORS)

    def __init__(self, *args: Any, managers: Mapping[str, User], on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.managers, self.on = managers, on
        field = self.fields["delegate"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose a manager")), *((key, one.name) for key, one in managers.items())]

    def clean_delegate(self) -> User:
        return self.managers[self.cleaned_data["delegate"]]

    def clean_starts_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["starts_on"]
        if day < self.on:
            raise ValidationError(_("This day is over: choose today or a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("It cannot end before it starts."))
        return found

    @property
    def asked(self) -> dict[str, Any]:
        """What the action is given."""
        return {name: self.cleaned_data[name] for name in ("delegate", "starts_on", "ends_on")}
