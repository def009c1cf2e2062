"""Who reviews for whom while they are away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assessments.models import Assessment, Delegation
from assessments.results.holder import Holder
from assessments.results.team.choices import name_key
from people.models import User
from people.querysets import leaders_above, managers_led_by


def delegations_of(delegate: User, *, on: dt.date) -> tuple[Delegation, ...]:
    """Those in force by which this person reviews for others, with the others. At most one query."""
    if not delegate.may_be_delegate:
        return ()
    found = Delegation.objects.on(on).filter(delegate=delegate, manager__is_active=True)
    return tuple(found.select_related("manager").soonest_first())


def delegations_by(manager: User, *, on: dt.date) -> tuple[Delegation, ...]:
    """Those that the manager made, in force or to come, with who reviews meanwhile. One query."""
    found = Delegation.objects.not_over(on).filter(manager=manager)
    return tuple(found.select_related("delegate").soonest_first())


def all_delegations(*, on: dt.date) -> tuple[Delegation, ...]:
    """In force or to come, of people who are there, for HR. One query."""
    found = Delegation.objects.not_over(on).filter(manager__is_active=True, delegate__is_active=True)
    return tuple(found.select_related("manager", "delegate").soonest_first())


def meanwhile(
    assessments: Iterable[Assessment], delegations: Iterable[Delegation], *, on: dt.date
) -> dict[int, Holder]:
    """Who reviews these for somebody who is away, by the assessment's id.

    Two queries, none where nobody is away. Neither the person nor whom the person leads reviews.
    """
    away = {one.manager_id: one for one in delegations if one.starts_on <= on}
    if not away:
        return {}
    nearest = managers_led_by(away, on)
    leaders = leaders_above((one.delegate_id for one in away.values()), on)
    found: dict[int, Holder] = {}
    for row in assessments:
        chosen = row.assigned_reviewer
        reviewer = chosen.pk if chosen and chosen.is_active else nearest.get(row.employee_id)
        one = away.get(reviewer) if reviewer else None
        if one and one.delegate_id != row.employee_id and (one.delegate_id, row.employee_id) not in leaders:
            found[row.pk] = Holder(name=one.manager.name, delegate=one.delegate.name, until=one.ends_on)
    return found


def managers_besides(person: User) -> dict[str, User]:
    """Everybody who leads a team, but this person, by id and in the order of their names. One query."""
    return _by_name(manager for manager in User.objects.leading_a_team() if manager.pk != person.pk)


def managers_for(employee: User, *, on: dt.date) -> dict[str, User]:
    """Those of them to whom HR can give the employee's review. One query."""
    return _by_name(User.objects.leading_a_team().not_led_by(employee, on))


def _by_name(found: Iterable[User]) -> dict[str, User]:
    return {str(one.pk): one for one in sorted(found, key=lambda one: (name_key(one.name), one.pk))}
