"""What a manager does with a submission: rate, validate, return."""

from __future__ import annotations

import pytest

from assessments.actions.accept import accept_the_rest
from assessments.actions.errors import (
    CommentMissingError,
    NotDeterminedError,
    ReasonMissingError,
    SelfReviewError,
    StaleError,
    WrongStateError,
)
from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.actions.send import withdraw
from assessments.models import Review, ReviewRating, State, Submission, Transition
from assessments.models.review import Decision
from skills.models import Skill
from tests.assessments.report_cases import sent
from tests.assessments.review_cases import LATER, stamp, statement_id, validated, word
from tests.cast import Cast, answer, answer_level, begin


def rate(
    submission: Submission, code: str, rating: int | str | None, cast: Cast, **fields: object
) -> ReviewRating:
    given = {"comment": "Vi de perto.", "basis": "observation", "version": 0, "by": cast.marta, "at": LATER}
    return rate_in_review(
        submission=submission, statement_id=statement_id(code), answer=rating, **(given | fields)
    )


def test_the_first_rating_begins_the_review(cast: Cast, submission: Submission) -> None:
    """Every statement of the skill gets a row, at what the evidence supports; the state follows."""
    rate(submission, "CEXP.4.2", 2, cast)
    assert submission.assessment.ratings.count() == 26 == ReviewRating.objects.count()
    assert word(submission, "CEXP.4.4").rating == 1
    assert word(submission, "CEXP.2.1").rating is None
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == State.IN_REVIEW
    assert Transition.objects.filter(to_state=State.IN_REVIEW, by=cast.marta).count() == 1


def test_a_rating_counts_its_versions(cast: Cast, submission: Submission) -> None:
    assert rate(submission, "CEXP.4.2", 2, cast).version == 1
    assert rate(submission, "CEXP.4.2", 3, cast, version=1).version == 2
    assert word(submission, "CEXP.4.2").rating == 3


def test_a_stale_rating_changes_nothing(cast: Cast, submission: Submission) -> None:
    """The loser is told what is saved."""
    rate(submission, "CEXP.4.2", 3, cast)
    with pytest.raises(StaleError) as raised:
        rate(submission, "CEXP.4.2", 0, cast)
    assert isinstance(raised.value.current, ReviewRating)
    assert raised.value.current.rating == 3
    assert word(submission, "CEXP.4.2").rating == 3


def test_not_applicable_is_no_rating(cast: Cast, submission: Submission) -> None:
    rating = rate(submission, "CEXP.4.2", "na", cast)
    assert (rating.rating, rating.not_applicable, rating.answer) == (None, True, "na")


def test_a_statement_of_another_skill_is_not_found(cast: Cast, submission: Submission) -> None:
    with pytest.raises(ReviewRating.DoesNotExist):
        rate_in_review(
            submission=submission, statement_id=0, answer=1, comment="", version=0, by=cast.marta, at=LATER
        )
    assert not Review.objects.exists()


def test_nobody_reviews_themselves(cast: Cast, submission: Submission) -> None:
    with pytest.raises(SelfReviewError):
        rate(submission, "CEXP.4.2", 3, cast, by=cast.ana)
    assert not Review.objects.exists()


def test_what_was_taken_back_is_not_reviewed(cast: Cast, submission: Submission) -> None:
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    with pytest.raises(WrongStateError):
        rate(submission, "CEXP.4.2", 3, cast)


def test_what_was_sent_again_replaces_what_was_sent_before(cast: Cast, submission: Submission) -> None:
    """The decision is bound to the submission that was read."""
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    sent(submission.assessment)
    with pytest.raises(WrongStateError):
        validate(submission=submission, by=cast.marta, at=LATER)


def test_validating_without_a_change_keeps_what_the_evidence_supports(
    cast: Cast, submission: Submission
) -> None:
    review = validated(submission=submission, by=cast.marta, at=LATER)
    assert (review.decision, review.decided_at, review.reviewer) == (Decision.VALIDATED, LATER, cast.marta)
    assert review.result is not None
    assert review.result["held"]["validated"] == 3
    submission.assessment.refresh_from_db()
    assert (submission.assessment.state, submission.assessment.decided_at) == (State.VALIDATED, LATER)


def test_a_rating_that_differs_needs_a_comment(cast: Cast, submission: Submission) -> None:
    """White space is none."""
    rate(submission, "CEXP.4.2", 3, cast, comment=" \n ")
    with pytest.raises(CommentMissingError) as raised:
        validate(submission=submission, by=cast.marta, at=LATER)
    assert raised.value.codes == ("CEXP.4.2",)
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == State.IN_REVIEW


def test_an_unknown_level_is_not_validated(cast: Cast, cexp: Skill, cycle: object) -> None:
    """Levels 2 and 4 answered, 3 not: the level to rate is named."""
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 3)
    answer(assessment, "CEXP.4.1", 3)
    with pytest.raises(NotDeterminedError) as raised:
        validated(submission=sent(assessment), by=cast.marta, at=LATER)
    assert raised.value.rate_next == 3


def test_a_decision_is_about_the_ratings_that_were_read(cast: Cast, submission: Submission) -> None:
    """Another manager rated since the page was opened."""
    rate(submission, "CEXP.4.2", 3, cast)
    with pytest.raises(StaleError):
        validate(submission=submission, seen=0, by=cast.marta, at=LATER)
    with pytest.raises(StaleError):
        return_for_changes(submission=submission, reason="Falta.", seen=7, by=cast.marta, at=LATER)
    accept_the_rest(submission=submission, by=cast.marta, at=LATER)
    review = validate(submission=submission, seen=stamp(submission), by=cast.marta, at=LATER)
    assert review.decision == Decision.VALIDATED


@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_a_return_says_what_should_change(cast: Cast, submission: Submission, reason: str) -> None:
    with pytest.raises(ReasonMissingError):
        return_for_changes(submission=submission, reason=reason, by=cast.marta, at=LATER)
    assert not Review.objects.exists()


def test_a_return_gives_the_pen_back(cast: Cast, submission: Submission) -> None:
    """Its ratings need no comment: nothing is validated by it."""
    rate(submission, "CEXP.4.2", 0, cast, comment="")
    review = return_for_changes(submission=submission, reason="Falta o efeito.", by=cast.marta, at=LATER)
    assert (review.decision, review.reason) == (Decision.RETURNED, "Falta o efeito.")
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == State.RETURNED
    assert submission.assessment.is_editable


def test_a_decision_is_taken_once(cast: Cast, submission: Submission) -> None:
    validated(submission=submission, by=cast.marta, at=LATER)
    for again in (validate, return_for_changes):
        reason = {"reason": "Falta."} if again is return_for_changes else {}
        with pytest.raises(WrongStateError):
            again(submission=submission, by=cast.marta, at=LATER, **reason)
    with pytest.raises(WrongStateError):
        rate(submission, "CEXP.4.2", 3, cast)
