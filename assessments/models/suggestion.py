"""Which statements an evidence item may speak for: what the matching found when the item was saved."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from assessments.models.assessment import EDITABLE, StatementRating
from assessments.models.evidence import Evidence, EvidenceLink
from people.models import User
from skills.models import Statement


class EvidenceSuggestionQuerySet(models.QuerySet["EvidenceSuggestion"]):
    def of_owner(self, owner: User) -> Self:
        return self.filter(evidence__owner=owner)

    def of_item(self, evidence_id: int) -> Self:
        return self.filter(evidence_id=evidence_id)

    def dismissed(self) -> Self:
        return self.filter(dismissed_at__isnull=False)

    def not_dismissed(self) -> Self:
        return self.filter(dismissed_at=None)

    def with_rating(self) -> Self:
        """With the rating that it can be linked to: of the newest assessment still to be changed."""
        ratings = StatementRating.objects.filter(
            statement=OuterRef("statement"),
            assessment__employee=OuterRef("evidence__owner"),
            assessment__state__in=EDITABLE,
        ).order_by("-assessment__started_at", "-id")
        return self.annotate(
            rating_id=Subquery(ratings.values("id")[:1]),
            assessment_id=Subquery(ratings.values("assessment_id")[:1]),
        )

    def not_linked(self) -> Self:
        """Linked neither to that rating nor, where there is none, to the statement in any assessment."""
        links = EvidenceLink.objects.filter(evidence=OuterRef("evidence"))
        here = links.filter(rating=OuterRef("rating_id"))
        ever = links.filter(rating__statement=OuterRef("statement"))
        return self.exclude(Exists(here)).exclude(Q(rating_id=None) & Exists(ever))

    def best_first(self) -> Self:
        return self.order_by("evidence_id", F("score").desc(), "id")


class EvidenceSuggestion(models.Model):
    """One statement that an item may speak for; kept when it is dismissed, so that it does not come back."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="suggestions")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    score = models.FloatField()
    # The words of the item that matched, as written, the strongest first.
    terms: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    dismissed_at = models.DateTimeField(null=True)

    objects = EvidenceSuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "statement"], name="evidence_suggested_once"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="suggestion_score_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} → {self.statement}?"
