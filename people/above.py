"""Who stands above a manager for somebody's case: a look-up up the tree."""

from __future__ import annotations

import datetime as dt

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

# The nearest active manager up the person's tree above ``{first}``, neither of them and none of the person's
# reports. Where the first one is not in that tree, the nearest manager at all. Both are SQL for an id.
NEXT_ABOVE = """
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
    WHERE manager.is_active AND up.manager_id <> {person} AND up.manager_id <> {first}
      AND up.height > (SELECT coalesce(max(height), -1) FROM up WHERE manager_id = {first})
      AND NOT EXISTS (
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


def next_above_id(*, person: str, first: str, on: dt.date) -> RawSQL:
    """For annotations: the columns of the person and of the manager above whom to look; an id, or null."""
    return RawSQL(
        f"({NEXT_ABOVE.replace('{person}', person).replace('{first}', first)})",
        [on, on, on, on],
        BigIntegerField(),
    )
