"""What stands beside the ratings on the page of a review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from assessments.models.review import Decision
from assessments.results.review.essence import EssenceQuestion, essence_question
from assessments.results.review.notes import PrivateNotes, private_notes
from assessments.results.review.page import ReviewSheet
from assessments.results.review.taking_back import Undoable, shown_on, undoable_by
from assessments.results.review.threads import comment_counts
from assessments.results.review.told import Told, told_of
from people.models import User


@dataclass(frozen=True, kw_only=True)
class Beside:
    """``take_back`` is the decision that this page offers to take back; ``notes`` are the reader's own;
    ``comments`` is how many a statement has, by its id; ``told`` is the employee's answer to a validation.
    """

    take_back: Undoable | None
    essence: EssenceQuestion
    notes: PrivateNotes | None
    comments: Mapping[int, int]
    told: Told | None

    @property
    def is_written(self) -> bool:
        """Whether the reader has saved anything of this."""
        return bool(self.essence.answer or self.essence.comment or (self.notes and self.notes.text))


def beside_of(page: ReviewSheet, *, reader: User, now: dt.datetime, take_back: dt.timedelta) -> Beside:
    """A decision can be taken back for as long as ``take_back``. Two queries, and two of an answer."""
    undoable = undoable_by(reader, now=now, span=take_back)
    return Beside(
        take_back=shown_on(undoable, page.submission.pk, is_open=page.is_open),
        essence=essence_question(page),
        notes=private_notes(page, reader=reader),
        comments=comment_counts(page.submission.assessment_id),
        told=told_of(page.review) if page.review and page.review.decision == Decision.VALIDATED else None,
    )
