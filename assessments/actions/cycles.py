"""Opening and closing assessment campaigns."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.models import Cycle
from assessments.scoring import ScoringPolicy
from people.models import User


@transaction.atomic
def open_cycle(*, cycle: Cycle, policy: ScoringPolicy, by: User, at: dt.datetime) -> Cycle:
    """Opens the cycle with its own copy of the policy; from then on purpose and policy are frozen."""
    cycle.policy = policy.to_json()
    cycle.opened_at = at
    cycle.full_clean()
    cycle.save(update_fields=["policy", "opened_at"])
    return cycle


@transaction.atomic
def close_cycle(*, cycle: Cycle, by: User, at: dt.datetime) -> Cycle:
    cycle.closed_at = at
    cycle.full_clean()
    cycle.save(update_fields=["closed_at"])
    return cycle
