"""A level that is contested says so wherever it stands."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, Cycle, Review
from skills.models import Skill
from tests.assessments.contest_cases import answer_address, contest, validated
from tests.assessments.exports_cases import asked, book, rows
from tests.assessments.review_cases import address, read, sign_in
from tests.assessments.team_cases import row, see
from tests.assessments.test_report_files import pdf_text
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("next_day")


@pytest.fixture
def review(draft: Assessment, cast: Cast) -> Review:
    return validated(draft, cast)


def own_pages(client: Client, assessment: Assessment) -> dict[str, str]:
    """What Ana reads, by page."""
    report = reverse("assessments:report", args=[assessment.pk])
    record = reverse("assessments:decision_record", args=[assessment.pk])
    level = reverse("assessments:level", args=[assessment.pk, 4])
    pages = {"home": "/", "list": "/assessments/", "report": report, "level": level}
    texts = {name: read(client.get(at).content) for name, at in pages.items()}
    files = {"pdf": reverse("assessments:report_file", kwargs={"pk": assessment.pk, "suffix": "pdf"})}
    papers = {**files, "record": record}
    return texts | {name: pdf_text(client.get(at).content) for name, at in papers.items()}


def test_own_pages_and_papers_say_it(client: Client, cast: Cast, review: Review) -> None:
    """Home, list, level, gap report, its PDF and the decision record; before the contest none does."""
    assessment = review.submission.assessment
    sign_in(client, cast.ana)
    assert not [name for name, text in own_pages(client, assessment).items() if "contested" in text]
    contest(review, "CEXP.4.1")
    assert not [name for name, text in own_pages(client, assessment).items() if "contested" not in text]


def test_they_lead_to_the_answer(client: Client, cast: Cast, review: Review) -> None:
    assessment = review.submission.assessment
    sign_in(client, cast.ana)
    for at in ("/", "/assessments/", reverse("assessments:report", args=[assessment.pk])):
        assert answer_address(assessment).encode() in client.get(at).content
    sign_in(client, cast.marta)
    content = client.get(reverse("assessments:report", args=[assessment.pk])).content
    assert answer_address(assessment).encode() not in content


def test_the_managers_pages_say_it(client: Client, cast: Cast, review: Review) -> None:
    """The team's levels, what was decided lately, and the decision."""
    level_before = row(see(client, cast.marta), "Ana")[-3]
    assert level_before == "3"
    contest(review, "CEXP.4.1")
    assert row(see(client, cast.marta), "Ana")[-3] == "3 contested"
    assert "validated: level 3 contested" in read(client.get("/reviews/").content).replace("✓\xa0", "")
    assert "A second reviewer decides on it" in read(client.get(address(review.submission)).content)


@pytest.mark.parametrize("kind", ["levels", "statements"])
def test_exports_carry_it(
    client: Client, cast: Cast, cycle: Cycle, cexp: Skill, review: Review, kind: str
) -> None:
    """CSV: true or false where a level is validated, else empty. XLSX: in words."""
    at = f"/reports/{kind}/"
    sign_in(client, cast.helena)
    found = {line["person_name"]: line["contested"] for line in rows(client.post(at, asked(cycle, cexp)))}
    assert (found["Ana"], found["Bruno"]) == ("false", "")
    contest(review, "CEXP.4.1")
    found = {line["person_name"]: line["contested"] for line in rows(client.post(at, asked(cycle, cexp)))}
    assert (found["Ana"], found["Bruno"]) == ("true", "")
    sheet = book(client.post(at, asked(cycle, cexp, file_format="xlsx"))).worksheets[0]
    assert any("contested" in line for line in sheet.iter_rows(values_only=True))


def test_the_report_for_machines_carries_it(client: Client, cast: Cast, review: Review) -> None:
    assessment = review.submission.assessment
    at = reverse("assessments:report_file", kwargs={"pk": assessment.pk, "suffix": "csv"})
    sign_in(client, cast.ana)
    assert {line["contested"] for line in rows(client.get(at))} == {"false"}
    contest(review, "CEXP.4.1")
    assert {line["contested"] for line in rows(client.get(at))} == {"true"}
