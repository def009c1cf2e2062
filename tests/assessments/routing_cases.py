"""What tests of routing share: something sent, and who finds it where."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse

from assessments.actions.delegation import delegate_reviews
from assessments.actions.send import submit
from assessments.models import Assessment, Delegation, Submission
from people.models import User
from skills.models import Skill
from tests.assessments.review_cases import read, sign_in
from tests.cast import NOON, TODAY, answer_level, begin, evidence, link


def send(user: User, skill: Skill, *, days_ago: int = 0) -> Submission:
    """Level 2, held by evidence."""
    assessment = begin(user, skill)
    answer_level(assessment, 2, 3)
    item = evidence(user)
    for position in range(1, 3):
        link(assessment, f"CEXP.2.{position}", item)
    return submit(assessment=assessment, by=user, at=NOON - dt.timedelta(days=days_ago), on=TODAY)


def delegate(manager: User, to: User, *, first: dt.date = TODAY, last: dt.date = TODAY) -> Delegation:
    return delegate_reviews(delegate=to, starts_on=first, ends_on=last, by=manager, at=NOON)


def assign(submission: Submission, reviewer: User | None) -> None:
    Assessment.objects.filter(pk=submission.assessment_id).update(assigned_reviewer=reviewer)


def waiting(reviewer: User, on: dt.date = TODAY) -> set[str]:
    """Whose assessments this person should review."""
    found = Assessment.objects.waiting_for(reviewer, on)
    return set(found.order_by("id").values_list("employee__name", flat=True))


def may_decide(reviewer: User, on: dt.date = TODAY) -> set[str]:
    found = Assessment.objects.reviewable_by(reviewer, on)
    return set(found.order_by("id").values_list("employee__name", flat=True))


def statuses(client: Client, reader: User, submission: Submission) -> tuple[int, int, int]:
    """Of the review's page, the report and its file."""
    client.force_login(reader)
    report = reverse("assessments:report", args=[submission.assessment_id])
    addresses = [reverse("assessments:review", args=[submission.pk]), report, f"{report[:-1]}.csv"]
    first, second, third = (client.get(address).status_code for address in addresses)
    return first, second, third


def queue(client: Client, reviewer: User, *, managers: bool = False) -> str:
    sign_in(client, reviewer)
    response = client.get(reverse("assessments:reviews"), {"managers": ""} if managers else {})
    assert response.status_code == 200
    return read(response.content)
