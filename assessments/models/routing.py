"""Whose assessments a person reviews: as conditions on assessments, and as statements written out.

Pages of a reviewer ask for the queue each time. Django takes longer to compose that from conditions than
PostgreSQL to answer it, and a statement of its own walks the tree once where conditions walk it three times.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL

from assessments.models.delegation import DELEGATING
from assessments.models.states import SENT, WITH_REVIEWER
from people.models import User
from people.querysets import ABOVE, BELOW, LED_BY, ids_above, ids_below, ids_led_by

# Submissions that a person has decided on.
DECIDED_BY = """
    SELECT submission_id FROM assessments_review WHERE reviewer_id = %s AND decided_at IS NOT NULL
"""
# The manager whose id is given.
THEMSELVES = "SELECT %s::bigint"
THEMSELVES_OR_AWAY = f"{THEMSELVES} UNION {DELEGATING}"

# What a person should review, by id, and whether it is another manager's who is away: as the nearest manager,
# chosen by HR, or for whoever is away. Two queries in one: a look-up by either would find no index for both.
SHOULD_REVIEW = """
    WITH led AS MATERIALIZED ({led}),
    given AS (
        SELECT id, employee_id, assigned_reviewer_id AS manager_id, assigned_reviewer_id = %s AS is_theirs
        FROM assessments_assessment WHERE state = ANY(%s) AND assigned_reviewer_id IN ({managers})
    ),
    rest AS (
        SELECT assessment.id, assessment.employee_id, led.manager_id, false AS is_theirs
        FROM led JOIN assessments_assessment assessment ON assessment.employee_id = led.person_id
        LEFT JOIN people_user chosen ON chosen.id = assessment.assigned_reviewer_id
        WHERE assessment.state = ANY(%s) AND chosen.is_active IS NOT TRUE
    )
    SELECT id, manager_id <> %s AS is_delegated FROM (TABLE given UNION ALL TABLE rest) found
    WHERE is_theirs OR (employee_id <> %s AND employee_id NOT IN ({above}))
""".replace(
    "{led}",
    LED_BY.replace("{columns}", "place.user_id AS person_id, reach.manager_id AS manager_id"),
)
SHOULD_REVIEW = SHOULD_REVIEW.replace("{managers}", THEMSELVES_OR_AWAY).replace("{above}", ABOVE)
# All that they may decide on: those, and of all below in the tree.
MAY_REVIEW = """
    SELECT id, bool_or(is_delegated) AS is_delegated FROM (
        {should}
        UNION ALL
        SELECT id, false FROM assessments_assessment
        WHERE state = ANY(%s) AND (assigned_reviewer_id = %s OR employee_id IN ({below}))
    ) either GROUP BY id
""".replace("{should}", SHOULD_REVIEW).replace("{below}", BELOW)


def should_review(reviewer: User, on: dt.date) -> tuple[str, list[Any]]:
    """The statement SHOULD_REVIEW with its parameters."""
    me, waiting = reviewer.pk, list(WITH_REVIEWER)
    managers = [me, me, on, on]
    led, above = [*managers, on, on, on, on], [me, on, on]
    return SHOULD_REVIEW, [*led, me, waiting, *managers, waiting, me, me, *above]


def may_review(reviewer: User, on: dt.date) -> tuple[str, list[Any]]:
    """The statement MAY_REVIEW with its parameters."""
    me, (_, should) = reviewer.pk, should_review(reviewer, on)
    below = [me, me, on, on, on, on, me]
    return MAY_REVIEW, [*should, list(WITH_REVIEWER), me, *below]


def in_charge(reviewer: User, on: dt.date, path: str = "") -> Q:
    """Of somebody below in the tree, or given to the reviewer by HR; whatever the state.

    ``path`` leads to the assessment, here as below.
    """
    below = Q(**{f"{path}employee_id__in": ids_below(reviewer, on)})
    return below | Q(**{f"{path}assigned_reviewer": reviewer})


def delegated(reviewer: User, on: dt.date, path: str = "") -> Q:
    """What waits for a manager who is away, and what the reviewer has decided for them.

    Never the reviewer's own, nor that of a manager above the reviewer. Most people are nobody's delegate, and
    this is the dearest of all that is asked: it is left out where that is known.
    """
    if not reviewer.may_be_delegate:
        return Q(pk__in=[])
    decided = Q(**{f"{path}latest_submission_id__in": RawSQL(DECIDED_BY, [reviewer.pk])})
    waiting = Q(**{f"{path}state__in": WITH_REVIEWER}) | decided
    away = [reviewer.pk, on, on]
    given = Q(**{f"{path}assigned_reviewer_id__in": RawSQL(DELEGATING, away)})
    led = Q(**{f"{path}employee_id__in": ids_led_by(DELEGATING, away, on)})
    theirs = given | (~_given(path) & led)
    return Q(**{f"{path}state__in": SENT}) & waiting & _not_above(reviewer, on, path) & theirs


def _not_above(reviewer: User, on: dt.date, path: str) -> Q:
    """Of somebody else, who does not lead the reviewer."""
    above = Q(**{f"{path}employee_id__in": ids_above(reviewer, on)})
    return ~Q(**{f"{path}employee": reviewer}) & ~above


def _given(path: str) -> Q:
    """HR chose a reviewer who is still there."""
    return Q(**{f"{path}assigned_reviewer__isnull": False, f"{path}assigned_reviewer__is_active": True})


GIVEN = _given("")
