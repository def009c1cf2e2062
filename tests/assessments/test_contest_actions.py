"""Deciding on a contest: who may, what is kept, what counts afterwards."""

from __future__ import annotations

import datetime as dt

import pytest

from assessments.actions.contest import assign_second_reviewer, decide_contest, open_contest, rate_contested
from assessments.actions.errors import (
    ActionError,
    NotDeterminedError,
    NotEligibleError,
    NotRatedError,
    NotYoursError,
    StaleError,
    WrongStateError,
)
from assessments.models import (
    AccessEntry,
    Assessment,
    ContestedStatement,
    Notice,
    Response,
    Review,
    ReviewRating,
    State,
)
from assessments.results.contest.contests import contest_for, may_read_for_contest
from assessments.scoring import Rating
from people.models import Team, User
from tests.assessments.contest_cases import NEXT_DAY, contest, validated
from tests.assessments.review_cases import statement_id
from tests.cast import Cast

LATER = NEXT_DAY + dt.timedelta(hours=1)


@pytest.fixture
def review(draft: Assessment, cast: Cast) -> Review:
    return validated(draft, cast)


@pytest.fixture
def response(review: Review, diana: User) -> Response:
    """Ana contests 4.1 and 4.3: Diana decides."""
    return contest(review, "CEXP.4.1", "CEXP.4.3")


def rate(
    response: Response, code: str, answer: Rating | None, *, by: User, comment: str = "Vi.", version: int = 0
) -> ContestedStatement:
    return rate_contested(
        response=response,
        statement_id=statement_id(code),
        answer=answer,
        comment=comment,
        basis="evidence",
        version=version,
        by=by,
        at=LATER,
    )


def decide(response: Response, *, by: User, seen: int | None = None) -> Response:
    return decide_contest(response=response, reason="Ouvi as duas.", seen=seen, by=by, at=LATER)


def first_word(code: str) -> ReviewRating:
    return ReviewRating.objects.get(statement__code=code)


def test_the_next_manager_up_decides(response: Response, cast: Cast, diana: User) -> None:
    """Neither the first reviewer, nor the employee, nor a manager elsewhere."""
    assert contest_for(diana, response.pk, on=LATER.date()) == response
    for other in (cast.marta, cast.ana, cast.carla, cast.elena, cast.helena):
        with pytest.raises(Response.DoesNotExist):
            contest_for(other, response.pk, on=LATER.date())
        with pytest.raises(NotYoursError):
            rate(response, "CEXP.4.1", 3, by=other)
        with pytest.raises(NotYoursError):
            decide(response, by=other)


def test_who_no_longer_leads_loses_it_at_once(response: Response, cast: Cast, diana: User) -> None:
    """Whoever stands there now decides; a deactivated manager is passed over."""
    Team.objects.filter(name="Araçari").update(manager=cast.elena)
    with pytest.raises(NotYoursError):
        rate(response, "CEXP.4.1", 3, by=diana)
    assert may_read_for_contest(cast.elena, response.review.submission_id, on=LATER.date())
    User.objects.filter(pk=cast.elena.pk).update(is_active=False)
    assert not may_read_for_contest(cast.elena, response.review.submission_id, on=LATER.date())


def test_second_ratings_stand_beside_the_first(response: Response, diana: User) -> None:
    """Until the decision nothing of the review changes."""
    rate(response, "CEXP.4.1", 3, by=diana)
    assert (first_word("CEXP.4.1").rating, first_word("CEXP.4.1").comment) == (1, "Vi só uma parte.")
    assert ContestedStatement.objects.get(statement__code="CEXP.4.1").rating == 3
    response.review.refresh_from_db()
    assert response.first_result is None


def test_the_decision_makes_them_count(response: Response, diana: User) -> None:
    """The result is the one of these ratings; the first result, rating and comment are kept."""
    before = Review.objects.get().result
    rate(response, "CEXP.4.1", 3, by=diana)
    rate(response, "CEXP.4.3", "na", by=diana)
    decide(response, by=diana, seen=2)
    found = Response.objects.get()
    assert (found.second_reviewer, found.decided_at, found.reason) == (diana, LATER, "Ouvi as duas.")
    assert found.first_result == before
    review = Review.objects.get()
    assert review.result != before
    assert review.reviewer.name == "Marta"
    word = first_word("CEXP.4.1")
    assert (word.rating, word.comment, word.basis) == (3, "Vi.", "evidence")
    assert first_word("CEXP.4.3").answer == "na"
    assert ContestedStatement.objects.get(statement__code="CEXP.4.1").first == 1
    assessment = Assessment.objects.get()
    assert (assessment.state, assessment.contested_at) == (State.VALIDATED, None)
    last = assessment.transitions.last()
    assert last is not None
    assert (last.by, last.from_state, last.to_state, last.reason) == (
        diana,
        "validated",
        "validated",
        "Ouvi as duas.",
    )


def test_each_statement_needs_rating_comment_and_basis(response: Response, diana: User) -> None:
    rate(response, "CEXP.4.1", 3, by=diana, comment=" ")
    with pytest.raises(NotRatedError) as refused:
        decide(response, by=diana)
    assert refused.value.codes == ("CEXP.4.1", "CEXP.4.3")
    assert Assessment.objects.get().contested_at is not None


