"""What a reviewer saves beside the ratings; it begins no review, which only a rating does."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.errors import StaleError
from assessments.actions.review import hold_for_review
from assessments.models import EssenceAnswer, PrivateNote, Submission
from assessments.results.review.essence import mark_of
from people.models import User


@transaction.atomic
def answer_essence(
    *, submission: Submission, answer: str, comment: str, level: int, mark: str, by: User, at: dt.datetime
) -> EssenceAnswer:
    """Saves whether the essence of a level describes the person; an empty answer takes it back.

    ``mark`` is of the answer that was read: StaleError with the saved one where there is another since.
    """
    hold_for_review(submission=submission, by=by, at=at)
    said, _ = EssenceAnswer.objects.get_or_create(submission=submission)
    if mark_of(said.answer, said.comment) != mark:
        raise StaleError(said)
    said.answer, said.comment = answer, comment
    said.level = level if answer else None
    said.save()
    return said


@transaction.atomic
def keep_notes(*, submission: Submission, text: str, mark: str, by: User, at: dt.datetime) -> PrivateNote:
    """Saves one's private notes; ``mark`` is of those that were read: StaleError where another tab saved."""
    hold_for_review(submission=submission, by=by, at=at)
    note, _ = PrivateNote.objects.get_or_create(submission=submission, author=by)
    if mark_of(note.text) != mark:
        raise StaleError(note)
    note.text = text
    note.save()
    return note
