"""The decision record: the whole decision on paper, as it was taken."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from assessments.actions.contest import assign_second_reviewer, decide_contest, rate_contested
from assessments.actions.review import return_for_changes
from assessments.models import AccessEntry, Assessment, EssenceAnswer, Response, Review
from assessments.scoring import ScoringPolicy, policy_version
from people.models import User
from tests.assessments.contest_cases import NEXT_DAY, contest
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.assessments.review_cases import links, sign_in
from tests.assessments.test_report_files import MARKUP, pdf_text
from tests.cast import NOON, Cast


def address(assessment: Assessment) -> str:
    return reverse("assessments:decision_record", args=[assessment.pk])


@pytest.fixture
def review(draft: Assessment, cast: Cast) -> Review:
    """Ana's worked example, validated at level 3 with one rating lowered."""
    worked_example(draft)
    return reviewed(sent(draft), by=cast.marta, lower={"CEXP.4.1": 1})


def record(client: Client, assessment: Assessment) -> str:
    return pdf_text(client.get(address(assessment)).content)


def test_it_says_what_was_decided_on_what_and_by_whom(client: Client, cast: Cast, review: Review) -> None:
    """Level, three values of a statement, comment, who, when, the policy and whose it is, the digest."""
    EssenceAnswer.objects.create(
        submission=review.submission, answer="partly", level=3, comment="Sob orientação."
    )
    sign_in(client, cast.ana)
    text = record(client, review.submission.assessment)
    assert "Validated level 3" in text
    assert "Does the essence of level 3 describe how the person works? Partly" in text
    assert "Sob orientação." in text
    assert "4.2 Permite a criação" in text
    assert "practice knowledge knowledge" in text
    assert "Comment: Vi só uma parte." in text
    assert "Decided by Marta" in text
    assert "16 of 18 points are needed for level 4" in text
    assert text.count("not SFIA") == 1
    assert f"Policy version: {policy_version(ScoringPolicy())}, in force since 20 November 2026" in text
    assert "Day of scoring: 20 November 2026" in text
    assert review.submission.digest in text.replace(" ", "")


def test_it_speaks_the_readers_language_and_can_be_read_aloud(
    client: Client, cast: Cast, review: Review
) -> None:
    sign_in(client, cast.ana, "ru")
    data = client.get(address(review.submission.assessment)).content
    catalogue = PdfReader(io.BytesIO(data)).trailer["/Root"]
    assert catalogue["/Lang"].lower().startswith("ru")
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "клиент" in pdf_text(data)
    for page in PdfReader(io.BytesIO(data)).pages:
        assert "SFIA" in page.extract_text()


def test_hostile_text_stays_text(client: Client, cast: Cast, review: Review) -> None:
    """Markup, characters that turn the line round, and one that no font has."""
    review.ratings.update(comment=f"{MARKUP} \u202eevil 🎉")
    sign_in(client, cast.ana)
    text = record(client, review.submission.assessment)
    assert "#panic()" in text
    assert "\u202e" not in text


def test_another_persons_is_logged(client: Client, cast: Cast, review: Review) -> None:
    """One's own is not."""
    assessment = review.submission.assessment
    sign_in(client, cast.ana)
    record(client, assessment)
    assert not AccessEntry.objects.exists()
    sign_in(client, cast.marta)
    response = client.get(address(assessment))
    assert "decision-cexp-2026-ana.pdf" in response.headers["Content-Disposition"]
    entry = AccessEntry.objects.get()
    assert (entry.by, entry.kind, entry.person, entry.object_id) == (
        cast.marta,
        "decision_record",
        cast.ana,
        assessment.pk,
    )


def test_nobody_else_gets_it(client: Client, cast: Cast, review: Review) -> None:
    for stranger in (cast.bruno, cast.elena, cast.helena, cast.admir):
        client.force_login(stranger)
        assert client.get(address(review.submission.assessment)).status_code == 404


def test_there_is_none_before_a_level_is_validated(client: Client, cast: Cast, draft: Assessment) -> None:
    """Neither of a draft nor of what was returned."""
    worked_example(draft)
    client.force_login(cast.ana)
    assert client.get(address(draft)).status_code == 404
    at = NOON + dt.timedelta(hours=1)
    return_for_changes(submission=sent(draft), reason="Falta.", by=cast.marta, at=at)
    assert client.get(address(draft)).status_code == 404


