"""The employee's answer to a validated level: the action and its page."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client

from assessments.actions.errors import (
    AnsweredError,
    ReasonMissingError,
    StaleError,
    TooLateError,
    WrongStateError,
)
from assessments.actions.respond import respond
from assessments.models import Assessment, ContestedStatement, Response, Review, ReviewRating, State
from assessments.models.contest import Answer
from tests.assessments.contest_cases import (
    NEXT_DAY,
    REASON,
    answer_address,
    contest,
    post_answer,
    validated,
)
from tests.assessments.review_cases import page, read, sign_in, statement_id
from tests.cast import NOON, Cast
from tests.htmx import Element

pytestmark = pytest.mark.usefixtures("next_day")

DAY = dt.timedelta(days=1)


@pytest.fixture
def review(draft: Assessment, cast: Cast) -> Review:
    return validated(draft, cast)


@pytest.fixture
def ana(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.ana)
    return client


def test_the_page_shows_the_decision_and_the_last_day(ana: Client, review: Review) -> None:
    text = read(ana.get(answer_address(review.submission.assessment)).content)
    assert "Validated level: 3. Decided by Marta" in text
    assert "You can answer until 4 December 2026" in text
    assert "Vi só uma parte." in text


def test_agreeing_is_one_answer(ana: Client, review: Review) -> None:
    response = post_answer(ana, review, "agreed")
    assert response.headers["Location"] == answer_address(review.submission.assessment)
    assert "You agree" in read(ana.get(response.headers["Location"]).content)
    assert Response.objects.get().answer == Answer.AGREED
    assert Assessment.objects.get().contested_at is None


def test_a_note_stands_beside_the_level(ana: Client, review: Review) -> None:
    post_answer(ana, review, "noted", note="<b>De acordo</b>, com ressalva.")
    content = ana.get(answer_address(review.submission.assessment)).content.decode()
    assert "&lt;b&gt;De acordo&lt;/b&gt;, com ressalva." in content
    assert Response.objects.get().note == "<b>De acordo</b>, com ressalva."


def test_a_contest_names_statements_and_marks_the_level(ana: Client, review: Review) -> None:
    """What the first reviewer said of them is kept, and the level of record stands meanwhile."""
    post_answer(ana, review, "contested", "CEXP.4.1")
    row = ContestedStatement.objects.get()
    assert (row.statement.code, row.reason) == ("CEXP.4.1", REASON)
    assert (row.first, row.first_comment, row.answer) == (1, "Vi só uma parte.", None)
    assessment = Assessment.objects.get()
    assert (assessment.state, assessment.contested_at) == (State.VALIDATED, NEXT_DAY)
    text = read(ana.get(answer_address(assessment)).content)
    assert "Validated level: 3" in text
    assert "contested" in text
    assert "HR chooses who decides" in text
    assert REASON in text


def test_it_is_in_the_log(cast: Cast, review: Review) -> None:
    """The state stays; who and when is kept for good."""
    contest(review, "CEXP.4.1")
    last = review.submission.assessment.transitions.last()
    assert last is not None
    assert (last.from_state, last.to_state, last.by, last.at) == (
        State.VALIDATED,
        State.VALIDATED,
        cast.ana,
        NEXT_DAY,
    )


@pytest.mark.parametrize(
    ("answer", "codes", "typed", "message"),
    [
        ("", (), {}, "Choose one of the three answers."),
        ("maybe", (), {}, "Choose one of the three answers."),
        ("noted", (), {}, "Write the note."),
        ("noted", (), {"note": " \n"}, "Write the note."),
        ("noted", (), {"note": "x" * 2001}, "This is too long"),
        ("noted", (), {"note": "a\x0bb"}, "invisible control character (U+000B)"),
        ("agreed", (), {"note": "Mas não tudo."}, "or delete the note"),
        ("contested", (), {}, "Tick the statements that you contest."),
        ("agreed", ("CEXP.4.1",), {}, "choose “I contest statements”, or clear them"),
        ("agreed", (), {"decision": "yesterday"}, "damaged on its way"),
        ("agreed", (), {"form_token": "x"}, "damaged on its way"),
    ],
)
def test_a_bad_answer_is_told_and_kept(
    ana: Client, review: Review, answer: str, codes: tuple[str, ...], typed: dict[str, str], message: str
) -> None:
    response = post_answer(ana, review, answer, *codes, **typed)
    assert response.status_code == 422
    assert message in read(response.content)
    if typed.get("note", "").strip():
        assert page(response.content).get("#id_note").text == " ".join(typed["note"].split())
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("ticked", "reason", "message"),
    [
        ("on", " ", "Say why you contest this rating."),
        ("", "Foi mais.", "Tick this statement too"),
        ("on", "x" * 2001, "This is too long"),
    ],
)
def test_each_contested_statement_needs_its_reason(
    ana: Client, review: Review, ticked: str, reason: str, message: str
) -> None:
    """The message stands beside it, and what was typed stays."""
    key = statement_id("CEXP.4.2")
    typed = {f"contest-{key}": ticked, f"reason-{key}": reason}
    response = post_answer(ana, review, "contested", "CEXP.4.1", **typed)
    assert response.status_code == 422
    shown = page(response.content)
    assert message in shown.get(f"#reason-{key}_error").text
    assert shown.get(f"#reason-{key}").text == reason.strip()
    assert shown.get(f"#reason-{statement_id('CEXP.4.1')}").text == REASON
    assert not Response.objects.exists()


def test_the_same_form_sent_twice_answers_once(ana: Client, review: Review) -> None:
    token = str(uuid.uuid4())
    first = post_answer(ana, review, "contested", "CEXP.4.1", form_token=token)
    second = post_answer(ana, review, "contested", "CEXP.4.1", form_token=token)
    assert first.headers["Location"] == second.headers["Location"]
    assert Response.objects.count() == 1


def test_one_answer_is_possible(ana: Client, review: Review) -> None:
    """A second one is a conflict that says so."""
    post_answer(ana, review, "agreed")
    response = post_answer(ana, review, "contested", "CEXP.4.1")
    assert response.status_code == 409
    assert "You have answered this decision already" in read(response.content)
    assert Response.objects.get().answer == Answer.AGREED


def test_the_last_day_counts_whole_and_the_next_is_too_late(ana: Client, review: Review) -> None:
    """In the organisation's time zone; the page explains."""
    late = dt.datetime(2026, 12, 5, 3, 0, tzinfo=dt.UTC)
    with time_machine.travel(late, tick=False):
        response = post_answer(ana, review, "agreed")
        assert response.status_code == 409
        assert "are over" in read(response.content)
        text = read(ana.get(answer_address(review.submission.assessment)).content)
        assert "for 14 days, until 4 December 2026. That time is over" in text
        assert "Send the answer" not in text
    with time_machine.travel(late - dt.timedelta(minutes=1), tick=False):
        assert post_answer(ana, review, "agreed").status_code == 302


