"""What an employee sends as the answer to a validated level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.evidence import OnceForm
from assessments.forms.fields import CleanTextField
from assessments.models.contest import Answer
from assessments.results.contest.answering import AnswerLevel, AnswerRow
from skills.catalogue import LevelText

LONGEST = 2000
CHOICES = (
    (Answer.AGREED, gettext_lazy("I agree"), gettext_lazy("The level is right.")),
    (
        Answer.NOTED,
        gettext_lazy("I agree, with a note"),
        gettext_lazy("The note stands beside the level in the decision record."),
    ),
    (
        Answer.CONTESTED,
        gettext_lazy("I contest statements"),
        gettext_lazy("A second reviewer rates them; until then the level stands, marked as contested."),
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    value: str
    label: str | Promise
    help: str | Promise
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FormRow:
    """A statement that can be contested, with its two fields."""

    row: AnswerRow
    box: forms.BoundField
    reason: forms.BoundField


@dataclass(frozen=True, kw_only=True, slots=True)
class FormLevel:
    level: LevelText
    rows: tuple[FormRow, ...]

    @property
    def differing(self) -> tuple[FormRow, ...]:
        """Rated otherwise than claimed: what a contest is about."""
        return tuple(row for row in self.rows if not row.row.is_as_claimed)

    @property
    def as_claimed(self) -> tuple[FormRow, ...]:
        return tuple(row for row in self.rows if row.row.is_as_claimed)

    @property
    def is_open(self) -> bool:
        """Whether something of what is folded was ticked or is wrong."""
        return any(row.box.value() or row.reason.value() or row.reason.errors for row in self.as_claimed)


class AnswerForm(OnceForm):
    """One of three answers; ``decision`` is the moment of the decision that was read."""

    decision = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        choices=Answer.choices,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose one of the three answers.")
        ),
    )
    note = CleanTextField(max_length=LONGEST, required=False, label=gettext_lazy("Note"))

    def __init__(self, *args: Any, levels: tuple[AnswerLevel, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.levels = levels
        for row in self.rows():
            self.fields[f"contest-{row.id}"] = forms.BooleanField(required=False)
            self.fields[f"reason-{row.id}"] = CleanTextField(max_length=LONGEST, required=False)

    def rows(self) -> Iterator[AnswerRow]:
        return (row for level in self.levels for row in level.rows)

    @property
    def choices(self) -> Iterable[Choice]:
        chosen = self["answer"].value()
        return (
            Choice(value=value, label=label, help=text, is_chosen=value == chosen)
            for value, label, text in CHOICES
        )

    @property
    def contestable(self) -> tuple[FormLevel, ...]:
        return tuple(
            FormLevel(level=level.level, rows=tuple(self._form_row(row) for row in level.rows))
            for level in self.levels
        )

    def _form_row(self, row: AnswerRow) -> FormRow:
        return FormRow(row=row, box=self[f"contest-{row.id}"], reason=self[f"reason-{row.id}"])

    def clean_decision(self) -> dt.datetime:
        try:
            return dt.datetime.fromisoformat(self.cleaned_data["decision"])
        except ValueError:
            raise forms.ValidationError(_("This form was damaged on its way. Send it again.")) from None

    def clean(self) -> dict[str, Any]:
        answer = self.cleaned_data.get("answer")
        if answer == Answer.CONTESTED:
            self._require_reasons()
        elif answer and (self.contested or self._loose_reasons()):
            text = _(
                "You ticked statements or wrote about them: choose “I contest statements”, or clear them."
            )
            self.add_error("answer", text)
        if answer == Answer.AGREED and self.cleaned_data.get("note"):
            self.add_error("note", _("Choose “I agree, with a note”, or delete the note."))
        if answer == Answer.NOTED and not self.cleaned_data.get("note") and not self.has_error("note"):
            self.add_error("note", _("Write the note."))
        return self.cleaned_data

    def _require_reasons(self) -> None:
        if not self.contested and not self._loose_reasons():
            self.add_error("answer", _("Tick the statements that you contest."))
        for key in self._loose_reasons():
            self.add_error(f"reason-{key}", _("Tick this statement too, or delete the text."))
        for key, reason in self.contested.items():
            if not reason and not self.has_error(f"reason-{key}"):
                self.add_error(f"reason-{key}", _("Say why you contest this rating."))

    def _loose_reasons(self) -> list[int]:
        """Statements with a reason and no tick."""
        data = self.cleaned_data
        return [
            row.id
            for row in self.rows()
            if data.get(f"reason-{row.id}") and not data.get(f"contest-{row.id}")
        ]

    @property
    def contested(self) -> dict[int, str]:
        """The reasons by statement id."""
        data = self.cleaned_data
        ticked = [row.id for row in self.rows() if data.get(f"contest-{row.id}")]
        return {key: data.get(f"reason-{key}", "") for key in ticked}

    @property
    def given(self) -> dict[str, Any]:
        """What the action is given."""
        data = self.cleaned_data
        answer = Answer(data["answer"])
        return {
            "decided_at": data["decision"],
            "answer": answer,
            "note": data["note"],
            "contested": self.contested if answer == Answer.CONTESTED else {},
        }
