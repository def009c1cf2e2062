"""Writing down pieces of work and linking them to statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from assessments.actions.assess import lock_editable
from assessments.actions.errors import StaleError
from assessments.actions.evidence_files import copy_files, release
from assessments.actions.suggest import refresh_suggestions
from assessments.models import Evidence, EvidenceLink, StatementRating
from people.models import User

# What a reviewer's confirmation is about: a change of any of it takes the confirmation away.
CONFIRMED_TEXT = ("title", "situation", "action", "result", "started_on", "ended_on", "url")
COPIED = ("situation", "action", "result", "started_on", "ended_on", "ongoing_on", "url", "language")


@transaction.atomic
def create_evidence(*, fields: Mapping[str, Any], by: User, at: dt.datetime, on: dt.date) -> Evidence:
    """A new item of the person's own; one without an end is ongoing as of the given day."""
    ongoing_on = None if fields.get("ended_on") else on
    item = Evidence.objects.create(**fields, owner=by, ongoing_on=ongoing_on, created_at=at, updated_at=at)
    refresh_suggestions(evidence=item, by=by)
    return item


@transaction.atomic
def edit_evidence(
    *, evidence: Evidence, fields: Mapping[str, Any], version: int, by: User, at: dt.datetime, on: dt.date
) -> Evidence:
    """Saves the whole item; raises StaleError with the saved one where another tab saved something else."""
    current = by.evidence.select_for_update().get(pk=evidence.pk)
    confirmed = {"confirmed_by": None, "confirmed_at": None} if differs(current, fields) else {}
    changed = by.evidence.unchanged(evidence.pk, version).update(
        **fields,
        **confirmed,
        ongoing_on=None if fields.get("ended_on") else on,
        version=F("version") + 1,
        updated_at=at,
    )
    if not changed and differs(current, fields, names=tuple(fields)):
        raise StaleError(current)
    current.refresh_from_db()
    refresh_suggestions(evidence=current, by=by)
    return current


def differs(evidence: Evidence, fields: Mapping[str, Any], names: tuple[str, ...] = CONFIRMED_TEXT) -> bool:
    return any(getattr(evidence, name) != fields[name] for name in names if name in fields)


@transaction.atomic
def duplicate_evidence(*, evidence: Evidence, title: str, by: User, at: dt.datetime) -> Evidence:
    """A copy, to be worded for another statement: one piece of work with its origin, confirmed by nobody.

    It has files of its own, with the same content.
    """
    copied = {name: getattr(evidence, name) for name in COPIED}
    origin_id = evidence.origin_id or evidence.pk
    copy = by.evidence.create(**copied, title=title, origin_id=origin_id, created_at=at, updated_at=at)
    refresh_suggestions(evidence=copy, by=by)
    copy_files(source=evidence, target=copy, by=by, at=at)
    return copy


@transaction.atomic
def delete_evidence(*, evidence: Evidence, by: User, at: dt.datetime) -> None:
    """Deletes the person's own item; what was sent keeps its own copy.

    Copies of it stay one piece of work: the oldest of them takes its place as their origin.
    """
    current = by.evidence.select_for_update().get(pk=evidence.pk)
    heir = current.copies.order_by("id").first()
    if heir:
        current.copies.update(origin=heir)
        by.evidence.filter(pk=heir.pk).update(origin=None)
    release(current.files.select_for_update())
    current.delete()


@transaction.atomic
def link_evidence(*, evidence: Evidence, rating: StatementRating, by: User, at: dt.datetime) -> EvidenceLink:
    """Links an own item to an own statement; linking it twice changes nothing."""
    lock_editable(assessment=rating.assessment)
    link, is_new = EvidenceLink.objects.get_or_create(
        evidence=evidence, rating=rating, defaults={"created_at": at}
    )
    if is_new:
        link.full_clean(validate_unique=False, validate_constraints=False)
    return link


@transaction.atomic
def unlink_evidence(*, link: EvidenceLink, by: User, at: dt.datetime) -> None:
    """Takes an item off a statement; the item itself stays."""
    lock_editable(assessment=link.rating.assessment)
    link.delete()
