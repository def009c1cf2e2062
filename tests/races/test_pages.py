"""The races on the pages: one gets what they pressed for, the other a 409 that says what happened.

Where htmx can send the form, it does so in every second round, and the whole page is sent in the others.
"""

from __future__ import annotations

import pytest

from assessments.models import Assessment, FormReceipt, State
from assessments.models.log import AccessKind
from tests.cast import Cast
from tests.races.arena import ROUNDS, Arena, first_rating
from tests.races.mould import rounds, sent_rounds
from tests.races.pages import (
    answering,
    assigning,
    both_got_the_first_answer,
    browser,
    deciding,
    given,
    in_turn,
    one_is_told,
    opens,
    press,
    rating,
    said,
    sending,
    tabs,
    taking_back,
    token,
)
from tests.races.test_contests import ready, responses
from tests.races.test_races import decided

pytestmark = pytest.mark.usefixtures("an_hour_later")

STALE = "Another tab saved a different answer in the meantime. Nothing was overwritten"
WORDS = ["I know how", "I have done it"]
REVIEWED = ["Knows how", "Has done it"]
SENT = "It was sent to review already."
NOT_SAVED = "This assessment was sent to review in the meantime, so this answer was not saved."
TOO_LATE = "It can be taken back only until the review begins."
TAKEN_BACK = "The employee took this assessment back after you opened it, so nothing was saved."
DECIDED = "This submission has been decided or taken back in the meantime. Nothing was changed."
CHANGED = "It was decided on, taken back or changed in the meantime. Nothing was changed."
NOT_YOURS = (
    "Since you opened this assessment it was given to somebody else or taken back, so nothing was saved."
)
CONTEST_DECIDED = "This contest has been decided in the meantime. Nothing was changed."
RATED = "This was rated elsewhere in the meantime. Save again to replace it, or reload the page to keep it."


def test_two_tabs_save(arena: Arena) -> None:
    """The second is shown both answers."""
    for htmx, draft in in_turn(rounds(arena.draft())):
        one, other = tabs(draft.employee)
        found = arena.together(answering(one, draft, 1, htmx=htmx), answering(other, draft, 2, htmx=htmx))
        won = one_is_told(found, STALE)
        told = said(found[1 - won])
        assert f"Keep what is saved: {WORDS[won]}" in told
        assert f"Save yours: {WORDS[1 - won]}" in told
        assert (first_rating(draft).claim, first_rating(draft).version) == (won + 1, 2)


def test_sending_twice(arena: Arena) -> None:
    for draft in rounds(arena.draft()):
        one, other = tabs(draft.employee)
        one_is_told(arena.together(sending(one, draft), sending(other, draft)), SENT)
        assert draft.submissions.count() == 1


def test_sending_twice_with_one_form(arena: Arena) -> None:
    """A double click: both get the first answer, and it is sent once."""
    for draft in rounds(arena.draft()):
        (one, other), form = tabs(draft.employee), token()
        found = arena.together(sending(one, draft, form), sending(other, draft, form))
        assert both_got_the_first_answer(found)
        assert draft.submissions.count() == FormReceipt.objects.filter(token=form).count() == 1


def test_an_answer_that_arrives_while_it_is_sent(arena: Arena) -> None:
    """It is sent in any case; the answer is in it, or its tab is told that it is not."""
    for htmx, draft in in_turn(rounds(arena.draft())):
        one, other = tabs(draft.employee)
        saved, sent = arena.together(answering(one, draft, 1, htmx=htmx), sending(other, draft))
        kept = draft.submissions.get().ratings.get(statement=first_rating(draft).statement)
        assert (sent.status_code, first_rating(draft).claim) == (302, kept.claim)
        if kept.claim == 1:
            assert saved.status_code == (200 if htmx else 302)
        else:
            assert (saved.status_code, NOT_SAVED in said(saved)) == (409, True)


