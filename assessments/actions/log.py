"""The record of who opened whose data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from assessments.models import AccessEntry
from assessments.models.log import AccessKind
from people.models import User


def log_opening(
    *,
    kind: AccessKind,
    person_id: int,
    object_id: int,
    by: User,
    at: dt.datetime,
    submission_id: int | None = None,
) -> None:
    """One row when somebody opens another person's data; opening one's own leaves none."""
    if person_id != by.pk:
        details = {} if submission_id is None else {"submission": submission_id}
        AccessEntry.objects.create(
            by=by, at=at, kind=kind, person_id=person_id, object_id=object_id, details=details
        )


def log_export(
    *, kind: AccessKind, reason: str, details: Mapping[str, Any], by: User, at: dt.datetime
) -> AccessEntry:
    """One row for every export, with the reason that was given and what was asked for."""
    return AccessEntry.objects.create(by=by, at=at, kind=kind, reason=reason, details=dict(details))
