"""A pasted text, and the items that it was cut into: all that was typed travels in the form itself."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.from_text import NewItem
from assessments.cutting import MOST_ITEMS, Cut, Item, pieces
from assessments.forms.evidence import EvidenceForm, OnceForm
from assessments.forms.fields import CleanTextField
from assessments.results.evidence.from_text import (
    Row,
    TooManyItemsError,
    merged_with_previous,
    split_at,
    with_aside,
)
from people.models import OfficialLanguage

LONGEST = 20_000
# Word processors and PDF readers end lines and pages with these.
MORE_LINE_ENDS = re.compile("[\x0b\x0c\x85]")
ITEM_FIELDS = ("title", "situation", "action", "result", "started_on", "ended_on")
# Ids of a database fit in here.
ID = re.compile(r"[0-9]{1,18}")


class PastedTextField(CleanTextField):
    def to_python(self, value: Any) -> str:
        return super().to_python(MORE_LINE_ENDS.sub("\n", value or ""))


class TextForm(forms.Form):
    text = PastedTextField(
        label=gettext_lazy("Your text"),
        max_length=LONGEST,
        help_text=gettext_lazy("Up to 20,000 characters. Write no customer’s name: take it out before."),
        error_messages={"required": gettext_lazy("Paste a text first.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the text"),
        choices=OfficialLanguage.choices,
        help_text=gettext_lazy("Suggestions are looked for in this language."),
    )

    def say_nothing_found(self) -> None:
        self.add_error(
            "text",
            _(
                "No piece of work was found in this text. Write each one in a sentence or a line of its own,"
                " beginning with what you did."
            ),
        )


class ItemForm(EvidenceForm):
    """One of the items. ``number`` counts from 1."""

    def __init__(
        self, data: QueryDict | None = None, *, number: int, latest: dt.date, row: Row | None = None
    ) -> None:
        initial = {name: getattr(row.item, name) for name in ITEM_FIELDS} if row else None
        super().__init__(data, latest=latest, initial=initial)
        self.fields = {name: self.fields[name] for name in ITEM_FIELDS}
        self.number, self.prefix = number, f"item-{number}"
        self._row = row

    @property
    def row(self) -> Row:
        """As it was given, or as it was typed: cleaned where that can be, else letter by letter."""
        if self._row or not isinstance(self.data, QueryDict):
            return self._row or Row(item=Item())
        self.is_valid()
        links = self.data.getlist(f"{self.prefix}-link")
        return Row(
            item=Item(**{name: self._typed(name) for name in ITEM_FIELDS}),
            is_kept=f"{self.prefix}-keep" in self.data,
            links=frozenset(int(pk) for pk in links if ID.fullmatch(pk)),
        )

    def _typed(self, name: str) -> str:
        if name in self.errors:
            return str(self.data.get(self.add_prefix(name), ""))
        value = self.cleaned_data[name] or ""
        return value.isoformat() if isinstance(value, dt.date) else str(value)

    def new_item(self, language: str) -> NewItem:
        """What to store, of a form that is valid."""
        fields = {name: self.cleaned_data[name] for name in ITEM_FIELDS}
        return NewItem(fields={**fields, "language": language}, links=self.row.links)

    @property
    def can_be_split(self) -> bool:
        return len(pieces(str(self["action"].value() or ""))) > 1

    @property
    def has_wrong_details(self) -> bool:
        """Whether there is something to mend in what is folded away."""
        return any(name in self.errors for name in ITEM_FIELDS if name not in {"title", "action"})

    @property
    def first_wrong(self) -> str:
        """The id of the first field with a message."""
        return next((self[name].id_for_label for name in ITEM_FIELDS if name in self.errors), "")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """All that the second step shows; ``focus`` is the id of the field to go on with."""

    token: str
    language: str
    text: str
    aside: str
    items: tuple[ItemForm, ...]
    joined_from: int = 0
    focus: str = ""
    errors: tuple[str, ...] = ()

    @property
    def has_room(self) -> bool:
        return len(self.items) < MOST_ITEMS


def draft_of(found: Cut, form: TextForm, latest: dt.date) -> Draft:
    """What the first step leads to."""
    rows = [Row(item=item) for item in found.items]
    return Draft(
        token=str(uuid.uuid4()),
        language=form.cleaned_data["language"],
        text=form.cleaned_data["text"],
        aside=found.aside,
        items=of_rows(rows, latest),
        joined_from=found.joined_from,
    )


def of_rows(rows: Sequence[Row], latest: dt.date) -> tuple[ItemForm, ...]:
    return tuple(ItemForm(number=number, latest=latest, row=row) for number, row in enumerate(rows, 1))


class ItemsForm(OnceForm):
    """The second step as it was sent; ``do`` is the button: "merge-3", "split-3", "take", "save", …"""

    count = forms.IntegerField(min_value=1, max_value=MOST_ITEMS)
    language = forms.ChoiceField(choices=OfficialLanguage.choices)
    do = forms.RegexField(r"^(?:(?:merge|split|suggest)-[1-9][0-9]?|take|again|save)$", required=False)

    def __init__(self, data: QueryDict, *, latest: dt.date) -> None:
        super().__init__(data)
        self.typed, self.latest = data, latest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        verb, _dash, number = cleaned.get("do", "").partition("-")
        if number and not int(verb == "merge") < int(number) <= cleaned.get("count", 0):
            raise forms.ValidationError(_("This form was damaged on its way. Send it again."))
        return cleaned

    @property
    def verb(self) -> str:
        return str(self.cleaned_data["do"].partition("-")[0])

    @property
    def number(self) -> int:
        return int(self.cleaned_data["do"].partition("-")[2] or 0)

    @property
    def language_code(self) -> str:
        return str(self.cleaned_data["language"])

    @cached_property
    def items(self) -> tuple[ItemForm, ...]:
        numbers = range(1, self.cleaned_data["count"] + 1)
        return tuple(ItemForm(self.typed, number=number, latest=self.latest) for number in numbers)

    @property
    def kept(self) -> tuple[ItemForm, ...]:
        return tuple(item for item in self.items if item.row.is_kept)

    def may_be_stored(self) -> bool:
        """Whether something is kept, and all of it can be."""
        if not self.kept:
            self.add_error(None, _("No item is kept. Keep at least one, or leave this page."))
        return bool(self.kept) and all(item.is_valid() for item in self.kept)

    def changed(self) -> Draft:
        """As it stands after the button."""
        rows = [item.row for item in self.items]
        try:
            return self._changed(rows)
        except TooManyItemsError:
            self.add_error(None, _("There can be at most 60 items at a time. Merge some first."))
            return self.draft(rows)

    def _changed(self, rows: list[Row]) -> Draft:
        place = self.number - 1
        if self.verb == "merge":
            return self.draft(merged_with_previous(rows, place), focus=place)
        if self.verb == "split":
            return self.draft(split_at(rows, place), focus=place + 1)
        if self.verb == "take" and self.aside.strip():
            return self.draft(with_aside(rows, self.aside.strip()), aside="", focus=len(rows) + 1)
        return self.draft(rows)

    @property
    def aside(self) -> str:
        return str(self.data.get("aside", ""))

    @property
    def text(self) -> str:
        """What was pasted, to go back to."""
        return str(self.data.get("text", ""))

    def draft(self, rows: Sequence[Row], *, aside: str | None = None, focus: int = 0) -> Draft:
        """Other items in place of those that were sent, with no messages beside them."""
        return self._draft(
            of_rows(rows, self.latest),
            aside=self.aside if aside is None else aside,
            focus=f"id_item-{focus}-title" if focus else "",
        )

    def refused(self) -> Draft:
        """As it was sent, with the messages beside their fields; what is dropped needs no mending."""
        items = tuple(item if item.row.is_kept else self._silent(item) for item in self.items)
        wrong = next((item.first_wrong for item in self.kept if item.first_wrong), "")
        return self._draft(items, aside=self.aside, focus=wrong)

    def without_links(self) -> Draft:
        """After an assessment was sent in the meantime: everything but the links."""
        self.add_error(
            None,
            _(
                "You cannot change this assessment now, so nothing can be linked to it. What you wrote is"
                " still here: save it again to keep it in your evidence, without the link."
            ),
        )
        return self.draft([replace(item.row, links=frozenset()) for item in self.items])

    def _silent(self, item: ItemForm) -> ItemForm:
        return ItemForm(number=item.number, latest=self.latest, row=item.row)

    def _draft(self, items: tuple[ItemForm, ...], *, aside: str, focus: str) -> Draft:
        return Draft(
            token=self.token,
            language=self.language_code,
            text=self.text,
            aside=aside,
            items=items,
            focus=focus,
            errors=tuple(self.general_errors),
        )
