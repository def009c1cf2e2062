"""How what HR closed or reopened is shown, to the employee and the manager."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import hr
from assessments.actions.send import submit, withdraw
from people.models import User
from skills.models import Skill
from tests.assessments.review_cases import LATER, read, sign_in, validated
from tests.assessments.routing_cases import send, statuses
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.usefixtures("an_hour_later")

PAGE = "/organisation/reviews/"


@pytest.mark.usefixtures("cycle")
def test_the_team_keeps_the_last_validated(client: Client, cast: Cast, cexp: Skill) -> None:
    """While it is opened again, sent again, and taken back."""
    sent = send(cast.ana, cexp)
    validated(submission=sent, by=cast.marta, at=LATER)
    hr.reopen(assessment=sent.assessment, reason="Again.", by=cast.helena, at=LATER)
    seen = [team_row(client, cast.marta, "Ana")]
    again = submit(assessment=sent.assessment, by=cast.ana, at=LATER, on=TODAY)
    seen.append(team_row(client, cast.marta, "Ana"))
    withdraw(assessment=again.assessment, by=cast.ana, at=LATER)
    seen.append(team_row(client, cast.marta, "Ana"))
    for text, status in zip(seen, ("reopened", "submitted", "withdrawn"), strict=True):
        assert "100" in text
        assert "provisional" not in text
        assert text.endswith(status)
    assert statuses(client, cast.marta, sent)[0] == 200


def test_not_reviewed_is_a_status_and_never_a_level(
    client: Client, cast: Cast, cexp: Skill, over: dt.datetime
) -> None:
    sent = send(cast.ana, cexp)
    hr.close_as_not_reviewed(assessment=sent.assessment, by=cast.helena, at=over)
    text = team_row(client, cast.marta, "Ana")
    assert text.count("not reviewed") == 2
    assert "100" not in text
    sign_in(client, cast.ana)
    assert "Level, provisional" not in read(client.get(reverse("assessments:list")).content)
    assert "gives no level in this cycle" in read(client.get("/").content)
    level = read(client.get(reverse("assessments:level", args=[sent.assessment_id, 2])).content)
    assert "HR closed it on 16 Dec 2026 as not reviewed" in level
    assert client.get(reverse("assessments:report", args=[sent.assessment_id])).status_code == 200


def test_what_was_not_reviewed_is_reopened(
    client: Client, cast: Cast, cexp: Skill, over: dt.datetime
) -> None:
    """Begun or not; then it is the employee's, with nothing decided to show."""
    sent = send(cast.ana, cexp)
    hr.close_as_not_reviewed(assessment=sent.assessment, by=cast.helena, at=over)
    hr.reopen(assessment=sent.assessment, reason="The reviewer was ill.", by=cast.helena, at=over)
    sign_in(client, cast.ana)
    level = read(client.get(reverse("assessments:level", args=[sent.assessment_id, 2])).content)
    assert "The reviewer was ill. Change what is needed, then send it again." in level
    assert "reopened" in team_row(client, cast.marta, "Ana")
    assert submit(assessment=sent.assessment, by=cast.ana, at=over, on=over.date()).number == 2


def team_row(client: Client, manager: User, name: str) -> str:
    sign_in(client, manager)
    content = client.get(reverse("assessments:team")).content.decode()
    found = next(row for row in content.split("<tr>") if f"<bdi>{name}</bdi>" in row)
    return read(f"<table><tr>{found.split('</tr>')[0]}</tr></table>".encode())
