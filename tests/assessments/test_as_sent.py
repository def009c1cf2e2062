"""A submission shown as it was sent: what the digest covers, whatever became of it since."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from assessments.actions.evidence import edit_evidence
from assessments.models import Assessment, Submission
from assessments.results.frozen import digest_of
from skills.catalogue import definition
from tests.assessments.file_cases import PDF, attach
from tests.assessments.report_cases import STALE_END, sent, worked_example
from tests.assessments.review_cases import read, sign_in
from tests.cast import NOON, TODAY, Cast, evidence, link


@pytest.fixture
def submission(draft: Assessment, cast: Cast) -> Submission:
    """Ana's worked example, with an item that has dates, a file and another language."""
    worked_example(draft)
    item = evidence(
        cast.ana,
        title="Карта пути",
        language="ru",
        started_on=dt.date(2025, 3, 1),
        ended_on=dt.date(2025, 5, 31),
    )
    attach(item, "mapa.pdf", PDF)
    link(draft, "CEXP.4.5", item)
    return sent(draft)


def shown(client: Client, person: object, submission: Submission, language: str = "en") -> str:
    sign_in(client, person, language)
    address = reverse("assessments:sent", args=[submission.assessment_id, submission.number])
    return client.get(address).content.decode()


def stored(submission: Submission) -> dict[str, Any]:
    submission.refresh_from_db()
    document: dict[str, Any] = submission.document
    assert digest_of(document) == submission.digest
    return document


def test_all_that_the_digest_covers_is_on_the_page(
    client: Client, cast: Cast, submission: Submission
) -> None:
    """Every text, link, file name and hash of the evidence, and the statements, also after all is changed."""
    document = stored(submission)
    for item in cast.ana.evidence.all():
        edit_evidence(
            evidence=item,
            fields={"title": "Outra", "action": "x", "result": "y", "url": "", "ended_on": TODAY},
            version=item.version,
            by=cast.ana,
            at=NOON,
            on=TODAY,
        )
    page = shown(client, cast.ana, submission, "pt-br")
    answered = [row for row in document["statements"] if row["answer"] is not None]
    assert len(answered) == 11
    for row in answered:
        assert escape(row["text"]) in page
        for item in row["evidence"]:
            for name in ("title", "situation", "action", "result", "url"):
                assert escape(item[name]) in page
            for file in item["files"]:
                assert file["sha256"] in page
                assert file["name"] in page
    assert submission.digest in page


def test_it_says_when_in_which_language_and_of_what_size(
    client: Client, cast: Cast, submission: Submission
) -> None:
    text = read(shown(client, cast.ana, submission).encode())
    assert "1 Mar 2025 – 31 May 2025" in text
    assert f"until {STALE_END:%-d %b %Y}" in text
    assert "language Russian" in text
    assert f"mapa.pdf {len(PDF)} bytes" in text


def test_it_shows_the_policy_and_where_a_claim_has_no_evidence(
    client: Client, cast: Cast, submission: Submission
) -> None:
    """Once: 4.3 alone claims something without any."""
    text = read(shown(client, cast.ana, submission).encode())
    assert "16 of 18 points are needed for level 4" in text
    assert "Evidence is current for 36 months after its end." in text
    assert "Day of scoring: 20 November 2026" in text
    assert text.count("no evidence") == 1


@pytest.mark.parametrize(("language", "code"), [("pt-br", "pt"), ("ru", "ru")])
def test_the_statements_are_those_of_the_document_in_the_readers_language(
    client: Client, cast: Cast, submission: Submission, language: str, code: str
) -> None:
    """Not the catalogue's, where the two differ."""
    document = stored(submission)
    row = row_of(document, "CEXP.4.1")
    assert set(row["texts"]) >= {"pt", "ru"}
    row["texts"][code] = "O texto de então."
    assert "O texto de então." in shown(client, cast.ana, again(submission, document), language)


def test_an_older_document_has_the_text_that_was_read(
    client: Client, cast: Cast, submission: Submission
) -> None:
    """In its one language; the catalogue gives the others."""
    document = stored(submission)
    for row in document["statements"]:
        del row["texts"]
    row_of(document, "CEXP.4.1")["text"] = "O texto de então."
    older = again(submission, document)
    skill = submission.assessment.skill
    russian = definition(skill.pk, skill.framework.version, "ru", "ru").level(4).statements[0].text
    assert "O texto de então." in shown(client, cast.ana, older, "pt-br")
    assert escape(russian) in shown(client, cast.ana, older, "ru")


def test_what_was_sent_is_found_equal_when_it_is_computed_again(submission: Submission) -> None:
    call_command("recompute")


def row_of(document: dict[str, Any], code: str) -> dict[str, Any]:
    return next(row for row in document["statements"] if row["code"] == code)


def again(submission: Submission, document: dict[str, Any]) -> Submission:
    """Another submission of the same assessment, with this document."""
    return Submission.objects.create(
        assessment=submission.assessment,
        number=2,
        sent_at=NOON,
        document=document,
        digest=digest_of(document),
        result=submission.result,
    )
