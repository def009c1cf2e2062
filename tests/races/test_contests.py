"""A decision that is contested while it is taken back, and a contest that two decide: exactly one wins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import IntegrityError

from assessments.actions import contest as contests
from assessments.actions import respond as responding
from assessments.actions.contest import assign_second_reviewer, decide_contest, rate_contested
from assessments.actions.respond import respond
from assessments.actions.review import validate
from assessments.actions.take_back import take_back_decision
from assessments.models import Assessment, Response, Review, State, Submission
from assessments.models.contest import Answer
from people.models import User
from tests.cast import Cast
from tests.races.arena import LATER, Arena, first_rating, meeting, one_wins, unlocked, without_locks
from tests.races.mould import sent_rounds

SOON = LATER + dt.timedelta(minutes=5)


def decided(arena: Arena) -> Submission:
    sent = arena.accepted()
    validate(submission=sent, by=arena.manager, at=LATER)
    return sent


def contest(submission: Submission) -> Response:
    assessment = submission.assessment
    return respond(
        assessment=assessment,
        decided_at=LATER,
        answer=Answer.CONTESTED,
        contested={first_rating(assessment).statement_id: "Fiz isso."},
        by=assessment.employee,
        at=SOON,
    )


def take_back(submission: Submission, arena: Arena) -> Review:
    return take_back_decision(submission=submission, by=arena.manager, at=SOON)


def ready(arena: Arena, decider: User, hr: User) -> Response:
    """Contested, given to somebody, and rated."""
    response = contest(decided(arena))
    assign_second_reviewer(response=response, reviewer=decider, by=hr, at=SOON)
    rate_contested(
        response=response,
        statement_id=response.statements.get().statement_id,
        answer=3,
        comment="Vi.",
        basis="evidence",
        version=0,
        by=decider,
        at=SOON,
    )
    return response


def responses(response: Response) -> Iterator[Response]:
    """A round each, as this one stands."""
    for sent in sent_rounds(response.review.submission):
        yield Response.objects.get(review__submission=sent)


def decide(response: Response, decider: User) -> Response:
    return decide_contest(response=response, by=decider, at=SOON)


def test_contesting_while_the_decision_is_taken_back(arena: Arena) -> None:
    """Either the contest stands over a decision, or there is neither."""
    for sent in sent_rounds(decided(arena)):
        found = arena.race(partial(contest, sent), partial(take_back, sent, arena))
        assert one_wins(found, "WrongStateError", "AnsweredError")
        assessment = Assessment.objects.get(pk=sent.assessment_id)
        is_contested = found[0] == "won"
        assert (assessment.contested_at is not None) == is_contested
        assert assessment.state == (State.VALIDATED if is_contested else State.IN_REVIEW)
        assert Response.objects.filter(review__submission=sent).exists() == is_contested


def test_answering_twice(arena: Arena) -> None:
    for sent in sent_rounds(decided(arena)):
        assert one_wins(arena.race(partial(contest, sent), partial(contest, sent)), "AnsweredError")
        assert Response.objects.filter(review__submission=sent).count() == 1


def test_without_the_lock_only_the_database_refuses(arena: Arena) -> None:
    """Both would answer, and one of them meets an error that nobody explains."""
    sent = decided(arena)
    with without_locks(responding), pytest.raises(IntegrityError):
        arena.race(partial(contest, sent), partial(contest, sent))


def test_deciding_twice(arena: Arena, cast: Cast) -> None:
    for response in responses(ready(arena, cast.elena, cast.helena)):
        found = arena.race(partial(decide, response, cast.elena), partial(decide, response, cast.elena))
        assert one_wins(found, "WrongStateError")
        log = response.review.submission.assessment.transitions
        assert log.filter(by=cast.elena).count() == 1


def test_without_the_lock_it_is_decided_twice(
    arena: Arena, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with meeting() as meet:
        held = contests.to_be_decided

        def read(response: Response, *, by: User, at: dt.datetime) -> Response:
            found = held(response, by=by, at=at)
            meet()
            return found

        response = ready(arena, cast.elena, cast.helena)
        monkeypatch.setattr(contests, "locked_assessment", unlocked)
        monkeypatch.setattr(contests, "to_be_decided", read)
        found = arena.race(partial(decide, response, cast.elena), partial(decide, response, cast.elena))
    assert found == ["won", "won"]
    assert response.review.submission.assessment.transitions.filter(by=cast.elena).count() == 2


def test_another_is_chosen_while_the_first_decides(arena: Arena, cast: Cast) -> None:
    """Whoever was first: a decision is never that of somebody from whom it was taken."""
    for response in responses(ready(arena, cast.elena, cast.helena)):
        give = partial(
            assign_second_reviewer, response=response, reviewer=cast.carla, by=cast.helena, at=SOON
        )
        found = arena.race(partial(decide, response, cast.elena), give)
        assert one_wins(found, "WrongStateError", "NotYoursError")
        second = Response.objects.get(pk=response.pk).second_reviewer
        assert second == (cast.elena if found[0] == "won" else cast.carla)
