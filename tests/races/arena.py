"""Two requests at the same moment, over and over: who won, and what the other was told.

A round has people and an assessment of its own, so that nothing of the round before is in its way. Rounds:
50, or as many as ``RACE_ROUNDS`` says (``make races`` runs 2,000).
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count

from django.db import connection

from assessments.actions.assess import start_assessment
from assessments.actions.errors import ActionError
from assessments.actions.send import submit
from assessments.models import Assessment, StatementRating, Submission
from people.models import Membership, Team, User
from skills.models import Skill
from tests.cast import NOON, TODAY

ROUNDS = int(os.environ.get("RACE_ROUNDS", "50"))
LATER = NOON + dt.timedelta(hours=1)

Act = Callable[[], object]
NUMBERS = count()


@dataclass(frozen=True)
class Arena:
    """Who meets whom: a team with its manager, a skill, and two threads that are ready to go."""

    team: Team
    manager: User
    skill: Skill
    threads: ThreadPoolExecutor

    def employee(self) -> User:
        number = next(NUMBERS)
        person = User(email=f"racer{number}@example.org", name=f"Racer {number}", password="!")
        person.save()
        Membership.objects.create(user=person, team=self.team, starts_on=dt.date(2025, 1, 1))
        return person

    def draft(self) -> Assessment:
        """Begun by somebody new, with level 2 rated in full."""
        draft = start_assessment(
            skill=self.skill, target=3, start_level=2, by=self.employee(), at=NOON, on=TODAY
        )
        draft.ratings.filter(statement__skill_level__level__number=2).update(claim=3, version=1)
        return draft

    def sent(self) -> Submission:
        draft = self.draft()
        return submit(assessment=draft, by=draft.employee, at=NOON, on=TODAY)

    def race(self, *acts: Act) -> list[str]:
        """What became of each: "won", or the name of our error; any other is raised."""
        start = threading.Barrier(len(acts))
        futures = [self.threads.submit(_run, act, start) for act in acts]
        return [future.result(timeout=30) for future in futures]


def _run(act: Act, start: threading.Barrier) -> str:
    start.wait(10)
    try:
        act()
    except ActionError as error:
        return type(error).__name__
    return "won"


@contextmanager
def two_threads() -> Iterator[ThreadPoolExecutor]:
    """Each keeps its connection for all rounds, and gives it back at the end."""
    with ThreadPoolExecutor(2) as threads:
        yield threads
        both = threading.Barrier(2)

        def leave() -> None:
            both.wait(10)
            connection.close()

        for future in [threads.submit(leave), threads.submit(leave)]:
            future.result(timeout=30)


def first_rating(assessment: Assessment) -> StatementRating:
    return assessment.ratings.order_by("statement__code").first() or StatementRating()


@contextmanager
def meeting(*, timeout: float = 2) -> Iterator[Callable[[], None]]:
    """A point that both threads reach before either goes on: shows what happens without a guard.

    Where only one gets there, it goes on alone after ``timeout`` seconds.
    """
    barrier = threading.Barrier(2)

    def meet() -> None:
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout)

    yield meet
