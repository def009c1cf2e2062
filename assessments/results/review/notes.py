"""A reviewer's private notes on a review."""

from __future__ import annotations

from dataclasses import dataclass

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
    """None for everybody but the reviewer; before the review begins, it is who reads."""
    if page.review is None:
        return PrivateNotes(text="")
    return PrivateNotes(text=page.review.private_notes) if page.review.reviewer_id == reader.pk else None
