"""Assessment campaigns."""

from __future__ import annotations

import datetime as dt
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.scoring import ScoringPolicy
from people.clock import day_of


class CycleQuerySet(models.QuerySet["Cycle"]):
    def open(self) -> Self:
        """The cycle in which people can assess themselves now: one, or none."""
        return self.filter(opened_at__isnull=False, closed_at=None)

    def latest_opened(self) -> Self:
        return self.filter(opened_at__isnull=False).order_by("-opened_at", "-id")


class Cycle(models.Model):
    """A dated campaign with a stated purpose; purpose and policy are frozen when it opens."""

    name = models.CharField(
        _("name"), max_length=60, unique=True, help_text=_("Short, in no language: 2026.")
    )
    purpose_pt = models.TextField(_("purpose, in Portuguese"), max_length=2000)
    purpose_ru = models.TextField(_("purpose, in Russian"), max_length=2000)
    purpose_en = models.TextField(_("purpose, in English"), max_length=2000)
    submit_by = models.DateTimeField(_("submit by"))
    review_by = models.DateTimeField(_("review by"))
    contest_days = models.PositiveSmallIntegerField(
        _("days to contest"), default=14, help_text=_("How long a validated level can be contested.")
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    policy = models.JSONField(_("policy"), null=True, blank=True, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["-submit_by", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submit_by__lt=F("review_by")),
                name="cycle_submit_before_review",
                violation_error_message=_(
                    "Reviews end after submissions: choose a later day for “review by”."
                ),
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, policy=None, closed_at=None)
                | Q(opened_at__isnull=False, policy__isnull=False),
                name="cycle_open_with_a_policy",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="cycle_closes_after_it_opens",
            ),
            models.UniqueConstraint(
                models.Value(True),
                condition=Q(opened_at__isnull=False, closed_at=None),
                name="cycle_one_open_at_a_time",
                violation_error_message=_("Another cycle is open: close it first."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="frozen_when_open",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__opened_at__isnull=False)
                & (
                    pgtrigger.Q(old__opened_at__df=pgtrigger.F("new__opened_at"))
                    | pgtrigger.Q(old__policy__df=pgtrigger.F("new__policy"))
                    | pgtrigger.Q(old__contest_days__df=pgtrigger.F("new__contest_days"))
                    | pgtrigger.Q(old__purpose_pt__df=pgtrigger.F("new__purpose_pt"))
                    | pgtrigger.Q(old__purpose_ru__df=pgtrigger.F("new__purpose_ru"))
                    | pgtrigger.Q(old__purpose_en__df=pgtrigger.F("new__purpose_en"))
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def purpose(self) -> str:
        """The purpose in the reader's language."""
        language = (get_language() or "en")[:2]
        return {"pt": self.purpose_pt, "ru": self.purpose_ru}.get(language, self.purpose_en)

    @property
    def scoring_policy(self) -> ScoringPolicy:
        """The policy copied when it opened; before that, the default one."""
        return ScoringPolicy.from_json(self.policy) if self.policy else ScoringPolicy()

    @property
    def in_force_since(self) -> dt.date | None:
        """The organisation's day on which it opened and its policy was frozen."""
        return day_of(self.opened_at) if self.opened_at else None
