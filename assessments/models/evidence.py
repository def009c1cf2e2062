"""Pieces of real work, and the statements that they speak for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import StatementRating
from assessments.models.evidence_file import EvidenceFile
from people.models import OfficialLanguage, User


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def newest_first(self) -> Self:
        return self.order_by("-updated_at", "-id")

    def ids_after(self, evidence_id: int) -> models.QuerySet[Evidence, int]:
        """The ids that follow one, in their order."""
        return self.filter(pk__gt=evidence_id).order_by("pk").values_list("pk", flat=True)

    def unchanged(self, evidence_id: int, version: int) -> Self:
        """The one row, if it is still as it was read."""
        return self.filter(pk=evidence_id, version=version)

    def as_read(self, owner_id: int, evidence_id: int, text: Mapping[str, Any]) -> Self:
        """The one item of a person, if its text is still this."""
        return self.filter(pk=evidence_id, owner_id=owner_id, **text)

    def with_file_rows(self) -> Self:
        """With ``file_rows``: a dict of id, name, size and SHA-256 for each file, in their order."""
        own = EvidenceFile.objects.filter(evidence=models.OuterRef("pk")).in_order()
        return self.annotate(file_rows=ArraySubquery(own.as_rows()))

    def for_form(self) -> Self:
        """With who confirmed each item, what it is a copy of, and its files."""
        return self.with_file_rows().select_related("confirmed_by", "origin")


class Evidence(models.Model):
    """A piece of an employee's real work, reused across statements, skills and cycles.

    It may begin as a title and one sentence. Without an end it is ongoing, and carries the day on which the
    employee last said so.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="evidence")
    title = models.CharField(_("title"), max_length=200)
    situation = models.TextField(_("situation"), max_length=5000, blank=True, default="")
    action = models.TextField(_("what you did"), max_length=5000, blank=True, default="")
    result = models.TextField(_("result"), max_length=5000, blank=True, default="")
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    ongoing_on = models.DateField(_("still going on at"), null=True, blank=True)
    url = models.URLField(
        _("link"),
        max_length=1000,
        blank=True,
        default="",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    language = models.CharField(
        _("language"), max_length=2, choices=OfficialLanguage, default=OfficialLanguage.PT
    )
    # A copy and what it was copied from are one piece of work: they count once.
    origin = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="evidence_ends_after_it_starts",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ongoing_on__isnull=False)
                | Q(ended_on__isnull=False, ongoing_on=None),
                name="evidence_ended_or_ongoing",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="evidence_link_is_http",
                violation_error_message=_("A link begins with http:// or https://."),
            ),
        ]
        indexes = [models.Index(fields=["owner", "-updated_at"], name="evidence_of_owner")]

    def __str__(self) -> str:
        return self.title


class EvidenceLinkQuerySet(models.QuerySet["EvidenceLink"]):
    def of_owner(self, owner: User) -> Self:
        return self.filter(evidence__owner=owner)

    def of_statement_in(
        self, assessment_id: int | None, statement_id: int
    ) -> models.QuerySet[EvidenceLink, int]:
        """Ids of the items that are linked to one statement of an assessment, in that order."""
        of_statement = self.filter(rating__assessment=assessment_id, rating__statement=statement_id)
        return of_statement.order_by("created_at", "id").values_list("evidence_id", flat=True)

    def confirmed(self, skill_id: int, language: str) -> models.QuerySet[EvidenceLink, tuple[Any, ...]]:
        """What reviewers confirmed, each once: the statement's code, title, situation, action and result."""
        of_skill = self.filter(rating__statement__skill_level__skill_id=skill_id)
        confirmed = of_skill.filter(evidence__confirmed_at__isnull=False, evidence__language=language)
        texts = ("evidence__title", "evidence__situation", "evidence__action", "evidence__result")
        found = confirmed.order_by("rating__statement__code", "evidence_id")
        return found.distinct("rating__statement__code", "evidence_id").values_list(
            "rating__statement__code", *texts
        )


class EvidenceLink(models.Model):
    """One evidence item speaking for one statement of one assessment; the strength belongs to this link."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="links")
    rating = models.ForeignKey(StatementRating, models.CASCADE, related_name="links")
    created_at = models.DateTimeField()

    objects = EvidenceLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "rating"],
                name="evidence_linked_once",
                violation_error_message=_("This evidence is linked here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} → {self.rating}"

    def clean(self) -> None:
        super().clean()
        if self.evidence.owner_id != self.rating.assessment.employee_id:
            raise ValidationError(_("Only your own evidence can be linked."))
