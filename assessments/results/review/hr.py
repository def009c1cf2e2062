"""What HR does about reviews: who has none, what is overdue, what can be reopened. Status only."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from assessments.models import Assessment, Cycle
from people.clock import day_of

# Of each list; what is left off is counted.
SHOWN: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """The first rows of a list, and how many there are in all."""

    rows: tuple[Assessment, ...]
    total: int

    @property
    def left_off(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Overdue:
    cycle: Cycle
    total: int


@dataclass(frozen=True, kw_only=True)
class HrPage:
    unassigned: Listed
    assigned: Listed
    overdue: Listed
    # One for each cycle in which anything is overdue, newest first.
    cycles: tuple[Overdue, ...]
    found: Listed
    typed: str


def hr_page(*, typed: str, now: dt.datetime) -> HrPage:
    """``typed`` is a part of a name or e-mail; without it the last closed ones are found. Six queries."""
    waiting = Assessment.objects.with_reviewer().in_company().oldest_first()
    overdue = Assessment.objects.overdue(now)
    return HrPage(
        unassigned=_listed(waiting.with_nobody_to_review(day_of(now))),
        assigned=_listed(waiting.assigned()),
        overdue=_listed(overdue.in_company().oldest_first()),
        cycles=_by_cycle(overdue),
        found=_listed(Assessment.objects.reopenable().of_person(typed).in_company().last_closed_first()),
        typed=typed,
    )


def _listed(found: QuerySet[Assessment]) -> Listed:
    """One query, and one more only where the list is cut."""
    rows = tuple(found[: SHOWN + 1])
    total = len(rows) if len(rows) <= SHOWN else found.count()
    return Listed(rows=rows[:SHOWN], total=total)


def _by_cycle(overdue: QuerySet[Assessment]) -> tuple[Overdue, ...]:
    counted = Counter(overdue.order_by("id").values_list("cycle_id", flat=True))
    cycles = Cycle.objects.filter(pk__in=counted) if counted else Cycle.objects.none()
    return tuple(Overdue(cycle=cycle, total=counted[cycle.pk]) for cycle in cycles)
