"""After a contest is decided, the level of record is credited to who decided it, on that day, everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from assessments.actions.contest import assign_second_reviewer, decide_contest, rate_contested
from assessments.actions.respond import respond
from assessments.models import Assessment, Cycle, Notice, Review
from assessments.models.contest import Answer
from assessments.models.notice import NoticeKind
from assessments.results.letters import letter_about
from assessments.results.report.last_validated import last_validated
from skills.models import Skill
from tests.assessments.contest_cases import NEXT_DAY, answer_address, contest, validated
from tests.assessments.exports_cases import asked, level_rows, statement_rows
from tests.assessments.review_cases import address, page, read, sign_in
from tests.assessments.test_report_files import pdf_text
from tests.cast import Cast

DECIDED = NEXT_DAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def after() -> Iterator[None]:
    with time_machine.travel(DECIDED, tick=False):
        yield


@pytest.fixture
def first(draft: Assessment, cast: Cast) -> Review:
    """Marta's decision of 20 November, which Ana contests on the 21st."""
    return validated(draft, cast)


@pytest.fixture
def review(first: Review, cast: Cast) -> Review:
    """Elena's of the 22nd."""
    response = contest(first, "CEXP.4.1")
    assign_second_reviewer(response=response, reviewer=cast.elena, by=cast.helena, at=NEXT_DAY)
    word: dict[str, Any] = {"answer": 3, "comment": "Vi as campanhas.", "basis": "observation", "version": 0}
    key = response.statements.get().statement_id
    rate_contested(response=response, statement_id=key, **word, by=cast.elena, at=DECIDED)
    decide_contest(response=response, reason="Ouvi as duas.", by=cast.elena, at=DECIDED)
    first.refresh_from_db()
    return first


def test_what_counts_is_whose_decision_it_is(cast: Cast, first: Review) -> None:
    """The first one's until the contest is decided; the first one's own name and day stay."""
    assert (first.of_record_by, first.of_record_at) == (cast.marta, first.decided_at)


def test_the_decision_of_a_contest_takes_its_place(cast: Cast, first: Review, review: Review) -> None:
    assert (review.of_record_by, review.of_record_at) == (cast.elena, DECIDED)
    assert review.reviewer == cast.marta
    assert review.decided_at == first.decided_at
    assert review.decided_at is not None
    assert review.decided_at < DECIDED
    assert Assessment.objects.get().decided_at == DECIDED


def test_the_database_holds_it(first: Review) -> None:
    """No decision without somebody to whom it is credited, and none before the first."""
    with pytest.raises(IntegrityError, match="review_decided_with_a_result"):
        Review.objects.update(of_record_by=None)


def test_the_review_page_tells_both(client: Client, cast: Cast, review: Review) -> None:
    """Who decided what and when; beside the statement both ratings with their comments."""
    sign_in(client, cast.marta)
    content = client.get(address(review.submission)).content
    text = read(content)
    assert "Validated by Marta on 20 Nov 2026: level 3 (target level 4)." in text
    assert "Ana contested 1 statement on 21 Nov 2026." in text
    assert "Elena decided on the contest on 22 Nov 2026: level 3 (target level 4). Ouvi as duas." in text
    card = " ".join(
        page(content).get(f"#statement-{review.response.statements.get().statement_id}").text.split()
    )
    assert "validated Answers for it" in card
    assert "Contested Fiz isso sozinha em duas campanhas." in card
    assert "Marta, 20 Nov 2026 Knows how · a conversation Vi só uma parte." in card
    assert "Elena, 22 Nov 2026 Answers for it · own observation Vi as campanhas." in card


def test_an_open_contest_shows_the_first_rating_alone(client: Client, cast: Cast, first: Review) -> None:
    contest(first, "CEXP.4.1")
    sign_in(client, cast.marta)
    text = read(client.get(address(first.submission)).content)
    assert "Marta, 20 Nov 2026 Knows how · a conversation Vi só uma parte." in text
    assert "decided on the contest" not in text


def test_a_note_stands_on_the_review_page(client: Client, cast: Cast, first: Review) -> None:
    """As the employee wrote it, without any statement being contested."""
    respond(
        assessment=first.submission.assessment,
        decided_at=first.decided_at or DECIDED,
        answer=Answer.NOTED,
        note="De acordo, com <b>uma</b> ressalva.",
        by=cast.ana,
        at=NEXT_DAY,
    )
    sign_in(client, cast.marta)
    text = read(client.get(address(first.submission)).content)
    assert "Ana agreed on 21 Nov 2026, with a note: De acordo, com <b>uma</b> ressalva." in text


def test_recent_decisions_name_who_decided_last(client: Client, cast: Cast, review: Review) -> None:
    sign_in(client, cast.marta)
    text = read(client.get("/reviews/").content)
    assert "Elena 22 Nov 2026" in text
    assert "Marta 20 Nov 2026" not in text


def test_own_pages_name_who_decided_last(client: Client, cast: Cast, review: Review) -> None:
    """Level page, list, comparison, and the head of the answer, which tells both further down."""
    assessment = review.submission.assessment
    sign_in(client, cast.ana)
    level = read(client.get(reverse("assessments:level", args=[assessment.pk, 4])).content)
    assert "Validated by Elena on 22 Nov 2026." in level
    assert "Decided 22 Nov 2026" in read(client.get("/assessments/").content)
    compared = read(client.get(reverse("assessments:compare", args=[assessment.pk])).content)
    assert "validated on 22 Nov 2026" in compared
    text = read(client.get(answer_address(assessment)).content)
    assert "Validated level: 3. Decided by Elena on 22 Nov 2026." in text
    assert "You contested statements Answered on 21 Nov 2026." in text
    assert "Who decided Marta decided on 20 Nov 2026. Level: 3. You contested it on 21 Nov 2026." in text
    assert "Elena decided on 22 Nov 2026. Level: 3. Ouvi as duas." in text
    assert "What you contested" in text
    assert "Marta, 20 Nov 2026 knowledge · a conversation Vi só uma parte." in text
    assert "Elena, 22 Nov 2026 full responsibility · own observation Vi as campanhas." in text


def test_the_record_on_paper_names_who_decided_last(client: Client, cast: Cast, review: Review) -> None:
    sign_in(client, cast.ana)
    at = reverse("assessments:decision_record", args=[review.submission.assessment_id])
    text = pdf_text(client.get(at).content)
    assert "Decided by Elena Decided on 22 Nov 2026" in text
    assert "Marta, 20 Nov 2026: knowledge (a conversation). Vi só uma parte." in text


def test_files_carry_its_day(client: Client, cast: Cast, cycle: Cycle, cexp: Skill, review: Review) -> None:
    client.force_login(cast.helena)
    assert level_rows(client, asked(cycle, cexp))["Ana", "4"]["validated_on"] == "2026-11-22"
    assert statement_rows(client, asked(cycle, cexp))["Ana", "CEXP.4.1"]["validated_on"] == "2026-11-22"


def test_the_last_validated_level_has_its_day(review: Review) -> None:
    found = last_validated(review.submission.assessment, before=None)
    assert found is not None
    assert found.on == DECIDED.date()


def test_who_decided_first_is_mailed_the_end(client: Client, cast: Cast, review: Review) -> None:
    """One mail, with the link to the review and nothing personal."""
    notice = Notice.objects.waiting().get(recipient=cast.marta, kind=NoticeKind.CONTEST_ENDED)
    mail = letter_about(notice)
    assert address(review.submission) in mail.body
    assert "Ana" not in mail.body + mail.subject
