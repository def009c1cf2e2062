"""Files of evidence: what backs an item up, under random names outside the static tree."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from assessments.uploads.limits import LARGEST, LONGEST_NAME, MOST_FILES
from people.models import User


def random_name(file: EvidenceFile, name: str) -> str:
    """Where a new file is stored: nothing of its name or owner can be told from it."""
    drawn = uuid.uuid4().hex
    return f"evidence/{drawn[:2]}/{drawn}"


FACTS = ("id", "name", "size", "sha256")


class EvidenceFileQuerySet(models.QuerySet["EvidenceFile"]):
    def in_order(self) -> Self:
        return self.order_by("position", "id")

    def of_id(self, file_id: int) -> Self:
        return self.filter(pk=file_id)

    def of_item(self, evidence_id: int) -> Self:
        return self.filter(evidence=evidence_id)

    def of_assessment(self, assessment_id: int) -> Self:
        """Of every item that is linked to a statement of the assessment."""
        return self.filter(evidence__links__rating__assessment_id=assessment_id)

    def as_rows(self) -> models.QuerySet[EvidenceFile, Any]:
        """What a sheet says of each: id, name, size in bytes and SHA-256."""
        return self.values(row=JSONObject(**{name: name for name in FACTS}))


class EvidenceFile(models.Model):
    """One file of an evidence item.

    ``position`` is its place, from 1: the database holds by it that an item has no more than five. A file
    that the person removed, and that a submission lists, stays without an item, for those who may read the
    submission.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="evidence_files")
    evidence = models.ForeignKey("assessments.Evidence", models.SET_NULL, null=True, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=random_name, max_length=100)
    created_at = models.DateTimeField()

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "position"], name="evidence_file_has_its_place"),
            models.UniqueConstraint(
                fields=["evidence", "sha256"],
                name="evidence_file_once",
                violation_error_message=_("This file is attached already."),
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_FILES),
                name="evidence_files_at_most_five",
                violation_error_message=_("An item has at most five files."),
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=LARGEST),
                name="evidence_file_size",
                violation_error_message=_("A file is neither empty nor larger than 10 MB."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="evidence_file_sha256_is_hex"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="evidence_file_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
