"""What was sent to review, kept as it was sent."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import SENT, WITH_REVIEWER, Assessment, State
from assessments.models.checks import append_only, rated_or_not_applicable
from assessments.models.routing import delegated, in_charge
from people.models import User
from skills.models import Statement


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def readable_by(self, reader: User, on: dt.date) -> Self:
        """Of another person: what waits for a decision, and what has one; a validated one for good.

        A delegate reads exactly what waits for who is away, and what they decided on themselves.
        """
        is_latest = Q(pk=F("assessment__latest_submission"))
        waits = is_latest & Q(assessment__state__in=WITH_REVIEWER)
        decided = Q(review__decided_at__isnull=False, assessment__state__in=SENT)
        led = in_charge(reader, on, "assessment__")
        meanwhile = delegated(reader, on, "assessment__")
        return self.filter(
            (led & (waits | decided | Q(review__decision=State.VALIDATED))) | (meanwhile & is_latest)
        )

    def taken_back_from(self, reader: User, on: dt.date) -> Self:
        """What the reader could have reviewed, had the employee not taken it back, or sent another since."""
        is_gone = Q(assessment__state=State.WITHDRAWN) | ~Q(pk=F("assessment__latest_submission"))
        return self.filter(is_gone, in_charge(reader, on, "assessment__"))

    def closed(self) -> Self:
        """What HR closed as not reviewed, while it waited for a decision."""
        is_latest = Q(pk=F("assessment__latest_submission"))
        return self.filter(is_latest, assessment__state=State.NOT_REVIEWED)

    def of_charges(self, reader: User, on: dt.date) -> Self:
        """Of those below the reader, or given to them by HR; whatever became of it."""
        return self.filter(in_charge(reader, on, "assessment__"))


class Submission(models.Model):
    """A frozen copy of an assessment: texts, ratings, evidence and policy, with the result they gave.

    ``document`` is what results/frozen.py reads back; ``digest`` is the SHA-256 of its canonical JSON in hex.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    result = models.JSONField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="submission_numbered_once")
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.assessment} · {self.number}"


class SubmittedRating(models.Model):
    """One statement of a submission in columns, for exports over the whole company."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="ratings")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    claim = models.PositiveSmallIntegerField(null=True)
    not_applicable = models.BooleanField(default=False)
    supported = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "statement"], name="submitted_rating_once"),
            models.CheckConstraint(
                condition=rated_or_not_applicable("claim"), name="submitted_rating_0_to_3"
            ),
            models.CheckConstraint(condition=Q(supported__lte=3), name="submitted_support_0_to_3"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.submission} · {self.statement}"
