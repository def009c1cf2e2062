"""Letting another manager review while one is away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.errors import EndedError
from assessments.actions.notify import tell_delegate
from assessments.models import Delegation, Notice
from people.models import User


@transaction.atomic
def delegate_reviews(
    *, delegate: User, starts_on: dt.date, ends_on: dt.date, by: User, at: dt.datetime
) -> Delegation:
    """From the first to the last day, both included, what waits for ``by`` waits for the delegate too.

    Raises ValidationError where the days are reversed, or somebody reviews on one of them already.
    """
    # Two of one manager at once wait for each other here, and the second one is checked against the first.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    made = Delegation(manager=by, delegate=delegate, starts_on=starts_on, ends_on=ends_on, created_at=at)
    made.full_clean()
    made.save()
    tell_delegate(made, at=at)
    return made


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: User, at: dt.datetime) -> Delegation:
    """Ends one's own delegation at once; raises EndedError where that was done before."""
    locked = Delegation.objects.select_for_update().get(pk=delegation.pk, manager=by)
    if locked.ended_at is not None:
        raise EndedError
    locked.ended_at = at
    locked.save(update_fields=["ended_at"])
    Notice.objects.waiting().of_delegation(locked).drop(at=at)
    return locked
