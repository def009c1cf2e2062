"""Who reads what a person sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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
    nearest, chosen = holders_of(employee, [assessment] if assessment else [], on=on)
    return next(iter(chosen.values()), nearest)


def holders_of(
    employee: User, assessments: Iterable[Assessment], *, on: dt.date
) -> tuple[Holder, dict[int, Holder]]:
    """The nearest manager; and by the assessment's id, whom HR chose and who is still there. One query."""
    given = {row.pk: row.assigned_reviewer_id for row in assessments if row.assigned_reviewer_id}
    near = User.objects.nearest_manager_of(employee, on).values("pk")
    found = User.objects.active().filter(Q(pk__in=given.values()) | Q(pk__in=near))
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
        .annotate(is_nearest=Q(pk__in=near))
        .order_by("id")
        .values_list("pk", "name", "delegate", "until", "is_nearest")
    )
    by_id, nearest = dict[int, Holder](), Holder()
    for pk, name, delegate, until, is_nearest in rows:
        by_id[pk] = Holder(name=name, delegate=delegate or "", until=until)
        nearest = by_id[pk] if is_nearest else nearest
    return nearest, {key: by_id[pk] for key, pk in given.items() if pk in by_id}
