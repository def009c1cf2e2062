"""What happened, kept for good; and the answers already given to forms."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment, State
from assessments.models.checks import append_only
from people.models import User

if TYPE_CHECKING:
    from assessments.models.submission import Submission


class Transition(models.Model):
    """One change of an assessment's state, by whom and when."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="transitions")
    from_state = models.CharField(max_length=12, choices=State, blank=True, default="")
    to_state = models.CharField(max_length=12, choices=State)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["at", "id"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class AccessKind(models.TextChoices):
    SUBMISSION = "submission", _("submission opened")
    REPORT = "report", _("gap report opened")
    REPORT_FILE = "report_file", _("gap report downloaded")
    DECISION_RECORD = "decision_record", _("decision record downloaded")
    CONTEST = "contest", _("submission opened to decide on what is contested")
    EVIDENCE = "evidence", _("evidence opened")
    CONFIRMED = "confirmed", _("evidence confirmed")
    UNCONFIRMED = "unconfirmed", _("confirmation taken back")
    EXPORT_LEVELS = "export_levels", _("levels exported")
    EXPORT_STATEMENTS = "export_statements", _("statements exported")


EXPORTS = (AccessKind.EXPORT_LEVELS, AccessKind.EXPORT_STATEMENTS)


class AccessEntryQuerySet(models.QuerySet["AccessEntry"]):
    def openings_of(self, submission: Submission, *, kind: AccessKind, by: User) -> Self:
        """Each time that somebody had it before them: to review it, or to decide on what is contested."""
        person = submission.assessment.employee_id
        return self.filter(kind=kind, object_id=submission.pk, person_id=person, by=by)

    def evidence_opened(self, *, by: User, person_id: int, since: dt.datetime) -> set[int]:
        """Ids of the person's evidence items of which a link or a file was opened."""
        rows = self.filter(by=by, person_id=person_id, kind=AccessKind.EVIDENCE, at__gte=since)
        return {found for found in rows.values_list("object_id", flat=True) if found is not None}


class AccessEntry(models.Model):
    """Who opened whose data or exported the company's, when, and why."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=AccessKind)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    object_id = models.BigIntegerField(null=True)
    reason = models.TextField(max_length=500, blank=True, default="")
    details = models.JSONField(default=dict)

    objects = AccessEntryQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        # Few among the many openings, and listed latest first.
        indexes = [
            models.Index(
                fields=["-at", "-id"], condition=Q(kind__in=EXPORTS), name="access_entry_of_exports"
            ),
            models.Index(fields=["person", "-at"], name="access_entry_of_person"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.by} · {self.kind}"


class FormReceipt(models.Model):
    """The answer that a form's token was given: a repeated request gets it again and does nothing twice."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token = models.UUIDField()
    location = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="form_answered_once")]

    def __str__(self) -> str:
        return str(self.token)
