"""Who reviews for a manager who is away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import User, same_days_of
from people.querysets import ids_below

# Managers for whom somebody reviews on a day: a delegate reviews for those who are still there.
DELEGATING = """
    SELECT delegation.manager_id FROM assessments_delegation delegation
    JOIN people_user away ON away.id = delegation.manager_id AND away.is_active
    WHERE delegation.delegate_id = %s AND delegation.ended_at IS NULL
      AND delegation.starts_on <= %s AND delegation.ends_on >= %s
"""


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def on(self, day: dt.date) -> Self:
        """Those in force; one that was ended early is over at once."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at=None)

    def not_over(self, day: dt.date) -> Self:
        """In force, or to come."""
        return self.filter(ends_on__gte=day, ended_at=None)

    def for_review_of(self, employee: User, managers: Iterable[User], on: dt.date) -> Self:
        """Of these managers, to somebody who may review the employee: not themselves, nor below them."""
        theirs = self.on(on).filter(manager__in=managers, delegate__is_active=True)
        return theirs.exclude(delegate=employee).exclude(delegate_id__in=ids_below(employee, on))

    def soonest_first(self) -> Self:
        return self.order_by("starts_on", "id")


class Delegation(models.Model):
    """Another manager reviews what waits for this one, on these days; both ends included."""

    manager = models.ForeignKey(User, models.CASCADE, related_name="delegations")
    delegate = models.ForeignKey(
        User, models.CASCADE, related_name="delegated_to_them", verbose_name=_("who reviews meanwhile")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegation_ends_after_it_starts",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(manager=F("delegate")),
                name="delegation_to_another",
                violation_error_message=_("Choose another manager."),
            ),
            ExclusionConstraint(
                name="delegation_one_at_a_time",
                expressions=same_days_of("manager"),
                condition=Q(ended_at=None),
                violation_error_message=_("Somebody reviews for you on some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manager} → {self.delegate}"
