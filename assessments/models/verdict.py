"""What a reviewer says of one link between an evidence item and a statement."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.review import Review
from skills.models import Statement


class Verdict(models.TextChoices):
    SHOWS = "shows", _("shows it")
    DOES_NOT_SHOW = "does_not_show", _("does not show it")
    NOT_OPENED = "not_opened", _("could not be opened")


class LinkVerdict(models.Model):
    """On a link as it was sent: ``link_id`` and ``evidence_id`` are those of the submission's document."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="verdicts")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    link_id = models.BigIntegerField()
    evidence_id = models.BigIntegerField()
    verdict = models.CharField(max_length=14, choices=Verdict)
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "link_id"], name="verdict_once_a_link"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.DOES_NOT_SHOW) | ~Q(reason=""),
                name="verdict_against_has_a_reason",
                violation_error_message=_("Say why this evidence does not show it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} · {self.link_id} · {self.verdict}"
