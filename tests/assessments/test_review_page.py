"""One submission under review, as its manager reads it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.actions.send import withdraw
from assessments.models import AccessEntry, Assessment, Review, Submission
from people.models import Membership, Team
from skills.models import Skill, Statement
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.cast import NOON, Cast, answer, answer_level, begin, evidence, link

LATER = NOON + dt.timedelta(hours=1)
MOST = 8


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def submission(draft: Assessment) -> Submission:
    """Ana's worked example, sent: level 3 supported, target 4."""
    worked_example(draft)
    return sent(draft)


def address(submission: Submission) -> str:
    return reverse("assessments:review", args=[submission.pk])


def words(html: str) -> str:
    """What a reader sees, white space folded."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def opened(client: Client, cast: Cast, submission: Submission) -> str:
    cast.marta.choose_language("en")
    client.force_login(cast.marta)
    response = client.get(address(submission))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_starts_from_what_the_evidence_supports(
    client: Client, cast: Cast, submission: Submission
) -> None:
    """The claim of 4.2 is 2 and its support 1: the rating begins at 1, and the level with it is 3."""
    html = opened(client, cast, submission)
    pk = Statement.objects.get(code="CEXP.4.2").pk
    assert re.search(rf'id="rating-{pk}-1"[^>]* checked', html)
    text = words(html)
    assert "Level 4 ·" in text
    assert "With it: level 3 (target level 4)." in text
    assert "Validate: level 3" in text
