"""Opening and closing assessment campaigns."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.models import Cycle
from assessments.scoring import ScoringPolicy
from people.models import User


class CycleStateError(ValidationError):
    """The cycle is not one that can be opened, or closed, now."""


@transaction.atomic
def open_cycle(*, cycle: Cycle, policy: ScoringPolicy, by: User, at: dt.datetime) -> Cycle:
    """Opens the cycle with its own copy of the policy; from then on purpose and policy are frozen."""
    hold(cycle)
    if cycle.opened_at is not None:
        raise CycleStateError(_("This cycle was opened before."))
    cycle.policy = policy.to_json()
    cycle.opened_at = at
    cycle.full_clean()
    cycle.save(update_fields=["policy", "opened_at"])
    return cycle


@transaction.atomic
def close_cycle(*, cycle: Cycle, by: User, at: dt.datetime) -> Cycle:
    """Ends the time in which people can begin; what was sent can still be reviewed."""
    hold(cycle)
    if not cycle.is_open:
        raise CycleStateError(_("Only an open cycle can be closed."))
    cycle.closed_at = at
    cycle.full_clean()
    cycle.save(update_fields=["closed_at"])
    return cycle


def hold(cycle: Cycle) -> None:
    """The row as it is now, until the transaction ends: two who open or close it at once wait here."""
    cycle.refresh_from_db(from_queryset=Cycle.objects.select_for_update(no_key=True))
