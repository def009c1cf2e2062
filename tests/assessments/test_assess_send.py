"""Sending, taking back, deleting a draft, changing the target."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from assessments.actions.review import rate_in_review
from assessments.actions.send import submit
from assessments.models import Assessment, Evidence, State, Submission
from people.models import Team
from tests.cast import NOON, TODAY, Cast, answer, answer_level, evidence, link
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("noon")

PAGES = ("submit", "withdraw", "abandon", "target")


def address(draft: Assessment, page: str) -> str:
    return f"/assessments/{draft.pk}/{page}/"


def text(client: Client, draft: Assessment, page: str) -> str:
    return Page(client.get(address(draft, page)).content).get("#content").text


def send(draft: Assessment) -> Submission:
    answer(draft, "CEXP.3.1", 2)
    return submit(assessment=draft, by=draft.employee, at=NOON, on=TODAY)


def state(draft: Assessment) -> str:
    return Assessment.objects.get(pk=draft.pk).state


def token() -> dict[str, str]:
    return {"form_token": str(uuid.uuid4())}


def test_what_is_missing_is_named_before_sending(ana: Client, draft: Assessment) -> None:
    """Answers at levels begun, evidence, and the level that would settle what one holds."""
    for position in range(1, 5):
        answer(draft, f"CEXP.3.{position}", 3)
    found = text(ana, draft, "submit")
    assert "1 statement has no answer 3.5" in found
    assert "4 ratings have no evidence" in found
    assert "Rate level 2 too" in found
    assert "Marta will read your answers" in found


def test_levels_above_the_target_or_not_begun_are_not_missed(ana: Client, draft: Assessment) -> None:
    """Nobody is asked for them."""
    answer(draft, "CEXP.5.1", 1)
    found = text(ana, draft, "submit")
    assert "no answer" not in found


def test_a_complete_one_is_told_so(ana: Client, draft: Assessment, cast: Cast) -> None:
    """Nothing is missing then."""
    answer_level(draft, 3, 3)
    item = evidence(cast.ana)
    for position in range(1, 6):
        link(draft, f"CEXP.3.{position}", item)
    assert "Everything is answered, and every rating has evidence." in text(ana, draft, "submit")


def test_without_a_manager_it_says_who_is_asked(ana: Client, draft: Assessment) -> None:
    """Nobody leads the team."""
    Team.objects.update(manager=None)
    assert "Nobody leads your team today." in text(ana, draft, "submit")


def test_sending_locks_it_and_leads_to_the_report(ana: Client, draft: Assessment) -> None:
    """With a frozen copy."""
    answer(draft, "CEXP.3.1", 2)
    sent = ana.post(address(draft, "submit"), token())
    assert sent.headers["Location"] == f"/assessments/{draft.pk}/report/"
    assert (state(draft), Submission.objects.count()) == (State.SUBMITTED, 1)


def test_the_same_form_twice_sends_once(ana: Client, draft: Assessment) -> None:
    """The second click gets the first one's answer."""
    answer(draft, "CEXP.3.1", 2)
    same = token()
    answers = [ana.post(address(draft, "submit"), same) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {f"/assessments/{draft.pk}/report/"}
    assert Submission.objects.count() == 1


def test_another_form_after_sending_is_refused(ana: Client, draft: Assessment) -> None:
    """It says so, and sends nothing again."""
    send(draft)
    refusal = ana.post(address(draft, "submit"), token())
    assert refusal.status_code == 409
    assert "sent to review already" in refusal.content.decode()


def test_nothing_answered_cannot_be_sent(ana: Client, draft: Assessment) -> None:
    """The page says what to do."""
    refusal = ana.post(address(draft, "submit"), token())
    assert (refusal.status_code, state(draft)) == (422, State.DRAFT)
    assert "nothing to send" in refusal.content.decode()


def test_it_can_be_taken_back_until_the_review_begins(ana: Client, draft: Assessment) -> None:
    """Then it is the employee's again."""
    send(draft)
    assert "Take it back?" in text(ana, draft, "withdraw")
    back = ana.post(address(draft, "withdraw"), token())
    assert (back.headers["Location"], state(draft)) == (f"/assessments/{draft.pk}/", State.WITHDRAWN)


def test_a_review_that_has_begun_keeps_it(ana: Client, draft: Assessment, cast: Cast) -> None:
    """Even from a page that was opened before."""
    submission = send(draft)
    statement = draft.ratings.get(statement__code="CEXP.3.1").statement_id
    rate_in_review(
        submission=submission,
        statement_id=statement,
        answer=1,
        comment="Sem evidência.",
        version=0,
        by=cast.marta,
        at=NOON,
    )
    assert ana.post(address(draft, "withdraw"), token()).status_code == 409
    assert state(draft) == State.IN_REVIEW


def test_a_draft_can_be_deleted_and_leaves_the_evidence(ana: Client, draft: Assessment, cast: Cast) -> None:
    """The same form twice gets the same answer."""
    link(draft, "CEXP.3.1", evidence(cast.ana))
    assert "Delete this draft?" in text(ana, draft, "abandon")
    same = token()
    answers = [ana.post(address(draft, "abandon"), same) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {"/assessments/"}
    assert (Assessment.objects.count(), Evidence.objects.count()) == (0, 1)


def test_what_was_ever_sent_cannot_be_deleted(ana: Client, draft: Assessment) -> None:
    """Its copy stays, and so does it."""
    send(draft)
    ana.post(address(draft, "withdraw"), token())
    assert ana.post(address(draft, "abandon"), token()).status_code == 409
    assert ana.get(address(draft, "abandon")).status_code == 302


@pytest.mark.parametrize("page", ["withdraw", "abandon", "submit"])
def test_a_page_that_makes_no_sense_now_leads_to_the_assessment(
    ana: Client, draft: Assessment, page: str
) -> None:
    """A draft cannot be taken back; what was sent cannot be sent or deleted."""
    if page != "withdraw":
        send(draft)
    assert ana.get(address(draft, page)).headers["Location"] == f"/assessments/{draft.pk}/"


@pytest.mark.parametrize("page", ["submit", "withdraw", "abandon"])
def test_a_damaged_token_gets_a_message(ana: Client, draft: Assessment, page: str) -> None:
    """And does nothing."""
    if page == "withdraw":
        send(draft)
    before = state(draft)
    refusal = ana.post(address(draft, page), {"form_token": "x"})
    assert (refusal.status_code, state(draft)) == (422, before)
    assert "damaged on its way" in refusal.content.decode()


def test_the_target_can_be_changed(ana: Client, draft: Assessment) -> None:
    """It comes back to the page that asked."""
    changed = ana.post(address(draft, "target"), {"target": "5", "level": "3"})
    draft.refresh_from_db()
    assert (changed.headers["Location"], draft.target) == (f"/assessments/{draft.pk}/levels/3/", 5)


@pytest.mark.parametrize("target", ["", "7", "1", "x", "-1", "4" * 10000])
def test_a_target_that_the_skill_lacks_gets_a_message(ana: Client, draft: Assessment, target: str) -> None:
    """Beside the field, on the page that asked."""
    refusal = ana.post(address(draft, "target"), {"target": target, "level": "2"})
    assert refusal.status_code == 422
    assert Page(refusal.content).get("#target_error").text


def test_after_sending_the_target_stays(ana: Client, draft: Assessment) -> None:
    """It is part of what was sent."""
    send(draft)
    assert ana.post(address(draft, "target"), {"target": "5"}).status_code == 409
    draft.refresh_from_db()
    assert draft.target == 4


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["bruno", "marta", "helena", "admir"])
def test_nobody_else_finds_them(client: Client, cast: Cast, draft: Assessment, who: str, page: str) -> None:
    """Neither to read nor to post."""
    client.force_login(getattr(cast, who))
    assert client.post(address(draft, page), {"target": "5", **token()}).status_code == 404
    if page != "target":
        assert client.get(address(draft, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_signed_out_they_ask_to_sign_in(client: Client, draft: Assessment, page: str) -> None:
    """Nothing happens."""
    assert client.post(address(draft, page)).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_they_take_no_other_verb(ana: Client, draft: Assessment, page: str) -> None:
    """PUT and DELETE are refused."""
    assert ana.put(address(draft, page)).status_code == 405
    assert ana.delete(address(draft, page)).status_code == 405


def test_the_target_is_only_posted(ana: Client, draft: Assessment) -> None:
    """It has no page of its own."""
    assert ana.get(address(draft, "target")).status_code == 405
