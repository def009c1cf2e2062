"""What people write beside the ratings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.checks import append_only
from people.models import User
from skills.models import Statement


class StatementComment(models.Model):
    """One line of the conversation about a statement, between the employee and who reviews it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="comments")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("comment"), max_length=2000)

    class Meta:
        ordering = ["at", "id"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.assessment} · {self.statement}"


class ReusableComment(models.Model):
    """A reviewer's own wording, kept to be used again."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="reusable_comments")
    text = models.TextField(_("comment"), max_length=2000)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "text"],
                name="reusable_comment_once",
                violation_error_message=_("You have kept this comment already."),
            )
        ]

    def __str__(self) -> str:
        return self.text
