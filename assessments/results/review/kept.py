"""A reviewer's kept comments, to be picked for one statement."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.models import ReusableComment, ReviewRating, Submission
from people.models import User


@dataclass(frozen=True, kw_only=True)
class KeptComments:
    """``saved`` is the comment that stands beside the rating now."""

    submission: Submission
    statement_id: int
    code: str
    saved: str
    comments: tuple[ReusableComment, ...]


def kept_comments(submission: Submission, statement_id: int, *, reader: User) -> KeptComments | None:
    """The newest first. Three queries; None where the submission has no such statement."""
    sent = submission.ratings.filter(statement_id=statement_id).values_list("statement__code", flat=True)
    code = sent.first()
    if code is None:
        return None
    saved = ReviewRating.objects.filter(review__submission=submission, statement_id=statement_id)
    return KeptComments(
        submission=submission,
        statement_id=statement_id,
        code=code.partition(".")[2],
        saved=saved.values_list("comment", flat=True).first() or "",
        comments=tuple(reader.reusable_comments.order_by("-created_at", "-id")),
    )
