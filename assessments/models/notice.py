"""Mail about what happened to an assessment: what is to be sent, and who wants what."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.log import Transition
from people.models import User


class NoticeKind(models.TextChoices):
    SUBMITTED = "submitted", _("An assessment was sent to me for review")
    WITHDRAWN = "withdrawn", _("An assessment that waited for my review was taken back")
    RETURNED = "returned", _("My assessment was returned")
    VALIDATED = "validated", _("My level was validated")
    REOPENED = "reopened", _("My assessment was reopened")
    NOT_REVIEWED = "not_reviewed", _("My assessment was closed without a review")
    CONTESTED = "contested", _("A level that I validated is contested")
    CONTEST_DECIDED = "contest_decided", _("What I contested was decided")
    EVIDENCE_READ = "evidence_read", _("My evidence was read by who decides on what I contested")


class Notice(models.Model):
    """One mail to one person about one transition; sent once it is due, at most once."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=16, choices=NoticeKind)
    transition = models.ForeignKey(Transition, models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # What happened was taken back before it was due, or the recipient wants no such mail.
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "transition"], name="notice_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(dropped_at=None), name="notice_sent_or_dropped"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(sent_at=None, dropped_at=None), name="notice_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient} · {self.kind}"


class MailPreference(models.Model):
    """What a person wants no mail about, and whether once a day is enough; without a row: all, at once."""

    user = models.OneToOneField(User, models.CASCADE, related_name="mail_preference")
    unwanted = models.JSONField(default=list)
    is_daily = models.BooleanField(_("one mail a day"), default=False)
    # The day of the last daily mail, in the organisation's time zone.
    daily_sent_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.user)
