"""What tests of assessments share: moments to stand at, who is signed in, what was sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from assessments.models import Assessment, Cycle, Evidence, Submission
from people.models import Team, User
from skills.models import Skill
from tests.assessments.contest_cases import NEXT_DAY
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import LATER, address, page, sign_in
from tests.cast import NOON, Cast, evidence, person
from tests.htmx import Page


@pytest.fixture
def noon() -> Iterator[None]:
    """The moment at which the cast's assessments were begun."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def an_hour_later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def next_day() -> Iterator[None]:
    with time_machine.travel(NEXT_DAY, tick=False):
        yield


@pytest.fixture
def over(cycle: Cycle) -> Iterator[dt.datetime]:
    """The day after the reviews should have ended."""
    at = cycle.review_by + dt.timedelta(days=1)
    with time_machine.travel(at, tick=False):
        yield at


@pytest.fixture
def indicators(cexp: Skill) -> None:
    """What the matching learns the statements from."""
    call_command("loaddata", "cexp_indicators", verbosity=0)


@pytest.fixture
def ana(client: Client, cast: Cast) -> Client:
    """A client in which Ana is signed in, reading English."""
    sign_in(client, cast.ana)
    return client


@pytest.fixture
def hr(client: Client, cast: Cast) -> Client:
    """A client in which Helena of HR is signed in."""
    client.force_login(cast.helena)
    return client


@pytest.fixture
def diana(cast: Cast) -> User:
    """Leads the whole company: the next manager up above Marta."""
    found = person("Diana", language="en")
    Team.objects.filter(name="Araçari").update(manager=found)
    return found


@pytest.fixture
def item(cast: Cast) -> Evidence:
    """One piece of Ana's work."""
    return evidence(cast.ana)


@pytest.fixture
def submission(draft: Assessment) -> Submission:
    """Ana's worked example, sent: level 3 supported, target 4."""
    worked_example(draft)
    return sent(draft)


@pytest.fixture
def open_page(client: Client, cast: Cast, submission: Submission) -> Page:
    """The review of what Ana sent, as Marta has it before her."""
    sign_in(client, cast.marta)
    return page(client.get(address(submission)).content)
