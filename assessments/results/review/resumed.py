"""Whether an employee has gone on with an assessment after it was returned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessments.models import Assessment, Evidence, EvidenceLink, Review, StatementRating


def stands_as_sent(assessment: Assessment, review: Review) -> bool:
    """Whether target, answers, links and linked evidence are still those that the review was about.

    Answers are compared with what was sent: the moments that people's requests carry say less than that.
    """
    document = review.submission.document
    return (
        assessment.target == document["header"]["target"]
        and answers_of(assessment)
        == {row["rating"]: (row["answer"], row["reason"]) for row in rows_of(document)}
        and links_stand(assessment, document)
        and not Evidence.objects.filter(
            links__rating__assessment=assessment, updated_at__gt=review.decided_at
        ).exists()
    )


def rows_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = document["statements"]
    return rows


def answers_of(assessment: Assessment) -> dict[int, tuple[object, str]]:
    ratings = StatementRating.objects.filter(assessment=assessment)
    return {rating.pk: (rating.answer, rating.reason) for rating in ratings}


def links_stand(assessment: Assessment, document: Mapping[str, Any]) -> bool:
    """Whether nothing was linked or taken off; an item that was deleted took its links along at any time."""
    sent = {item["link"]: item["id"] for row in rows_of(document) for item in row["evidence"]}
    links = EvidenceLink.objects.filter(rating__assessment=assessment)
    current = set(links.values_list("id", flat=True))
    gone = [sent[link] for link in sent.keys() - current]
    return current <= sent.keys() and not Evidence.objects.filter(pk__in=gone).exists()
