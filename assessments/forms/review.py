"""What a reviewer sends: one rating, or a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.fields import CleanTextField, FormTokenField
from assessments.results.review import Attempt
from assessments.scoring import Rating

ANSWERS = [(value, value) for value in ("0", "1", "2", "3", "na")]


def rating_of(typed: str) -> Rating | None:
    """0–3 or "na"; None for anything else."""
    if typed == "na":
        return "na"
    return int(typed) if typed in {"0", "1", "2", "3"} else None


class WordForm(forms.Form):
    """The rating of one statement, or none, with a comment and the version that was read."""

    rating = forms.ChoiceField(
        choices=ANSWERS,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the four ratings, or “not applicable”.")},
    )
    comment = CleanTextField(max_length=2000, required=False)
    version = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("This form was damaged on its way. Reload the page and rate again."),
        ),
    )

    def clean_rating(self) -> Rating | None:
        return rating_of(self.cleaned_data["rating"])

    # The stamp of the ratings on the page, sent along by scripts.
    seen = forms.IntegerField(required=False)

    @property
    def word(self) -> dict[str, Any]:
        """What the action is given."""
        found = self.cleaned_data
        return {"answer": found["rating"], "comment": found["comment"], "version": found["version"]}

    def attempt(self, statement_id: int) -> Attempt:
        """What was typed, to be kept where it was not saved."""
        return Attempt(
            statement_id=statement_id,
            answer=rating_of(self.data.get("rating", "")),
            comment=self.data.get("comment", ""),
            problems=tuple(str(message) for messages in self.errors.values() for message in messages),
        )

    def seen_after(self, stamp: int) -> int:
        """What the reviewer has seen once this is answered: not what somebody else rated meanwhile."""
        seen: int | None = self.cleaned_data.get("seen")
        own = 1 if self.is_valid() else 0
        return stamp if seen is None or stamp <= seen + own else seen


class DecisionForm(forms.Form):
    """A decision on the ratings as they were read: ``seen`` is their stamp."""

    form_token = FormTokenField()
    seen = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"),
            _("This form was damaged on its way. Reload the page and decide again."),
        ),
    )

    @property
    def damage(self) -> str:
        """What is wrong with what nobody types, or nothing."""
        damaged = [*self.errors.get("seen", []), *self.errors.get("form_token", [])]
        return " ".join(str(message) for message in damaged)


class ReturnForm(DecisionForm):
    """A return says what should change."""

    reason = CleanTextField(
        max_length=2000,
        label=_("What should change"),
        error_messages={"required": _("Say what should change before you return it.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].widget.attrs["rows"] = 4
