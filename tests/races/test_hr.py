"""HR and a reviewer at the same moment: a decision, or closed as not reviewed, never both."""

from __future__ import annotations

import datetime as dt
from functools import partial

from assessments.actions import hr, review
from assessments.actions.hr import assign_reviewer, close_as_not_reviewed, close_cycle_as_not_reviewed, reopen
from assessments.actions.review import return_for_changes
from assessments.models import Assessment, State, Submission
from tests.cast import Cast
from tests.races.arena import LATER, ROUNDS, Act, Arena, one_wins, without_locks
from tests.races.mould import sent_rounds
from tests.races.test_races import take_back


def over(sent: Submission) -> dt.datetime:
    return sent.assessment.cycle.review_by + dt.timedelta(days=1)


def give_back(sent: Submission, arena: Arena) -> None:
    return_for_changes(submission=sent, reason="Falta.", by=arena.manager, at=over(sent))


def close(sent: Submission, cast: Cast) -> None:
    close_as_not_reviewed(assessment=sent.assessment, by=cast.helena, at=over(sent))


def state(sent: Submission) -> str:
    return Assessment.objects.get(pk=sent.assessment_id).state


def test_closing_while_it_is_decided(arena: Arena, cast: Cast) -> None:
    for sent in sent_rounds(arena.sent()):
        found = arena.race(partial(give_back, sent, arena), partial(close, sent, cast))
        assert one_wins(found, "WrongStateError")
        assert state(sent) == (State.RETURNED if found[0] == "won" else State.NOT_REVIEWED)
        assert sent.assessment.transitions.filter(to_state__in=["returned", "not_reviewed"]).count() == 1


def test_without_the_lock_it_is_both(arena: Arena, cast: Cast) -> None:
    sent = arena.sent()
    with without_locks(review, hr):
        assert arena.race(partial(give_back, sent, arena), partial(close, sent, cast)) == ["won", "won"]
    assert sent.assessment.transitions.filter(to_state__in=["returned", "not_reviewed"]).count() == 2


def test_closing_all_while_one_is_decided(arena: Arena, cast: Cast) -> None:
    """All that still wait are closed; the decided one stays decided, or the decision is refused."""
    for _ in range(max(1, ROUNDS // 5)):
        sent, other = arena.sent(), arena.sent()
        closing = partial(
            close_cycle_as_not_reviewed, cycle=sent.assessment.cycle, by=cast.helena, at=over(sent)
        )
        found = arena.race(partial(give_back, sent, arena), closing)
        assert found[1] == "won"
        assert state(sent) == (State.RETURNED if found[0] == "won" else State.NOT_REVIEWED)
        assert state(other) == State.NOT_REVIEWED


def test_assigning_while_it_is_taken_back(arena: Arena, cast: Cast) -> None:
    """Taken back it always is; a reviewer is given to it before that, or not at all."""
    for sent in sent_rounds(arena.sent()):
        assigning = partial(
            assign_reviewer, assessment=sent.assessment, reviewer=cast.elena, by=cast.helena, at=over(sent)
        )
        found = arena.race(partial(take_back, sent), assigning)
        assert found in (["won", "won"], ["won", "WrongStateError"])
        assert state(sent) == State.WITHDRAWN


def given_to_elena(arena: Arena, cast: Cast) -> Submission:
    sent = arena.sent()
    assign_reviewer(assessment=sent.assessment, reviewer=cast.elena, by=cast.helena, at=LATER)
    return sent


def change_and_decide(sent: Submission, cast: Cast) -> list[Act]:
    """Carla is chosen in Elena's place, in the moment in which Elena decides."""
    return [
        partial(assign_reviewer, assessment=sent.assessment, reviewer=cast.carla, by=cast.helena, at=LATER),
        partial(return_for_changes, submission=sent, reason="Falta.", by=cast.elena, at=LATER),
    ]


def test_the_reviewer_changes_while_they_decide(arena: Arena, cast: Cast) -> None:
    """A decision is never that of somebody from whom it was taken."""
    for sent in sent_rounds(given_to_elena(arena, cast)):
        found = arena.race(*change_and_decide(sent, cast))
        assert one_wins(found, "NotReviewerError", "WrongStateError")
        assessment = Assessment.objects.get(pk=sent.assessment_id)
        expected = (cast.carla, "submitted") if found[0] == "won" else (cast.elena, "returned")
        assert (assessment.assigned_reviewer, assessment.state) == expected


def test_without_the_lock_somebody_decides_who_is_not_the_reviewer(arena: Arena, cast: Cast) -> None:
    sent = given_to_elena(arena, cast)
    with without_locks(review, hr):
        assert arena.race(*change_and_decide(sent, cast)) == ["won", "won"]
    assessment = Assessment.objects.get(pk=sent.assessment_id)
    assert (assessment.assigned_reviewer, assessment.state) == (cast.carla, State.RETURNED)


def test_reopening_twice(arena: Arena, cast: Cast) -> None:
    closed = arena.sent()
    close(closed, cast)
    for sent in sent_rounds(closed):
        again = partial(reopen, assessment=sent.assessment, reason="De novo.", by=cast.helena, at=over(sent))
        assert one_wins(arena.race(again, again), "WrongStateError")
        assert sent.assessment.transitions.filter(to_state=State.REOPENED).count() == 1
