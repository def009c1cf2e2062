"""Keeping the items that a person has chosen from a pasted text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments.actions.errors import NotEditableError
from assessments.actions.evidence import create_evidence, link_evidence
from assessments.models import StatementRating
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
    wanted = {pk for item in items for pk in item.links}
    own = StatementRating.objects.of_employee(by).select_related("assessment")
    ratings = own.in_bulk(wanted) if wanted else {}
    if wanted - ratings.keys():
        raise NotEditableError
    for new in reversed(items):
        evidence = create_evidence(fields=new.fields, by=by, at=at, on=on)
        for pk in sorted(new.links):
            link_evidence(evidence=evidence, rating=ratings[pk], by=by, at=at)
