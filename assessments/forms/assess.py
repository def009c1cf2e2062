"""What an employee says in an assessment: an answer, a target, the level to begin at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.forms.evidence import OnceForm
from assessments.forms.fields import CleanTextField, VersionField
from assessments.scoring import NA, Rating
from skills.catalogue import LevelText, SkillDefinition

RATINGS = (
    (0, pgettext_lazy("own rating", "Not yet"), pgettext_lazy("own rating", "never did it")),
    (1, pgettext_lazy("own rating", "I know how"), pgettext_lazy("own rating", "theory, training")),
    (
        2,
        pgettext_lazy("own rating", "I have done it"),
        pgettext_lazy("own rating", "with support or briefly"),
    ),
    (3, pgettext_lazy("own rating", "I answer for it"), pgettext_lazy("own rating", "it is my work")),
)


def answer_words(answer: Rating | None, reason: str = "") -> str:
    """An answer as the employee reads it; not applicable with the reason given."""
    if answer is None:
        return _("no answer")
    if isinstance(answer, int):
        return str(RATINGS[answer][1])
    return _("not applicable (%(reason)s)") % {"reason": reason}


class OfferForm(forms.Form):
    """The version of the answer that the last cycle's takes the place of."""

    version = VersionField(
        damaged=gettext_lazy("This page was damaged on its way. Reload it and answer again.")
    )

    @property
    def messages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(error) for errors in self.errors.values() for error in errors))


class RatingForm(OfferForm):
    """One answer: 0–3, "na" with a reason, or "" to clear it; and the version that it was given on."""

    answer = forms.CharField(required=False)
    reason = CleanTextField(max_length=500, required=False)

    def clean_answer(self) -> Rating | None:
        if "answer" not in self.data:
            raise ValidationError(_("Choose one of the answers."))
        return as_rating(self.cleaned_data["answer"])

    def clean(self) -> dict[str, Any]:
        """A reason belongs to "na" alone: beside a rating nobody sees it, so it cannot be wrong there."""
        if self.cleaned_data.get("answer") != NA:
            self.errors.pop("reason", None)
            self.cleaned_data["reason"] = ""
        elif not self.cleaned_data.get("reason") and not self.has_error("reason"):
            self.add_error("reason", _("Not saved yet: say why this statement does not apply to your work."))
        return self.cleaned_data

    @property
    def shown_answer(self) -> Rating | None:
        """What was chosen, to be shown again; nothing where it is no answer at all."""
        return self.cleaned_data.get("answer")

    @property
    def messages(self) -> tuple[str, ...]:
        """What is wrong, once each; what is typed does not matter on a page that was damaged on its way."""
        damage = tuple(str(error) for error in self.errors.get("version", ()))
        return damage or super().messages


def as_rating(value: str) -> Rating | None:
    """The answer behind a form's value; raises ValidationError where there is none."""
    if value in {"0", "1", "2", "3"}:
        return int(value)
    if value == NA:
        return NA
    if value == "":
        return None
    raise ValidationError(_("Choose one of the answers."))


class LevelField(forms.TypedChoiceField):
    """One of the levels given; its value is a number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, **options)


class TargetForm(forms.Form):
    """Another target level; ``level`` is the page to come back to."""

    target = LevelField(
        label=gettext_lazy("Target level"),
        error_messages={
            "invalid_choice": gettext_lazy("This skill has no such level. Choose one of the list.")
        },
    )

    level = LevelField(required=False, empty_value=None)

    def __init__(self, *args: Any, skill: SkillDefinition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["target"], skill.defined_levels)
        offer(self.fields["level"], skill.defined_levels)

    @property
    def page_level(self) -> int | None:
        """The level of the page that asked, where it named one."""
        return self.cleaned_data.get("level")


class StartForm(OnceForm):
    """The level whose essence describes one's work, and the level to aim at."""

    level = LevelField(
        label=gettext_lazy("Your level"),
        error_messages={
            "required": gettext_lazy("Choose the level that describes your work best."),
            "invalid_choice": gettext_lazy("Choose one of the seven levels."),
        },
    )
    target = LevelField(
        label=gettext_lazy("Target level"),
        error_messages={
            "required": gettext_lazy("Choose the level that you aim at."),
            "invalid_choice": gettext_lazy("This skill has no such level. Choose one of the list."),
        },
    )

    def __init__(self, *args: Any, skill: SkillDefinition, is_open: bool, **kwargs: Any) -> None:
        """Without an open cycle there is nothing to aim at yet: the level alone is kept."""
        super().__init__(*args, **kwargs)
        offer(self.fields["level"], skill.levels)
        offer(self.fields["target"], skill.defined_levels)
        self.fields["target"].required = is_open

    @property
    def chosen_level(self) -> str:
        return str(self["level"].value() or "")

    @property
    def chosen_target(self) -> str:
        return str(self["target"].value() or "")


def offer(field: forms.Field, levels: tuple[LevelText, ...]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = [(level.number, str(level.number)) for level in levels]
