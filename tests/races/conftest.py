from collections.abc import Iterator

import pytest
import time_machine

from assessments.models import Cycle
from skills.models import Skill
from tests.cast import Cast
from tests.races.arena import LATER, Arena, two_threads


@pytest.fixture
def arena(transactional_db: None, cast: Cast, cycle: Cycle, cexp: Skill) -> Iterator[Arena]:
    """Marta's team, with real transactions."""
    team = cast.marta.memberships.get().team
    with two_threads() as threads:
        yield Arena(team=team, manager=cast.marta, skill=cexp, threads=threads)


@pytest.fixture
def an_hour_later() -> Iterator[None]:
    """When the pages are asked; it goes on from there."""
    with time_machine.travel(LATER, tick=True):
        yield
