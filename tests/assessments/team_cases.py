"""Looking at the team's page, and reading it."""

from __future__ import annotations

import re

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions.send import submit
from assessments.models import Submission
from people.models import User
from skills.models import Skill
from tests.assessments.review_cases import page, sign_in
from tests.cast import NOON, TODAY, answer_level, begin, evidence, link

TEAM = "/team/"


def see(client: Client, manager: User, **chosen: object) -> HttpResponse:
    sign_in(client, manager)
    response = client.get(TEAM, chosen)
    assert response.status_code == 200
    return response


def row(response: HttpResponse, name: str) -> list[str]:
    """What stands in a person's row, cell by cell; the name's own cell is left out."""
    for found in re.findall(r"<tr>.*?</tr>", response.content.decode()):
        if f"<bdi>{name}</bdi>" in found:
            cells = re.findall(r"<td.*?</td>", found)
            return [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in cells]
    raise AssertionError(f"{name} has no row.")


def figures(response: HttpResponse) -> list[str]:
    cards = [
        e for e in page(response.content).root if e.attributes.get("class") == "card" and e.name == "div"
    ]
    return [card.text for card in cards]


def level_2(user: User, skill: Skill, *, target: int = 4) -> Submission:
    """Level 2 held by evidence."""
    assessment = begin(user, skill, target=target)
    answer_level(assessment, 2, 3)
    item = evidence(user)
    for position in (1, 2):
        link(assessment, f"CEXP.2.{position}", item)
    return submit(assessment=assessment, by=user, at=NOON, on=TODAY)


def count(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(TEAM)
    return len(queries)