def test_an_earlier_decision_stays_on_record(client: Client, cast: Cast, review: Review) -> None:
    """After something was changed and sent again, until that is decided."""
    assessment = review.submission.assessment
    Assessment.objects.update(state="reopened")
    assessment.refresh_from_db()
    sent(assessment)
    sign_in(client, cast.ana)
    assert review.submission.digest in record(client, assessment).replace(" ", "")


def test_it_carries_the_answer_and_what_came_of_a_contest(client: Client, cast: Cast, review: Review) -> None:
    """Reason, and both ratings with who said so; what each of the two decided."""
    response = contest(review, "CEXP.4.1")
    sign_in(client, cast.ana)
    assert "It is not decided yet" in record(client, review.submission.assessment)
    decided(response, by=cast.elena, hr=cast.helena)
    text = record(client, review.submission.assessment)
    assert "Contested: Fiz isso" in text
    assert "Marta, 20 Nov 2026: knowledge (a conversation). Vi só uma parte." in text
    assert "Elena, 21 Nov 2026: full responsibility (the evidence). Vi as campanhas." in text
    assert "full responsibility full responsibility full responsibility the evidence" in text
    assert re.search(r"Marta decided on .*Level: 3\..*contested.*Elena decided on .*Level: 3\.", text)
    assert "Decided by Elena Decided on 21 Nov 2026" in text
    assert "Ouvi as duas." in text


def decided(response: Response, *, by: User, hr: User) -> None:
    """Given to somebody by HR, rated at the top and decided."""
    assign_second_reviewer(response=response, reviewer=by, by=hr, at=NEXT_DAY)
    word: dict[str, Any] = {"answer": 3, "comment": "Vi as campanhas.", "basis": "evidence", "version": 0}
    key = response.statements.get().statement_id
    rate_contested(response=response, statement_id=key, **word, by=by, at=NEXT_DAY)
    decide_contest(response=response, reason="Ouvi as duas.", by=by, at=NEXT_DAY)


def test_every_rating_says_what_it_rests_on(client: Client, cast: Cast, review: Review) -> None:
    """Its basis, or that it was accepted as supported; and which evidence had been opened by then."""
    sign_in(client, cast.ana)
    text = record(client, review.submission.assessment)
    rows = review.ratings.filter(rating__isnull=False).count()
    assert text.count("accepted as supported") == rows - 1
    assert text.count("a conversation") == 1


def test_it_says_what_had_been_opened(client: Client, cast: Cast, review: Review) -> None:
    """Of the items with a link or a file; nothing where there was nothing to open."""
    (item,) = links(review.submission, "CEXP.4.5")
    sign_in(client, cast.ana)
    assert record(client, review.submission.assessment).count("Evidence opened before rating: 0 of 1.") == 8
    review.ratings.filter(statement__code="CEXP.4.5").update(opened=[item["id"]])
    text = record(client, review.submission.assessment)
    assert f"Evidence opened before rating: 1 of 1 ({item['title']})." in text


def test_long_words_break_and_long_texts_take_the_width(client: Client, cast: Cast, review: Review) -> None:
    """What has no space does not leave the page; 2,000 characters are no page of a narrow column."""
    review.ratings.filter(statement__code="CEXP.4.1").update(comment="ж" * 300)
    review.ratings.filter(statement__code="CEXP.4.2").update(comment="palavra " * 250)
    contest(review, "CEXP.4.3")
    review.response.statements.update(reason="w" * 300)
    Response.objects.update(note="o" * 300)
    sign_in(client, cast.ana)
    pages = PdfReader(io.BytesIO(client.get(address(review.submission.assessment)).content)).pages
    lines = [line for page in pages for line in page.extract_text().splitlines()]
    for letter in "жwo":
        assert max(line.count(letter) for line in lines if letter * 8 in line) < 140
    wide = max(line.count("palavra") for line in lines)
    assert wide > 10


def test_names_stand_before_their_values_in_portuguese(client: Client, cast: Cast, review: Review) -> None:
    """For who has the text read aloud."""
    sign_in(client, cast.ana, "pt-br")
    text = record(client, review.submission.assessment)
    assert re.search(r"Pessoa Ana .*Nível-alvo 4 .*Marta", text)
