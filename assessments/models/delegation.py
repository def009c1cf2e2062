"""Who reviews for a manager who is away."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import User


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def on(self, day: dt.date) -> Self:
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Delegation(models.Model):
    """Another manager reviews what waits for this one, on these days; both ends included."""

    manager = models.ForeignKey(User, models.CASCADE, related_name="delegations")
    delegate = models.ForeignKey(
        User, models.CASCADE, related_name="delegated_to_them", verbose_name=_("who reviews meanwhile")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    created_at = models.DateTimeField()

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
        ]

    def __str__(self) -> str:
        return f"{self.manager} → {self.delegate}"
