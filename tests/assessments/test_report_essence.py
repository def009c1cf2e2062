"""What the reviewer said of the essence, in the gap report: beside the level, and in no number."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from assessments.actions.beside import answer_essence
from assessments.models import Assessment, Submission
from assessments.results.review.essence import mark_of
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import LATER, read, sign_in, validated
from tests.cast import Cast

SHORT = "essence of level 3 describes the person: Partly (not counted)"
COMMENT = "About the essence of level 3: Com <b>apoio</b> ainda."


@pytest.fixture
def submission(draft: Assessment, cast: Cast) -> Submission:
    """Ana's worked example, sent, and Marta's answer about the essence of level 3."""
    worked_example(draft)
    found = sent(draft)
    answer_essence(
        submission=found,
        answer="partly",
        comment="Com <b>apoio</b> ainda.",
        level=3,
        mark=mark_of("", ""),
        by=cast.marta,
        at=LATER,
    )
    return found


def words(client: Client, submission: Submission, suffix: str) -> str:
    """All that a file of the report says."""
    at = reverse("assessments:report_file", kwargs={"pk": submission.assessment_id, "suffix": suffix})
    content = io.BytesIO(client.get(at).content)
    if suffix == "xlsx":
        rows = load_workbook(content)["Summary"].iter_rows(values_only=True)
        return " ".join(str(cell) for row in rows for cell in row)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(content).pages).split())


@pytest.mark.parametrize("name", ["ana", "marta"])
def test_it_stands_beside_the_validated_level_on_the_page_and_in_files(
    client: Client, cast: Cast, submission: Submission, name: str
) -> None:
    """With what was written about it, as it was written."""
    validated(submission=submission, by=cast.marta)
    sign_in(client, getattr(cast, name))
    page = client.get(reverse("assessments:report", args=[submission.assessment_id])).content
    assert "<b>apoio" not in page.decode()
    for said in (read(page), words(client, submission, "pdf"), words(client, submission, "xlsx")):
        assert SHORT in said
        assert COMMENT.replace("<b>", "").replace("</b>", "") in said.replace("<b>", "").replace("</b>", "")


def test_before_the_decision_nobody_reads_it(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.ana)
    said = client.get(reverse("assessments:report", args=[submission.assessment_id])).content
    assert "essence of level 3 describes" not in read(said)
