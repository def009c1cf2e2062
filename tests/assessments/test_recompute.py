"""Stored results, scored again."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from assessments.actions.accept import accept_the_rest
from assessments.actions.review import validate
from assessments.models import Assessment, Review, Submission
from assessments.results.recomputed import Difference, differences
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import LATER
from tests.cast import Cast


@pytest.fixture
def submission(draft: Assessment, cast: Cast) -> Submission:
    """Ana's worked example, sent and validated as supported."""
    worked_example(draft)
    found = sent(draft)
    accept_the_rest(submission=found, by=cast.marta, at=LATER)
    validate(submission=found, by=cast.marta, at=LATER)
    return found


def run() -> str:
    output = StringIO()
    call_command("recompute", stdout=output)
    return output.getvalue()


def changed(statement: str, key: int) -> None:
    """As somebody with the database in hand could: the triggers do not see it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, [key])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_what_the_product_stored_is_right(submission: Submission) -> None:
    assert run() == "Every stored result is what scoring says.\n"


def test_a_changed_decision_is_found(submission: Submission) -> None:
    review = Review.objects.get()
    Review.objects.update(result={**review.result, "gap": 7})
    assert list(differences()) == [Difference(kind="review", id=review.pk, what="result")]
    with pytest.raises(CommandError, match="1 stored results"):
        run()


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (
            "UPDATE assessments_submission SET result = jsonb_set(result, '{gap}', '7') WHERE id = %s",
            "result",
        ),
        ("UPDATE assessments_submission SET digest = '0' WHERE id = %s", "digest"),
        (
            "UPDATE assessments_submittedrating SET claim = 1 WHERE claim = 3 AND submission_id = %s",
            "ratings",
        ),
    ],
)
def test_a_changed_submission_is_found(submission: Submission, statement: str, what: str) -> None:
    changed(statement, submission.pk)
    assert list(differences()) == [Difference(kind="submission", id=submission.pk, what=what)]
