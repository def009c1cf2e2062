"""What tests of contests share: a decision, the answer to it, addresses and what is posted."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.actions.respond import respond
from assessments.models import Assessment, Response, Review
from assessments.models.contest import Answer
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.assessments.review_cases import statement_id
from tests.cast import NOON, Cast

NEXT_DAY = NOON + dt.timedelta(days=1)
REASON = "Fiz isso sozinha em duas campanhas."


def validated(assessment: Assessment, cast: Cast) -> Review:
    """Ana's worked example, validated by Marta at level 3; 4.1 rated 1 where the evidence supports 3."""
    worked_example(assessment)
    review = reviewed(sent(assessment), by=cast.marta, lower={"CEXP.4.1": 1})
    assessment.refresh_from_db()
    return review


def contest(review: Review, *codes: str, at: dt.datetime = NEXT_DAY) -> Response:
    """Ana contests these statements."""
    assessment = review.submission.assessment
    return respond(
        assessment=assessment,
        decided_at=review.decided_at or NOON,
        answer=Answer.CONTESTED,
        contested={statement_id(code): REASON for code in codes},
        by=assessment.employee,
        at=at,
    )


def answer_address(assessment: Assessment) -> str:
    return reverse("assessments:answer", args=[assessment.pk])


def post_answer(client: Client, review: Review, answer: str, *codes: str, **typed: object) -> HttpResponse:
    """As the page's form posts it, with these statements ticked and a reason each."""
    data: dict[str, object] = {"answer": answer, "note": "", "decision": stamp_of(review)}
    for code in codes:
        data |= {f"contest-{statement_id(code)}": "on", f"reason-{statement_id(code)}": REASON}
    return client.post(answer_address(review.submission.assessment), {**data, **typed})


def stamp_of(review: Review) -> str:
    return review.decided_at.isoformat() if review.decided_at else ""
