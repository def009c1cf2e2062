"""Keeping the items that a person has chosen from a pasted text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments.actions.assess import lock_editable
from assessments.actions.errors import NotEditableError
from assessments.actions.evidence import create_evidence
from assessments.models import EvidenceLink, StatementRating
from people.models import User


@dataclass(frozen=True, kw_only=True, slots=True)
class NewItem:
    """The fields of an item, and the ids of the ratings to link it to."""

    fields: Mapping[str, Any]
    links: Collection[int] = ()


@transaction.atomic
def add_items(*, items: Sequence[NewItem], by: User, at: dt.datetime, on: dt.date) -> None:
    """All of them or none, so that the first of the text stands first among the person's evidence.

    Raises NotEditableError where one of the ratings is in no assessment that the person can change.
    """
    ratings = own_ratings({pk for item in items for pk in item.links}, by=by)
    for assessment in sorted({rating.assessment for rating in ratings.values()}, key=lambda each: each.pk):
        lock_editable(assessment=assessment)
    links = []
    for new in reversed(items):
        evidence = create_evidence(fields=new.fields, by=by, at=at, on=on)
        links += [
            EvidenceLink(evidence=evidence, rating=ratings[pk], created_at=at) for pk in sorted(new.links)
        ]
    EvidenceLink.objects.bulk_create(links)


def own_ratings(ids: Collection[int], *, by: User) -> dict[int, StatementRating]:
    """The person's own ratings; raises NotEditableError where one of them is none of theirs."""
    if not ids:
        return {}
    found = StatementRating.objects.of_employee(by).select_related("assessment").in_bulk(ids)
    if len(found) < len(ids):
        raise NotEditableError
    return found
