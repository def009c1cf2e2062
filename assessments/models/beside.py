"""What a reviewer says beside the ratings: kept with the submission, whether or not the review has begun."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.submission import Submission
from people.models import User


class Essence(models.TextChoices):
    """Whether the essence of the level describes how the person works; beside the level, never counted."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class EssenceAnswer(models.Model):
    """Whether the essence of ``level`` describes the person; one answer for whoever decides."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="essence_answer")
    answer = models.CharField(max_length=8, choices=Essence, blank=True, default="")
    # The level that the answer is about.
    level = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", level=None)
                | Q(answer__in=list(Essence), level__isnull=False, level__gte=1, level__lte=7),
                name="essence_of_a_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.answer}"


class PrivateNote(models.Model):
    """A reviewer's own notes on a submission; part of the person's data all the same."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="private_notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("private notes"), max_length=5000, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "author"], name="private_note_once_an_author"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.author}"
