"""Who reads what a person sends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from assessments.models import Assessment, Delegation
from people.models import User
from people.querysets import ids_below


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """The reviewer's name, empty where there is nobody; and who reviews for them until a day, if anybody."""

    name: str = ""
    delegate: str = ""
    until: dt.date | None = None


def holder_of(employee: User, *, on: dt.date, assessment: Assessment | None = None) -> Holder:
    """Whom HR chose for the assessment, else the nearest manager. One query."""
    nearest = User.objects.nearest_manager_of(employee, on).values("pk")
    given = assessment.assigned_reviewer_id if assessment else None
    found = User.objects.active().filter(Q(pk=given) | Q(pk__in=nearest))
    # Neither the person nor somebody whom the person leads reviews for who is away.
    meanwhile = (
        Delegation.objects.on(on)
        .filter(manager=OuterRef("pk"), delegate__is_active=True)
        .exclude(delegate=employee)
        .exclude(delegate__in=ids_below(employee, on))
        .soonest_first()
    )
    rows = (
        found.annotate(
            delegate=Subquery(meanwhile.values("delegate__name")[:1]),
            until=Subquery(meanwhile.values("ends_on")[:1]),
        )
        .order_by("id")
        .values_list("pk", "name", "delegate", "until")
    )
    by_id: dict[int | None, Holder] = {
        pk: Holder(name=name, delegate=delegate or "", until=until) for pk, name, delegate, until in rows
    }
    return by_id.get(given) or next(iter(by_id.values()), Holder())
