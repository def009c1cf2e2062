"""What a second reviewer sends: one rating beside the first, or the decision; and whom HR chooses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.evidence import OnceForm
from assessments.forms.fields import CleanTextField
from assessments.forms.review import ANSWERS, rating_of
from assessments.models.review import Basis
from assessments.results.contest.contests import SecondAttempt
from assessments.scoring import Rating
from people.models import User

DAMAGED = _("This form was damaged on its way. Reload the page and try again.")
CHOOSE = _("Choose a manager from the list.")


class SecondRatingForm(forms.Form):
    """The rating of one contested statement with its comment and basis, and the version that was read."""

    rating = forms.ChoiceField(
        choices=ANSWERS,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the four ratings, or “not applicable”.")},
    )
    comment = CleanTextField(max_length=2000, required=False)
    basis = forms.ChoiceField(
        choices=Basis.choices,
        required=False,
        error_messages={"invalid_choice": _("Choose what the rating is based on.")},
    )
    version = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAMAGED),
    )
    # The stamp of the ratings on the page, sent along by scripts.
    seen = forms.IntegerField(required=False)

    def clean_rating(self) -> Rating | None:
        return rating_of(self.cleaned_data["rating"])

    @property
    def given(self) -> dict[str, Any]:
        """What the action is given."""
        found = self.cleaned_data
        return {
            "answer": found["rating"],
            "comment": found["comment"],
            "basis": found["basis"],
            "version": found["version"],
        }

    def attempt(self, statement_id: int) -> SecondAttempt:
        """What was typed, to be kept where it was not saved."""
        return SecondAttempt(
            statement_id=statement_id,
            answer=rating_of(self.data.get("rating", "")),
            comment=self.data.get("comment", ""),
            basis=self.data.get("basis", ""),
            problems=tuple(str(message) for messages in self.errors.values() for message in messages),
        )

    def seen_after(self, stamp: int) -> int:
        """What was seen once this is answered: not what somebody else rated meanwhile."""
        seen: int | None = self.cleaned_data.get("seen")
        own = 1 if self.is_valid() else 0
        return stamp if seen is None or stamp <= seen + own else seen


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