def test_a_decision_taken_anew_is_read_again(ana: Client, review: Review) -> None:
    """What was typed stays on the page; sent again it answers the new decision."""
    later = NOON + dt.timedelta(hours=3)
    Review.objects.update(decided_at=later, of_record_at=later)
    response = post_answer(ana, review, "noted", note="De acordo.")
    assert response.status_code == 409
    assert "taken anew since you read it" in read(response.content)
    assert page(response.content).get("#id_note").text == "De acordo."
    review.refresh_from_db()
    assert post_answer(ana, review, "noted", note="De acordo.").status_code == 302


def test_before_a_level_is_validated_there_is_nothing_to_answer(ana: Client, draft: Assessment) -> None:
    response = ana.get(answer_address(draft))
    assert response.status_code == 302
    assert ana.post(answer_address(draft), {"answer": "agreed"}).status_code == 409


@pytest.mark.parametrize("name", ["marta", "bruno", "elena", "helena", "admir"])
def test_nobody_answers_for_another(client: Client, cast: Cast, review: Review, name: str) -> None:
    client.force_login(getattr(cast, name))
    assert client.get(answer_address(review.submission.assessment)).status_code == 404
    assert post_answer(client, review, "agreed").status_code == 404


def answered(review: Review, **given: Any) -> Response:
    fields: dict[str, Any] = {"decided_at": review.decided_at, "answer": Answer.AGREED, "at": NEXT_DAY}
    assessment = review.submission.assessment
    return respond(assessment=assessment, by=assessment.employee, **{**fields, **given})


def test_the_action_refuses_by_name(review: Review) -> None:
    """Whoever calls it."""
    with pytest.raises(StaleError):
        answered(review, decided_at=NOON)
    with pytest.raises(TooLateError):
        answered(review, at=NEXT_DAY + 14 * DAY)
    with pytest.raises(ReasonMissingError):
        answered(review, answer=Answer.NOTED)
    with pytest.raises(ReasonMissingError):
        answered(review, answer=Answer.CONTESTED)
    with pytest.raises(ReasonMissingError):
        answered(review, answer=Answer.CONTESTED, contested={statement_id("CEXP.4.1"): " "})
    with pytest.raises(ReviewRating.DoesNotExist):
        answered(review, answer=Answer.CONTESTED, contested={0: REASON})
    answered(review)
    with pytest.raises(AnsweredError):
        answered(review)
    Assessment.objects.update(state=State.REOPENED)
    with pytest.raises(WrongStateError):
        answered(review)


def test_what_differs_from_the_claim_stands_first(ana: Client, review: Review) -> None:
    """What was validated as claimed is folded, still there to be contested; open once it is ticked."""
    content = ana.get(answer_address(review.submission.assessment)).content
    folded = folded_on(content)
    fields = [one.attributes["name"] for one in page(content).root if one.name == "textarea"]
    assert len(fields) == len(set(fields)) == review.ratings.exclude(rating=None).count() + 1
    inside = {one.attributes["name"] for found in folded for one in found if one.name == "textarea"}
    same = {f"reason-{statement_id(code)}" for code in ("CEXP.3.1", "CEXP.4.5")}
    other = {f"reason-{statement_id(code)}" for code in ("CEXP.4.1", "CEXP.4.2")}
    assert same <= inside
    assert not other & inside
    assert not any("open" in found.attributes for found in folded)
    opened = folded_on(post_answer(ana, review, "agreed", "CEXP.3.1").content)
    assert ["open" in found.attributes for found in opened].count(True) == 1


def folded_on(content: bytes) -> list[Element]:
    return [found for found in page(content).root if found.attributes.get("class") == "as-claimed"]
