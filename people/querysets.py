"""The questions that the product asks about people and teams, in its own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from people.above import nearest_manager_id

if TYPE_CHECKING:
    from people.models import User

# The teams that a manager leads, and those below them.
LED = """
    led AS (
        SELECT id FROM people_team WHERE manager_id = %s
        UNION
        SELECT team.id FROM people_team team JOIN led ON team.parent_id = led.id
    )
"""
LED_TEAMS = "WITH RECURSIVE {led} SELECT id FROM led".replace("{led}", LED)

# The teams of a person up the tree, by the day's membership.
UP = """
    up AS (
        SELECT team.id, team.parent_id, team.manager_id
        FROM people_membership membership JOIN people_team team ON team.id = membership.team_id
        WHERE membership.user_id = %s AND membership.starts_on <= %s
          AND (membership.ends_on IS NULL OR membership.ends_on >= %s)
        UNION
        SELECT team.id, team.parent_id, team.manager_id
        FROM people_team team JOIN up ON team.id = up.parent_id
    )
"""

# Who leads them, active or not.
ABOVE = "WITH RECURSIVE {up} SELECT manager_id FROM up WHERE manager_id IS NOT NULL".replace("{up}", UP)

# The same for several people at once, as pairs.
LEADERS = """
    WITH RECURSIVE up AS (
        SELECT membership.user_id AS person_id, team.parent_id, team.manager_id
        FROM people_membership membership JOIN people_team team ON team.id = membership.team_id
        WHERE membership.user_id = ANY(%s) AND membership.starts_on <= %s
          AND (membership.ends_on IS NULL OR membership.ends_on >= %s)
        UNION
        SELECT up.person_id, team.parent_id, team.manager_id
        FROM people_team team JOIN up ON team.id = up.parent_id
    )
    SELECT person_id, manager_id FROM up WHERE manager_id IS NOT NULL
"""

# People whose team on a day is led by the manager or lies below one that is; neither the manager, nor who
# leads a team above the manager's own: of two who lead each other's teams, neither is below the other.
BELOW = """
    WITH RECURSIVE {led},
    {up}
    SELECT user_id FROM people_membership
    WHERE starts_on <= %s AND (ends_on IS NULL OR ends_on >= %s) AND user_id <> %s
      AND team_id IN (SELECT id FROM led)
      AND user_id NOT IN (SELECT manager_id FROM up WHERE manager_id IS NOT NULL)
""".replace("{led}", LED).replace("{up}", UP)

# ``above.NEAREST_MANAGER`` asked from above: whose nearest manager is one of ``{managers}``, a query of ids.
# It walks down the tree with the active managers passed on the way: all must be the person or their reports.
# ``{columns}``: of the person's ``place``, and of ``reach``, who has the one manager that is theirs.
LED_BY = """
    WITH RECURSIVE chosen (id) AS ({managers}),
    reach AS (
        SELECT team.id, team.manager_id AS manager_id, ARRAY[]::bigint[] AS passed
        FROM people_team team JOIN chosen ON chosen.id = team.manager_id
        UNION ALL
        SELECT team.id, reach.manager_id,
            CASE WHEN other.is_active THEN reach.passed || other.id ELSE reach.passed END
        FROM reach JOIN people_team team ON team.parent_id = reach.id
        LEFT JOIN people_user other ON other.id = team.manager_id
        WHERE team.manager_id IS DISTINCT FROM reach.manager_id
    ),
    up AS (
        SELECT membership.user_id AS person_id, membership.team_id
        FROM people_membership membership
        WHERE membership.starts_on <= %s AND (membership.ends_on IS NULL OR membership.ends_on >= %s)
          AND membership.user_id IN (SELECT id FROM chosen UNION SELECT unnest(passed) FROM reach)
        UNION
        SELECT up.person_id, team.parent_id FROM up JOIN people_team team ON team.id = up.team_id
    ),
    boss AS MATERIALIZED (
        SELECT team.manager_id AS id, array_agg(up.person_id) AS reports
        FROM up JOIN people_team team ON team.id = up.team_id
        WHERE team.manager_id IS NOT NULL GROUP BY team.manager_id
    )
    SELECT {columns} FROM reach JOIN people_membership place ON place.team_id = reach.id
        AND place.starts_on <= %s AND (place.ends_on IS NULL OR place.ends_on >= %s)
    LEFT JOIN boss ON boss.id = place.user_id
    WHERE place.user_id <> reach.manager_id
      AND (boss.id IS NULL OR reach.manager_id <> ALL (boss.reports))
      AND (
        reach.passed <@ ARRAY[place.user_id]
        OR (boss.id IS NOT NULL AND reach.passed <@ (boss.reports || place.user_id))
      )
