"""What a reviewer sends: one rating, or a decision."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.forms.fields import CleanTextField, FormTokenField, VersionField
from assessments.models.review import Basis
from assessments.models.verdict import Verdict
from assessments.results.review.rows import Attempt, Judgement
from assessments.scoring import Rating

# A statement's id and a version.
PAIR = re.compile("([0-9]{1,18}):([0-9]{1,9})")
ANSWERS = [(value, value) for value in ("0", "1", "2", "3", "na")]


def rating_of(typed: str) -> Rating | None:
    """0–3 or "na"; None for anything else."""
    if typed == "na":
        return "na"
    return int(typed) if typed in {"0", "1", "2", "3"} else None


class WordForm(forms.Form):
    """A reviewer's rating of one statement, or none; its comment, basis and the version that was read."""

    rating = forms.ChoiceField(
        choices=ANSWERS,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the four ratings, or “not applicable”.")},
    )
    comment = CleanTextField(max_length=2000, required=False)
    basis = forms.ChoiceField(
        choices=Basis,
        required=False,
        error_messages={"invalid_choice": _("Choose what your rating is based on.")},
    )
    version = VersionField(damaged=_("This form was damaged on its way. Reload the page and rate again."))

    def clean_rating(self) -> Rating | None:
        return rating_of(self.cleaned_data["rating"])

    @property
    def word(self) -> dict[str, Any]:
        """What the action is given."""
        found = self.cleaned_data
        return {
            "answer": found["rating"],
            "comment": found["comment"],
            "basis": found["basis"],
            "version": found["version"],
        }

    def attempt(self, statement_id: int) -> Attempt:
        """What was typed, to be kept where it was not saved."""
        return Attempt(
            statement_id=statement_id,
            answer=rating_of(self.data.get("rating", "")),
            comment=self.data.get("comment", ""),
            basis=self.data.get("basis", ""),
            problems=tuple(str(message) for messages in self.errors.values() for message in messages),
        )


class VerdictForm(forms.Form):
    """What one link of evidence shows, with a reason where it does not, and the version that was read."""

    verdict = forms.ChoiceField(
        choices=Verdict,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose one of the three answers about this evidence.")
        ),
    )
    reason = CleanTextField(max_length=2000, required=False)
    version = VersionField(damaged=_("This form was damaged on its way. Reload the page and judge again."))

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        is_against = found.get("verdict") == Verdict.DOES_NOT_SHOW
        if is_against and "reason" in found and not found["reason"]:
            self.add_error("reason", gettext("Say why this evidence does not show it."))
        return found

    @property
    def judgement(self) -> dict[str, Any]:
        """What the action is given."""
        found = self.cleaned_data
        return {
            "verdict": Verdict(found["verdict"]),
            "reason": found["reason"],
            "version": found["version"],
        }

    def attempt(self, link_id: int) -> Judgement:
        """What was chosen and typed, to be kept where it was not saved."""
        return Judgement(
            link_id=link_id,
            verdict=self.data.get("verdict", ""),
            reason=self.data.get("reason", ""),
            problems=tuple(str(message) for messages in self.errors.values() for message in messages),
        )


class AcceptForm(forms.Form):
    """Which statements are accepted: each as its id and the version that was read."""

    rating = forms.Field(widget=forms.MultipleHiddenInput)

    def clean_rating(self) -> dict[int, int]:
        pairs = [PAIR.fullmatch(given) for given in self.cleaned_data["rating"]]
        return {int(pair[1]): int(pair[2]) for pair in pairs if pair}

    @property
    def versions(self) -> dict[int, int]:
        """By statement id; empty where the form was damaged."""
        found: dict[int, int] = self.cleaned_data["rating"] if self.is_valid() else {}
        return found


def seen_of(data: QueryDict) -> int | None:
    """The stamp of the ratings on the page, sent along by scripts; None where it is none."""
    given = data.get("seen", "")
    return int(given) if re.fullmatch("[0-9]{1,9}", given) else None


def seen_after(stamp: int, seen: int | None, own: int) -> int:
    """What the reviewer has seen once ``own`` changes are answered: not what somebody else did meanwhile."""
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
