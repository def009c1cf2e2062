"""HR and a reviewer at the same moment: a decision, or closed as not reviewed, never both."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from assessments.actions import hr, review
from assessments.actions.hr import assign_reviewer, close_as_not_reviewed, close_cycle_as_not_reviewed, reopen
from assessments.actions.review import return_for_changes
from assessments.models import Assessment, State, Submission
from tests.cast import Cast
from tests.races.arena import ROUNDS, Arena, meeting
from tests.races.test_races import one_wins, take_back, unlocked


def over(sent: Submission) -> dt.datetime:
    return sent.assessment.cycle.review_by + dt.timedelta(days=1)


def give_back(sent: Submission, arena: Arena) -> None:
    return_for_changes(submission=sent, reason="Falta.", by=arena.manager, at=over(sent))


def close(sent: Submission, cast: Cast) -> None:
    close_as_not_reviewed(assessment=sent.assessment, by=cast.helena, at=over(sent))


def state(sent: Submission) -> str:
    return Assessment.objects.get(pk=sent.assessment_id).state


def test_closing_while_it_is_decided(arena: Arena, cast: Cast) -> None:
    for _ in range(ROUNDS):
        sent = arena.sent()
        found = arena.race(partial(give_back, sent, arena), partial(close, sent, cast))
        assert one_wins(found, "WrongStateError")
        assert state(sent) == (State.RETURNED if found[0] == "won" else State.NOT_REVIEWED)
        assert sent.assessment.transitions.filter(to_state__in=["returned", "not_reviewed"]).count() == 1


def test_without_the_lock_it_is_both(arena: Arena, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with meeting() as meet:

        def read(assessment: Assessment) -> Assessment:
            found = unlocked(assessment)
            meet()
            return found

        monkeypatch.setattr(review, "locked_assessment", read)
        monkeypatch.setattr(hr, "locked_assessment", read)
        sent = arena.sent()
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
    for _ in range(ROUNDS):
        sent = arena.sent()
        assigning = partial(
            assign_reviewer, assessment=sent.assessment, reviewer=cast.elena, by=cast.helena, at=over(sent)
        )
        found = arena.race(partial(take_back, sent), assigning)
        assert found in (["won", "won"], ["won", "WrongStateError"])
        assert state(sent) == State.WITHDRAWN


def test_reopening_twice(arena: Arena, cast: Cast) -> None:
    for _ in range(ROUNDS):
        sent = arena.sent()
        close(sent, cast)
        again = partial(reopen, assessment=sent.assessment, reason="De novo.", by=cast.helena, at=over(sent))
        assert one_wins(arena.race(again, again), "WrongStateError")
        assert sent.assessment.transitions.filter(to_state=State.REOPENED).count() == 1