def test_the_review_begins_while_it_is_taken_back(arena: Arena) -> None:
    manager = browser(arena.manager)
    for htmx, sent in in_turn(sent_rounds(arena.sent())):
        employee = browser(sent.assessment.employee)
        found = arena.together(taking_back(employee, sent), rating(manager, sent, version=0, htmx=htmx))
        won = one_is_told(found, TOO_LATE, TAKEN_BACK, DECIDED)
        state = Assessment.objects.get(pk=sent.assessment_id).state
        assert state == (State.IN_REVIEW if won else State.WITHDRAWN)


def test_validating_and_returning_at_once(arena: Arena) -> None:
    one, other = tabs(arena.manager)
    for htmx, sent in in_turn(sent_rounds(arena.accepted())):
        decisions = deciding(one, sent, "validate", htmx=htmx), deciding(other, sent, "return", htmx=htmx)
        won = one_is_told(arena.together(*decisions), DECIDED)
        assert decided(sent) == [State.RETURNED if won else State.VALIDATED]


def test_validating_twice_with_one_form(arena: Arena) -> None:
    one, other = tabs(arena.manager)
    for sent in sent_rounds(arena.accepted()):
        form = token()
        found = arena.together(*(deciding(tab, sent, "validate", form_token=form) for tab in (one, other)))
        assert both_got_the_first_answer(found)
        assert decided(sent) == [State.VALIDATED]


def test_two_tabs_of_a_reviewer_save(arena: Arena) -> None:
    """The second reads what was saved, and keeps what was typed."""
    one, other = tabs(arena.manager)
    for htmx, sent in in_turn(sent_rounds(arena.accepted())):
        presses = [rating(tab, sent, version=1, htmx=htmx, answer=n) for n, tab in enumerate((one, other), 1)]
        found = arena.together(*presses)
        won = one_is_told(found, RATED)
        told = said(found[1 - won])
        assert f"Saved: {REVIEWED[won]}. Visto {won + 1}." in told
        assert f"Yours, not saved: {REVIEWED[1 - won]}. Visto {2 - won}." in told


def test_the_reviewer_changes_while_they_decide(arena: Arena, cast: Cast) -> None:
    """HR gives it to Carla, or Elena decides on it."""
    elena, helena = browser(cast.elena), browser(cast.helena)
    for htmx, sent in in_turn(sent_rounds(given(arena, cast.elena, cast.helena))):
        opens(cast.elena, sent)
        found = arena.together(
            assigning(helena, sent, cast.carla), deciding(elena, sent, "validate", htmx=htmx)
        )
        won = one_is_told(found, CHANGED, NOT_YOURS)
        assessment = Assessment.objects.get(pk=sent.assessment_id)
        expected = (cast.elena, State.VALIDATED) if won else (cast.carla, State.IN_REVIEW)
        assert (assessment.assigned_reviewer, assessment.state) == expected


def test_another_is_chosen_while_a_contest_is_decided(arena: Arena, cast: Cast) -> None:
    """It is Carla's to decide, or Elena has decided it."""
    elena, helena = browser(cast.elena), browser(cast.helena)
    for htmx, response in in_turn(responses(ready(arena, cast.elena, cast.helena))):
        opens(cast.elena, response.review.submission, kind=AccessKind.CONTEST)
        form = {"form_token": token(), "seen": str(response.statements.stamp())}
        given = {"form_token": token(), "reviewer": str(cast.carla.pk)}
        found = arena.together(
            press(helena, "assessments:contest_assign", response.pk, **given),
            press(elena, "assessments:contest_decide", response.pk, htmx=htmx, **form),
        )
        won = one_is_told(found, CONTEST_DECIDED, NOT_YOURS)
        response.refresh_from_db()
        expected = (cast.elena, True) if won else (cast.carla, False)
        assert (response.second_reviewer, response.decided_at is not None) == expected


def test_beginning_twice_with_one_form(arena: Arena) -> None:
    """Both come to the page of the first level."""
    for _ in range(ROUNDS):
        person, form = arena.employee(), token()
        typed = {"form_token": form, "level": "3", "target": "4"}
        presses = [press(tab, "assessments:start", "CEXP", **typed) for tab in tabs(person)]
        assert both_got_the_first_answer(arena.together(*presses))
        assert person.assessments.count() == 1
