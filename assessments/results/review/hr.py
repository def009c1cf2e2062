"""What HR does about reviews: who has none, what is overdue, what can be reopened. Status only."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.db.models import QuerySet

from assessments.models import Assessment, Cycle, Delegation
from assessments.results.holder import Holder
from assessments.results.review.delegations import all_delegations, meanwhile
from people.clock import day_of

# Of each list; what is left off is counted.
SHOWN: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """The first rows of a list, and how many there are in all."""

    rows: tuple[Assessment, ...]
    total: int
    # Who reviews for who is away, by the assessment's id.
    meanwhile: Mapping[int, Holder] = field(default_factory=dict)

    @property
    def left_off(self) -> int:
        return self.total - len(self.rows)

    @property
    def with_holders(self) -> tuple[tuple[Assessment, Holder], ...]:
        return tuple((row, self.meanwhile.get(row.pk, Holder())) for row in self.rows)


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
    # Who reviews for whom; with each whether it is in force.
    delegations: tuple[tuple[Delegation, bool], ...]


def hr_page(*, typed: str, now: dt.datetime) -> HrPage:
    """``typed`` is a part of a name or e-mail; without it the last closed ones are found.

    Seven queries, two more while somebody is away.
    """
    waiting = Assessment.objects.with_reviewer().in_company().oldest_first()
    overdue = Assessment.objects.overdue(now)
    delegations, on = all_delegations(on=day_of(now)), day_of(now)
    assigned, late = _listed(waiting.assigned()), _listed(overdue.in_company().oldest_first())
    away = meanwhile((*assigned.rows, *late.rows), delegations, on=on)
    return HrPage(
        unassigned=_listed(waiting.with_nobody_to_review(on)),
        assigned=replace(assigned, meanwhile=away),
        overdue=replace(late, meanwhile=away),
        cycles=_by_cycle(overdue),
        found=_listed(Assessment.objects.reopenable().of_person(typed).in_company().last_closed_first()),
        typed=typed,
        delegations=tuple((one, one.starts_on <= on) for one in delegations),
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
