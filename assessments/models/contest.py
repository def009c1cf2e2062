"""What the employee answers to a validated level, and what a second reviewer makes of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.checks import rated_or_not_applicable
from assessments.models.review import Basis, Review
from assessments.scoring import Rating
from people.models import User
from skills.models import Statement


class Answer(models.TextChoices):
    AGREED = "agreed", _("agreed")
    NOTED = "noted", _("agreed, with a note")
    CONTESTED = "contested", _("contested")


class Response(models.Model):
    """The employee's one answer to a decision, within the days that the cycle gives.

    A contest names statements; a second reviewer rates those. ``first_result`` is the review's result before
    that; with the decision ``Review.result`` becomes the one that counts.
    """

    review = models.OneToOneField(Review, models.PROTECT, related_name="response")
    answer = models.CharField(max_length=10, choices=Answer)
    note = models.TextField(_("note"), max_length=2000, blank=True, default="")
    at = models.DateTimeField()
    second_reviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")
    first_result = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=Answer.CONTESTED)
                | Q(second_reviewer=None, decided_at=None, first_result=None),
                name="response_decided_where_contested",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, first_result=None)
                | Q(decided_at__isnull=False, first_result__isnull=False, second_reviewer__isnull=False),
                name="response_decided_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} · {self.answer}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second reviewer's decision."""
        return self.answer == Answer.CONTESTED and self.decided_at is None


class ContestedStatement(models.Model):
    """One statement that the employee contests: their reason, the first rating, and the second beside it."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="statements")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=2000)
    first = models.PositiveSmallIntegerField(null=True)
    first_not_applicable = models.BooleanField(default=False)
    first_comment = models.TextField(max_length=2000, blank=True, default="")
    first_basis = models.CharField(max_length=12, choices=Basis, blank=True, default="")
    rating = models.PositiveSmallIntegerField(_("rating"), null=True)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    comment = models.TextField(_("comment"), max_length=2000, blank=True, default="")
    basis = models.CharField(_("based on"), max_length=12, choices=Basis, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "statement"], name="contested_once"),
            models.CheckConstraint(
                condition=rated_or_not_applicable("rating"), name="contested_rating_0_to_3"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="contested_with_a_reason",
                violation_error_message=_("Say why you contest this rating."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response} · {self.statement}"

    @property
    def first_answer(self) -> Rating | None:
        """What the first reviewer said: 0–3, "na", or None."""
        return "na" if self.first_not_applicable else self.first

    @property
    def answer(self) -> Rating | None:
        """What the second reviewer says, in the same form; None until they have."""
        return "na" if self.not_applicable else self.rating
