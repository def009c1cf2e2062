"""A reviewer's private notes on a submission: each reviewer has their own."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.models import PrivateNote
from assessments.results.review.essence import mark_of
from assessments.results.review.page import ReviewSheet
from people.models import User


@dataclass(frozen=True, kw_only=True)
class PrivateNotes:
    """``typed`` is what was not saved: it was wrong (``problems``), or another tab was first."""

    text: str
    typed: str | None = None
    problems: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        return mark_of(self.text)

    @property
    def shown(self) -> str:
        return self.text if self.typed is None else self.typed


def private_notes(page: ReviewSheet, *, reader: User) -> PrivateNotes | None:
    """The reader's own; None where there are none and none can be written any more. One query."""
    own = PrivateNote.objects.filter(submission=page.submission, author=reader)
    text = own.values_list("text", flat=True).first()
    if text is None and not page.is_open:
        return None
    return PrivateNotes(text=text or "")
