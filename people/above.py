"""Which manager stands above a person: look-ups up the tree, by the day's membership."""

from __future__ import annotations

import datetime as dt

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

# The nearest active manager up the tree, who is not that person and not their report: whose own teams up the
# tree are not led by that person. ``{person}`` is SQL for the person's id, ``{besides}`` what else must hold.
NEAREST_MANAGER = """
    WITH RECURSIVE up AS (
        SELECT team.id, team.parent_id, team.manager_id, 0 AS height
        FROM people_membership membership JOIN people_team team ON team.id = membership.team_id
        WHERE membership.user_id = {person} AND membership.starts_on <= %s
          AND (membership.ends_on IS NULL OR membership.ends_on >= %s)
        UNION ALL
        SELECT team.id, team.parent_id, team.manager_id, up.height + 1
        FROM people_team team JOIN up ON team.id = up.parent_id
    )
    SELECT up.manager_id FROM up JOIN people_user manager ON manager.id = up.manager_id
    WHERE up.manager_id <> {person} AND manager.is_active {besides} AND NOT EXISTS (
        WITH RECURSIVE theirs AS (
            SELECT team.parent_id, team.manager_id
            FROM people_membership membership JOIN people_team team ON team.id = membership.team_id
            WHERE membership.user_id = up.manager_id AND membership.starts_on <= %s
              AND (membership.ends_on IS NULL OR membership.ends_on >= %s)
            UNION ALL
            SELECT team.parent_id, team.manager_id
            FROM people_team team JOIN theirs ON team.id = theirs.parent_id
        )
        SELECT 1 FROM theirs WHERE theirs.manager_id = {person}
    )
    ORDER BY up.height LIMIT 1
"""

# Above ``{first}`` too, SQL for an id; anybody where that one is not in the person's tree.
ABOVE_THE_FIRST = """
    AND up.manager_id <> {first}
    AND up.height > (SELECT coalesce(max(height), -1) FROM up WHERE manager_id = {first})
"""


def nearest_manager_id(person_id: int, on: dt.date) -> RawSQL:
    """Who leads one person: an id, or none."""
    statement = NEAREST_MANAGER.replace("{person}", "%s").replace("{besides}", "")
    return RawSQL(statement, [person_id, on, on, person_id, on, on, person_id])


def next_above_id(*, person: str, first: str, on: dt.date) -> RawSQL:
    """For annotations: the columns of the person and of the manager above whom to look; an id, or null."""
    besides = ABOVE_THE_FIRST.replace("{first}", first)
    statement = NEAREST_MANAGER.replace("{besides}", besides).replace("{person}", person)
    return RawSQL(f"({statement})", [on, on, on, on], BigIntegerField())
