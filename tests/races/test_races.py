"""What happens at the same moment: exactly one wins, the other is told; without the guard both would.

Each race is run with its guards first, and then once with a guard taken away and the two made to meet
where it stood: a race that cannot be lost proves nothing.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from assessments.actions import assess, review, send
from assessments.actions.assess import rate_statement
from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.actions.send import submit, withdraw
from assessments.models import Assessment, Review, State, Submission
from assessments.models.assessment import StatementRatingQuerySet
from assessments.results.live import live_sheet
from tests.cast import TODAY
from tests.races.arena import LATER, Act, Arena, first_rating, one_wins, unlocked, without_locks
from tests.races.mould import rounds, sent_rounds


def save(draft: Assessment, answer: int) -> None:
    """As a tab does that was opened on version 1 of the first answer."""
    rate_statement(
        assessment=draft,
        rating_id=first_rating(draft).pk,
        answer=answer,
        version=1,
        by=draft.employee,
        at=LATER,
    )


def send_off(draft: Assessment) -> None:
    submit(assessment=draft, by=draft.employee, at=LATER, on=TODAY)


def take_back(submission: Submission) -> None:
    withdraw(assessment=submission.assessment, by=submission.assessment.employee, at=LATER)


def begin_review(submission: Submission, arena: Arena) -> None:
    """The first saved rating begins the review."""
    rate_in_review(
        submission=submission,
        statement_id=first_rating(submission.assessment).statement_id,
        answer=0,
        comment="Não vi.",
        version=0,
        by=arena.manager,
        at=LATER,
    )


def test_two_tabs_save(arena: Arena) -> None:
    for draft in rounds(arena.draft()):
        found = arena.race(partial(save, draft, 1), partial(save, draft, 2))
        assert one_wins(found, "StaleError")
        rating = first_rating(draft)
        assert (rating.claim, rating.version) == (found.index("won") + 1, 2)


def test_without_the_version_two_tabs_overwrite(arena: Arena, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        StatementRatingQuerySet, "unchanged", lambda rows, rating_id, version: rows.filter(pk=rating_id)
    )
    draft = arena.draft()
    assert arena.race(partial(save, draft, 1), partial(save, draft, 2)) == ["won", "won"]
    assert first_rating(draft).version == 3


def test_sending_twice(arena: Arena) -> None:
    for draft in rounds(arena.draft()):
        found = arena.race(partial(send_off, draft), partial(send_off, draft))
        assert one_wins(found, "NotEditableError")
        assert draft.submissions.count() == 1


def test_without_the_lock_it_is_sent_twice(arena: Arena) -> None:
    """Only the number of the submission stands in the way then, with an error that nobody explains."""
    draft = arena.draft()
    with without_locks(send), pytest.raises(IntegrityError, match="submission_numbered_once"):
        arena.race(partial(send_off, draft), partial(send_off, draft))


def test_the_review_begins_while_it_is_taken_back(arena: Arena) -> None:
    for sent in sent_rounds(arena.sent()):
        found = arena.race(partial(take_back, sent), partial(begin_review, sent, arena))
        assert one_wins(found, "WrongStateError")
        state = Assessment.objects.get(pk=sent.assessment_id).state
        assert state == (State.WITHDRAWN if found[0] == "won" else State.IN_REVIEW)


def test_without_the_lock_both_have_it(arena: Arena) -> None:
    sent = arena.sent()
    with without_locks(send, review):
        found = arena.race(partial(take_back, sent), partial(begin_review, sent, arena))
    assert found == ["won", "won"]
    assert Review.objects.filter(submission=sent).exists()
    assert sent.assessment.transitions.filter(to_state=State.WITHDRAWN).exists()


def decisions(sent: Submission, arena: Arena) -> list[Act]:
    """Both, as two tabs would take them."""
    return [
        partial(validate, submission=sent, by=arena.manager, at=LATER),
        partial(return_for_changes, submission=sent, reason="Falta.", by=arena.manager, at=LATER),
    ]


def decided(sent: Submission) -> list[str]:
    taken = sent.assessment.transitions.filter(to_state__in=[State.VALIDATED, State.RETURNED])
    return sorted(taken.values_list("to_state", flat=True))


def test_validating_and_returning_at_once(arena: Arena) -> None:
    for sent in sent_rounds(arena.accepted()):
        found = arena.race(*decisions(sent, arena))
        assert one_wins(found, "WrongStateError")
        assert decided(sent) == [State.VALIDATED if found[0] == "won" else State.RETURNED]


def test_without_the_lock_it_is_validated_and_returned(arena: Arena) -> None:
    sent = arena.accepted()
    with without_locks(review):
        assert arena.race(*decisions(sent, arena)) == ["won", "won"]
    assert decided(sent) == [State.RETURNED, State.VALIDATED]


def test_an_answer_that_arrives_after_sending(arena: Arena) -> None:
    """It is in what was sent, or it was refused: never saved beside it."""
    for draft in rounds(arena.draft()):
        saved, was_sent = arena.race(partial(save, draft, 1), partial(send_off, draft))
        assert was_sent == "won"
        assert saved in {"won", "NotEditableError"}
        rating = first_rating(draft)
        kept = draft.submissions.get().ratings.get(statement=rating.statement)
        assert rating.claim == kept.claim == (1 if saved == "won" else 3)


def test_without_the_lock_an_answer_is_saved_beside_what_was_sent(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = arena.draft()

    def saved_meanwhile(assessment: Assessment, **rest: Any) -> object:
        """The sheet is read, and then somebody saves."""
        sheet = live_sheet(assessment, **rest)
        save(draft, 1)
        return sheet

    monkeypatch.setattr(send, "live_sheet", saved_meanwhile)
    monkeypatch.setattr(send, "locked_assessment", unlocked)
    monkeypatch.setattr(assess, "lock_editable", lambda assessment: assessment)
    send_off(draft)
    rating = first_rating(draft)
    assert (rating.claim, draft.submissions.get().ratings.get(statement=rating.statement).claim) == (1, 3)