def test_a_stale_save_overwrites_nothing(response: Response, diana: User) -> None:
    rate(response, "CEXP.4.1", 3, by=diana)
    with pytest.raises(StaleError):
        rate(response, "CEXP.4.1", 0, by=diana)
    assert ContestedStatement.objects.get(statement__code="CEXP.4.1").rating == 3


def test_a_decision_is_about_what_was_seen(response: Response, diana: User) -> None:
    rate(response, "CEXP.4.1", 3, by=diana)
    rate(response, "CEXP.4.3", 2, by=diana)
    with pytest.raises(StaleError):
        decide(response, by=diana, seen=1)


def test_it_is_decided_once(response: Response, diana: User) -> None:
    rate(response, "CEXP.4.1", 3, by=diana)
    rate(response, "CEXP.4.3", 2, by=diana)
    decide(response, by=diana)
    for again in (
        lambda: decide(response, by=diana),
        lambda: rate(response, "CEXP.4.1", 0, by=diana, version=1),
    ):
        with pytest.raises(WrongStateError):
            again()


def test_a_level_that_would_not_be_known_is_refused(review: Review, diana: User) -> None:
    """Level 3 falls, and level 2 below it was never rated; then nothing has changed."""
    codes = [f"CEXP.3.{position}" for position in range(1, 6)]
    response = contest(review, *codes)
    for code in codes:
        rate(response, code, 0, by=diana)
    with pytest.raises(NotDeterminedError) as refused:
        decide(response, by=diana)
    assert refused.value.rate_next == 2
    assert first_word("CEXP.3.1").rating == 3
    assert Assessment.objects.get().contested_at is not None


def test_hr_chooses_where_nobody_is_above(review: Review, cast: Cast) -> None:
    """Any active manager but the two; whoever rated before leaves nothing behind."""
    response = contest(review, "CEXP.4.1")
    assert not may_read_for_contest(cast.elena, review.submission_id, on=LATER.date())
    assign_second_reviewer(response=response, reviewer=cast.elena, by=cast.helena, at=LATER)
    assert may_read_for_contest(cast.elena, review.submission_id, on=LATER.date())
    rate(response, "CEXP.4.1", 3, by=cast.elena)
    assign_second_reviewer(response=response, reviewer=cast.carla, by=cast.helena, at=LATER)
    row = ContestedStatement.objects.get()
    assert (row.answer, row.comment, row.version) == (None, "", 2)
    with pytest.raises(NotYoursError):
        decide(response, by=cast.elena)


def test_mail_that_waits_for_a_former_second_reviewer_is_not_sent(review: Review, cast: Cast) -> None:
    """Nor that HR has to find one; chosen once more, the first is told after all. What was sent stays."""
    response = contest(review, "CEXP.4.1")
    assert told_to_decide() == {("Helena", "no_reviewer")}
    for chosen, hour in ((cast.elena, 0), (cast.carla, 1), (cast.elena, 2)):
        at = LATER + dt.timedelta(hours=hour)
        assign_second_reviewer(response=response, reviewer=chosen, by=cast.helena, at=at)
        assert told_to_decide() == {(chosen.name, "to_decide")}
    assert Notice.objects.waiting().get(recipient=cast.elena).happened_at == at
    Notice.objects.waiting().update(claimed_at=at)
    assign_second_reviewer(response=response, reviewer=cast.carla, by=cast.helena, at=at)
    assert told_to_decide() == {("Carla", "to_decide")}
    assert Notice.objects.get(recipient=cast.elena).dropped_at is None


def told_to_decide() -> set[tuple[str, str]]:
    """For whom a mail about deciding waits."""
    found = Notice.objects.waiting().filter(kind__in=["to_decide", "no_reviewer"])
    return set(found.order_by("id").values_list("recipient__name", "kind"))


@pytest.mark.parametrize(
    ("chosen", "by", "error"),
    [
        ("marta", "helena", NotEligibleError),
        ("ana", "helena", NotEligibleError),
        ("bruno", "helena", NotEligibleError),
        ("carla", "marta", NotYoursError),
        ("carla", "ana", NotYoursError),
    ],
)
def test_hr_cannot_choose_just_anybody(
    review: Review, cast: Cast, chosen: str, by: str, error: type[ActionError]
) -> None:
    """No part of the case, nobody who leads no team; and nobody chooses in their own case."""
    response = contest(review, "CEXP.4.1")
    with pytest.raises(error):
        assign_second_reviewer(
            response=response, reviewer=getattr(cast, chosen), by=getattr(cast, by), at=LATER
        )


def test_who_is_told_what(response: Response, cast: Cast, diana: User) -> None:
    """Each once: the first reviewer, who decides, and the employee of reading; both of the decision."""
    open_contest(response=response, by=diana, at=LATER)
    open_contest(response=response, by=diana, at=LATER + dt.timedelta(hours=1))
    rate(response, "CEXP.4.1", 3, by=diana)
    rate(response, "CEXP.4.3", 2, by=diana)
    decide(response, by=diana)
    told = Notice.objects.exclude(kind__in=["submitted", "validated"]).values_list("recipient__name", "kind")
    assert sorted(told) == [
        ("Ana", "contest_decided"),
        ("Ana", "evidence_read"),
        ("Diana", "to_decide"),
        ("Marta", "contest_ended"),
        ("Marta", "contested"),
    ]
    assert AccessEntry.objects.filter(kind="contest", by=diana, person=cast.ana).count() == 2
