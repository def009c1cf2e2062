"""The manager's ratings and decision on one submission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models.assessment import Assessment
from assessments.models.checks import rated_or_not_applicable
from assessments.models.submission import Submission
from assessments.scoring import Rating
from people.models import User
from skills.models import Statement


class Decision(models.TextChoices):
    VALIDATED = "validated", pgettext_lazy("assessment", "validated")
    RETURNED = "returned", pgettext_lazy("assessment", "returned")


class Basis(models.TextChoices):
    """What a rating that differs from the supported one rests on."""

    EVIDENCE = "evidence", _("the evidence")
    OBSERVATION = "observation", _("own observation")
    CONVERSATION = "conversation", _("a conversation")


class ReviewQuerySet(models.QuerySet["Review"]):
    def for_decision(self) -> Self:
        """With the submission and the definitions that scoring it needs."""
        return self.select_related("submission__assessment__skill__framework", "reviewer", "of_record_by")

    def with_essence(self) -> Self:
        """With what was said of the essence; the document that was sent stays where it is."""
        return self.select_related("submission__essence_answer").defer("submission__document")

    def of_latest(self, assessment: Assessment) -> Self:
        """The decision on what was sent last, if there is one, with who made it and who it is credited to."""
        latest = F("submission__assessment__latest_submission")
        decided = self.filter(submission__assessment=assessment, submission=latest).exclude(decision="")
        return decided.select_related("reviewer", "of_record_by").order_by("id")

    def last_validated(self, assessment: Assessment) -> Review | None:
        """The last decision that made a level one of record, with the employee's answer to it."""
        found = self.filter(submission__assessment=assessment, decision=Decision.VALIDATED)
        whole = found.for_decision().select_related("response__second_reviewer", "submission__essence_answer")
        return whole.order_by("-submission__number", "-id").first()


class Review(models.Model):
    """Begun with the first saved rating; decided once, with the result that the decision gave."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="review")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="reviews")
    started_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    # Whose decision it is that counts, and since when: the first one's, until a contest is decided.
    of_record_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    of_record_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default="")
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")
    result = models.JSONField(null=True)
    # When each evidence item was confirmed in this review, by its id: for the text of this submission.
    confirmed = models.JSONField(default=dict)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, result=None, of_record_by=None, of_record_at=None)
                | Q(
                    decision__in=list(Decision),
                    decided_at__isnull=False,
                    result__isnull=False,
                    of_record_by__isnull=False,
                    of_record_at__gte=F("decided_at"),
                ),
                name="review_decided_with_a_result",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.RETURNED) | ~Q(reason=""),
                name="review_returned_with_a_reason",
                violation_error_message=_("Say what should change before you return it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.reviewer}"

    def credit(self, person: User | None, at: dt.datetime | None) -> None:
        """Says whose decision counts: every page and file that names one reads it here."""
        self.of_record_by, self.of_record_at = person, at


class ReviewRatingQuerySet(models.QuerySet["ReviewRating"]):
    def unchanged(self, rating_id: int, version: int) -> Self:
        """The one row, if it is still as it was read and the review is not decided."""
        return self.filter(pk=rating_id, version=version, review__decided_at=None)

    def version_of(self, submission: Submission, statement_id: int) -> int:
        """The version to save a rating over; 0 while the review has not begun."""
        rows = self.filter(review__submission=submission, statement_id=statement_id)
        return rows.values_list("version", flat=True).first() or 0

    def of_statements(self, statement_ids: Iterable[int]) -> Self:
        return self.filter(statement_id__in=list(statement_ids)).order_by("statement__code", "id")

    def waiting(self) -> Self:
        """What the employee answered and the reviewer has not settled."""
        answered = Q(supported__isnull=False) | Q(was_not_applicable=True)
        return self.filter(answered, settled_at=None).order_by("statement__code", "id")

    def stamp(self) -> int:
        """Grows with every change of these ratings."""
        return self.aggregate(total=models.Sum("version"))["total"] or 0


class ReviewRating(models.Model):
    """The reviewer's word on one statement: the supported rating, until rated otherwise with grounds."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="ratings")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField(_("rating"), null=True)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    # What the evidence supports as reviewed: a rating that differs needs a comment and a basis.
    supported = models.PositiveSmallIntegerField(null=True)
    was_not_applicable = models.BooleanField(default=False)
    comment = models.TextField(_("comment"), max_length=2000, blank=True, default="")
    basis = models.CharField(_("based on"), max_length=12, choices=Basis, blank=True, default="")
    # A rating of the reviewer's own; until then it follows what the evidence supports.
    is_own = models.BooleanField(default=False)
    # Set by the act that settles it: a rating of one's own, or accepting what the evidence supports.
    settled_at = models.DateTimeField(null=True)
    # Ids of the evidence items of which the link or a file had been opened by then.
    opened = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)

    objects = ReviewRatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "statement"], name="review_rating_once"),
            models.CheckConstraint(condition=rated_or_not_applicable("rating"), name="review_rating_0_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.review} · {self.statement}"

    @property
    def differs(self) -> bool:
        """Whether it says something else than what it starts from; nothing said counts 0."""
        return (self.answer or 0) != (self.start or 0)

    @property
    def start(self) -> Rating | None:
        """What it starts from: what the evidence supports as reviewed, or the employee's "na"."""
        return "na" if self.was_not_applicable else self.supported

    @property
    def answer(self) -> Rating | None:
        """0–3, "na", or None where the statement was not answered: the form that scoring takes."""
        return "na" if self.not_applicable else self.rating
