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
from functools import partial
from itertools import count
from types import ModuleType
from typing import TypeVar

import pytest
from django.db import connection
from django.db.models import Model

from assessments.actions.accept import accept_the_rest
from assessments.actions.assess import start_assessment
from assessments.actions.cycles import CycleStateError
from assessments.actions.errors import ActionError
from assessments.actions.send import submit
from assessments.models import Assessment, StatementRating, Submission
from people.models import Membership, Team, User
from skills.models import Skill
from tests.cast import NOON, TODAY

ROUNDS = int(os.environ.get("RACE_ROUNDS", "50"))
LATER = NOON + dt.timedelta(hours=1)

Act = Callable[[], object]
Found = TypeVar("Found")
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
        person = User(email=f"racer{number}@example.org", name=f"Racer {number}", password="!", language="en")
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

    def accepted(self) -> Submission:
        """Sent, and all of it accepted by the manager: ready to be decided on."""
        sent = self.sent()
        accept_the_rest(submission=sent, by=self.manager, at=LATER)
        return sent

    def race(self, *acts: Act) -> list[str]:
        """What became of each: "won", or the name of our error; any other is raised."""
        return self.together(*(partial(_name_of, act) for act in acts))

    def together(self, *acts: Callable[[], Found]) -> list[Found]:
        """What each gives that all begin at the same moment."""
        start = threading.Barrier(len(acts))
        futures = [self.threads.submit(_run, act, start) for act in acts]
        return [future.result(timeout=30) for future in futures]


def _run(act: Callable[[], Found], start: threading.Barrier) -> Found:
    start.wait(10)
    return act()


def _name_of(act: Act) -> str:
    try:
        act()
    except (ActionError, CycleStateError) as error:
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


def unlocked(assessment: Assessment) -> Assessment:
    """The row as it is, held by nobody."""
    return Assessment.objects.for_page().get(pk=assessment.pk)


@contextmanager
def without_locks(*modules: ModuleType) -> Iterator[None]:
    """The actions of these modules read the assessment without holding it, and meet once they have read."""
    with meeting() as meet, pytest.MonkeyPatch.context() as patch:

        def read(assessment: Assessment) -> Assessment:
            found = unlocked(assessment)
            meet()
            return found

        for module in modules:
            patch.setattr(module, "locked_assessment", read)
        yield


@contextmanager
def without_trigger(model: type[Model], name: str) -> Iterator[None]:
    """The database does not look, for everybody, until this ends."""
    trigger = next(one for one in model._meta.triggers if one.name == name)
    switch = f"ALTER TABLE {model._meta.db_table} {{}} TRIGGER {trigger.get_pgid(model)}"
    with connection.cursor() as cursor:
        cursor.execute(switch.format("DISABLE"))
        try:
            yield
        finally:
            cursor.execute(switch.format("ENABLE"))


def one_wins(found: list[str], *losers: str) -> bool:
    """Exactly one won and the other was refused by a name that we know."""
    return found.count("won") == 1 and all(name in {"won", *losers} for name in found)


def first_rating(assessment: Assessment) -> StatementRating:
    return assessment.ratings.order_by("statement__code").first() or StatementRating()


@contextmanager
def meeting(*, timeout: float = 5) -> Iterator[Callable[[], None]]:
    """A point that both threads reach before either goes on: shows what happens without a guard.

    They meet once. Where only one gets there, it goes on alone after ``timeout`` seconds.
    """
    barrier, own = threading.Barrier(2), threading.local()

    def meet() -> None:
        if hasattr(own, "has_met"):
            return
        own.has_met = True
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout)

    yield meet
