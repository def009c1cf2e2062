"""Which part of the site the navigation shows on pages that both sides read."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, Submission
from people.models import User
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import sign_in, statement_id
from tests.cast import Cast
from tests.htmx import parse


@pytest.fixture
def submission(draft: Assessment) -> Submission:
    worked_example(draft)
    return sent(draft)


def section(client: Client, person: User, at: str) -> str:
    sign_in(client, person)
    found = [one for one in parse(client.get(at).content) if one.attributes.get("aria-current") == "page"]
    return found[0].attributes["href"]


@pytest.mark.parametrize("name", ["history", "report", "compare", "thread"])
def test_somebody_elses_assessment_is_part_of_the_reviews(
    client: Client, cast: Cast, submission: Submission, name: str
) -> None:
    """One's own is part of one's self-assessment."""
    about = [statement_id("CEXP.4.1")] if name == "thread" else []
    at = reverse(f"assessments:{name}", args=[submission.assessment_id, *about])
    assert section(client, cast.ana, at) == reverse("assessments:list")
    assert section(client, cast.marta, at) == reverse("assessments:reviews")
