"""Conditions and triggers that several tables share."""

import pgtrigger
from django.db.models import Q

RATINGS = range(4)


def rated_or_not_applicable(value: str) -> Q:
    """A rating is 0–3, or nothing; not applicable is not a rating of 0, so it carries none."""
    in_range = Q(**{f"{value}__gte": 0, f"{value}__lte": 3})
    return Q(**{f"{value}__isnull": True}) | (in_range & Q(not_applicable=False))


def append_only() -> pgtrigger.Trigger:
    """Rows are written once: the database refuses to change or delete them."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
