"""Whose assessments a person reviews, as conditions on assessments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q
from django.db.models.expressions import RawSQL

from assessments.models.delegation import DELEGATING
from assessments.models.states import SENT, WITH_REVIEWER
from people.models import User
from people.querysets import ids_above, ids_below, ids_led_by

# Submissions that a person has decided on.
DECIDED_BY = """
    SELECT submission_id FROM assessments_review WHERE reviewer_id = %s AND decided_at IS NOT NULL
"""
# The manager whose id is given.
THEMSELVES = "SELECT %s::bigint"
THEMSELVES_OR_AWAY = f"{THEMSELVES} UNION {DELEGATING}"
# HR chose a reviewer who is still there.
GIVEN = Q(assigned_reviewer__isnull=False, assigned_reviewer__is_active=True)


def in_charge(reviewer: User, on: dt.date) -> Q:
    """Of somebody below in the tree, or given to the reviewer by HR; whatever the state."""
    return Q(employee_id__in=ids_below(reviewer, on)) | Q(assigned_reviewer=reviewer)


def awaits(managers: str, params: Sequence[object], on: dt.date) -> Q:
    """Whom one of these managers should review: given to them, or led by them and given to nobody else."""
    given = Q(assigned_reviewer_id__in=RawSQL(managers, params))
    return given | (~GIVEN & Q(employee_id__in=ids_led_by(managers, params, on)))


def delegated(reviewer: User, on: dt.date) -> Q:
    """What waits for a manager who is away, and what the reviewer has decided for them.

    Never the reviewer's own, nor that of a manager above the reviewer.
    """
    decided = RawSQL(DECIDED_BY, [reviewer.pk])
    waiting = Q(state__in=WITH_REVIEWER) | Q(latest_submission_id__in=decided)
    away = awaits(DELEGATING, [reviewer.pk, on, on], on)
    return Q(state__in=SENT) & waiting & not_above(reviewer, on) & away


def not_above(reviewer: User, on: dt.date) -> Q:
    """Of somebody else, who does not lead the reviewer."""
    return ~Q(employee=reviewer) & ~Q(employee_id__in=ids_above(reviewer, on))
