"""What a person says about a piece of work, and what they do with it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.fields import (
    CleanLineField,
    CleanTextField,
    FormTokenField,
    LinkField,
    PastDayField,
)
from assessments.models import Evidence
from people.dates import written_day
from people.models import OfficialLanguage

EVIDENCE_FIELDS = (
    "title",
    "action",
    "situation",
    "result",
    "started_on",
    "ended_on",
    "url",
    "language",
)
# Behind "more": what an item can begin without.
MORE_FIELDS = ("situation", "result", "started_on", "ended_on", "url")
LONGEST = 5000


class OnceForm(forms.Form):
    """A form that is answered once, however often it is sent."""

    form_token = FormTokenField(initial=uuid.uuid4)

    @property
    def token(self) -> str:
        """The token for the hidden field: the one that came, or a new one where it was no token."""
        came = self["form_token"].value()
        return str(came) if came and "form_token" not in self.errors else str(uuid.uuid4())

    @property
    def general_errors(self) -> list[str]:
        """What is wrong with the form as a whole, fields that nobody sees included."""
        hidden = [str(error) for field in self.hidden_fields() for error in field.errors]
        return [*(str(error) for error in self.non_field_errors()), *hidden]


class EvidenceForm(OnceForm):
    """A title and one sentence; more where there is more. ``latest`` is the person's own today."""

    title = CleanLineField(
        label=gettext_lazy("Title"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give it a title that you will recognise.")},
    )
    action = CleanTextField(
        label=gettext_lazy("What you did, in one sentence or more"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("Your own part in it, not the team’s."),
    )
    situation = CleanTextField(
        label=gettext_lazy("Situation"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("What it was about, and for whom."),
    )
    result = CleanTextField(
        label=gettext_lazy("Result"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("What changed through it, with a number if there is one."),
    )
    started_on = PastDayField(label=gettext_lazy("From"), required=False)
    ended_on = PastDayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy(
            "Leave it empty while the work goes on: saving says that it does, as of today."
        ),
    )
    url = LinkField(
        label=gettext_lazy("Link"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Where your manager can check it. It begins with http:// or https://."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the text"),
        choices=OfficialLanguage.choices,
        help_text=gettext_lazy("The language in which you write."),
    )

    def __init__(self, data: Any = None, *, latest: dt.date, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for name in ("started_on", "ended_on"):
            cast("PastDayField", self.fields[name]).latest = latest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        started_on, ended_on = cleaned.get("started_on"), cleaned.get("ended_on")
        if started_on and ended_on and ended_on < started_on:
            self.add_error("ended_on", _("It cannot end before it starts."))
        return cleaned

    @property
    def evidence_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EVIDENCE_FIELDS}

    @property
    def is_more_open(self) -> bool:
        """Whether "more" holds something to read or to mend."""
        return any(self[name].value() or name in self.errors for name in MORE_FIELDS)


class NewEvidenceForm(EvidenceForm):
    """A new item, to be linked to a statement at once where it comes from one."""

    rating = forms.IntegerField(
        required=False,
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": gettext_lazy(
                "The statement could not be read. Saved again, the evidence has no link to it."
            ),
            "min_value": gettext_lazy(
                "The statement could not be read. Saved again, the evidence has no link to it."
            ),
        },
    )

    def say_not_linked(self) -> None:
        """The assessment was sent while the person wrote."""
        self.add_error(
            None,
            _(
                "You cannot change this assessment now, so nothing can be linked to it. What you wrote is"
                " still here: save it again to keep it in your evidence, without the link."
            ),
        )


class EditEvidenceForm(EvidenceForm):
    """An item as it was read at ``version``."""

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={
            name: gettext_lazy("This page is incomplete. Copy what you wrote, and open the evidence again.")
            for name in ("required", "invalid", "min_value")
        },
    )

    @classmethod
    def of(cls, evidence: Evidence, *, latest: dt.date) -> EditEvidenceForm:
        """The form as the item stands; days in the one form that a browser's calendar takes."""
        initial = {name: getattr(evidence, name) for name in EVIDENCE_FIELDS}
        days = {name: day.isoformat() for name, day in initial.items() if isinstance(day, dt.date)}
        return cls(latest=latest, initial={**initial, **days, "version": evidence.version})

    def start_from(self, saved: Evidence) -> None:
        """After a conflict: saving again replaces what the person has now been shown."""
        self.data = {name: self.data.get(name) for name in self.data} | {"version": str(saved.version)}

    def differences(self, saved: Evidence) -> list[tuple[str, str]]:
        """Label and saved text of every field in which the saved item is not what was typed."""
        return [
            (str(self.fields[name].label), shown(getattr(saved, name)))
            for name in EVIDENCE_FIELDS
            if getattr(saved, name) != self.cleaned_data[name]
        ]


def shown(value: str | dt.date | None) -> str:
    """A saved value for reading."""
    if isinstance(value, dt.date):
        return written_day(value)
    return dict(OfficialLanguage.choices).get(value or "", value) or "—"


class SearchForm(forms.Form):
    q = CleanLineField(label=gettext_lazy("Search your evidence"), max_length=200, required=False)


class LinkForm(forms.Form):
    """One of the person's items, to be linked."""

    evidence = forms.IntegerField(
        min_value=1,
        error_messages={
            name: gettext_lazy("Choose one of your evidence items.")
            for name in ("required", "invalid", "min_value")
        },
    )