"""

# The person of a session, with what every page shows of them. Whether they review for others is told by
# tables of assessments; asking it apart would be a statement more for everybody, with every page.
SIGNED_IN = """
    SELECT person.*, place.job_title AS job_title_today,
        EXISTS (SELECT 1 FROM people_team WHERE people_team.manager_id = person.id) AS leads_a_team,
        EXISTS (
            SELECT 1 FROM assessments_delegation delegation
            WHERE delegation.delegate_id = person.id AND delegation.ended_at IS NULL
              AND delegation.starts_on <= %s AND delegation.ends_on >= %s
        ) OR EXISTS (
            SELECT 1 FROM assessments_assessment given WHERE given.assigned_reviewer_id = person.id
        ) AS reviews_for_others
    FROM people_user person
    LEFT JOIN people_membership place ON place.user_id = person.id
        AND place.starts_on <= %s AND (place.ends_on IS NULL OR place.ends_on >= %s)
    WHERE person.id = %s AND person.is_active
"""


def memberships_on(path: str, day: dt.date) -> Q:
    """The condition that a membership, reached by a look-up path, is in force; both ends included."""
    open_ended = Q(**{f"{path}ends_on": None})
    return (open_ended | Q(**{f"{path}ends_on__gte": day})) & Q(**{f"{path}starts_on__lte": day})


def ids_below(manager: User, on: dt.date) -> RawSQL:
    """Who is below the manager, for queries about what those people have: most pages ask for it."""
    return RawSQL(BELOW, [manager.pk, manager.pk, on, on, on, on, manager.pk])


def ids_above(person: User, on: dt.date) -> RawSQL:
    """Who leads the person's team, or one above it; the person too where they lead their own."""
    return RawSQL(ABOVE, [person.pk, on, on])


def ids_led_by(managers: str, params: Sequence[object], on: dt.date) -> RawSQL:
    """Those whose nearest manager is one of ``managers``: SQL for ids, a constant, and its parameters."""
    found = LED_BY.replace("{managers}", managers).replace("{columns}", "place.user_id")
    return RawSQL(found, [*params, on, on, on, on])


def managers_led_by(managers: Iterable[int], on: dt.date) -> dict[int, int]:
    """Whose nearest manager is one of these, by id, with that manager. One query."""
    columns = "place.user_id, reach.manager_id"
    statement = LED_BY.replace("{managers}", "SELECT unnest(%s::bigint[])").replace("{columns}", columns)
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(managers), on, on, on, on])
        return dict(cursor.fetchall())


def leaders_above(people: Iterable[int], on: dt.date) -> set[tuple[int, int]]:
    """Each of these people with each who leads a team of theirs up the tree, by id. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LEADERS, [list(people), on, on])
        return set(cursor.fetchall())


def ids_led(on: dt.date) -> RawSQL:
    """Those who have a nearest manager."""
    return ids_led_by("SELECT id FROM people_user WHERE is_active", [], on)


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def human_resources(self) -> Self:
        return self.active().filter(is_hr=True)

    def leading_a_team(self) -> Self:
        """Active people who lead a team."""
        return self.active().filter(teams_led__isnull=False).distinct()

    def taken_by_another(self, email: str, than: int | None) -> bool:
        """Whether an account other than this one has the e-mail."""
        others = self if than is None else self.exclude(pk=than)
        return others.filter(email__iexact=email).exists()

    def with_address_in(self, domain: str) -> Self:
        """People whose e-mail ends in a domain, given with its @."""
        return self.filter(email__iendswith=domain)

    def below(self, manager: User, on: dt.date) -> Self:
        """People whose team on that day is led by the manager or lies below one that is."""
        return self.filter(id__in=ids_below(manager, on))

    def nearest_manager_of(self, person: User, on: dt.date) -> Self:
        """Nobody or one: who reads what the person sends; neither themselves nor one of their reports."""
        return self.filter(id__in=nearest_manager_id(person.pk, on))

    def not_led_by(self, person: User, on: dt.date) -> Self:
        """Who may be given the person's review: neither the person nor anybody below them."""
        return self.exclude(pk=person.pk).exclude(id__in=ids_below(person, on))

    def led_by(self, manager: User, on: dt.date) -> Self:
        """People whose nearest manager this is."""
        return self.filter(id__in=ids_led_by("SELECT %s::bigint", [manager.pk], on))

    def signed_in(self, person_id: int, on: dt.date) -> User | None:
        """The active person of a session, with what every page shows of them; None where there is none.

        It is asked with every request: composing this statement anew costs five times what asking it does.
        """
        return next(iter(self.raw(SIGNED_IN, [on, on, on, on, person_id])), None)

    def by_name(self) -> Self:
        return self.order_by(F("name"), F("id"))


class UserManager(BaseUserManager["User"]):
    """Makes people; an address is kept in lower case, so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        return self.create_user(email, password, is_staff=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())
