"""The questions that the product asks about people and teams, in its own words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from people.models import User

LED_TEAMS = """
    WITH RECURSIVE led AS (
        SELECT id FROM people_team WHERE manager_id = %s
        UNION
        SELECT team.id FROM people_team team JOIN led ON team.parent_id = led.id
    )
    SELECT id FROM led
"""

# People whose team on a day is led by the manager or lies below one that is; not the manager.
BELOW = """
    WITH RECURSIVE led AS (
        SELECT id FROM people_team WHERE manager_id = %s
        UNION
        SELECT team.id FROM people_team team JOIN led ON team.parent_id = led.id
    )
    SELECT user_id FROM people_membership
    WHERE starts_on <= %s AND (ends_on IS NULL OR ends_on >= %s) AND user_id <> %s
      AND team_id IN (SELECT id FROM led)
"""

# The nearest manager up the tree, by the day's membership, who is not that person.
NEAREST_MANAGER = """
    WITH RECURSIVE up AS (
        SELECT team.id, team.parent_id, team.manager_id, 0 AS height
        FROM people_membership membership JOIN people_team team ON team.id = membership.team_id
        WHERE membership.user_id = %s AND membership.starts_on <= %s
          AND (membership.ends_on IS NULL OR membership.ends_on >= %s)
        UNION ALL
        SELECT team.id, team.parent_id, team.manager_id, up.height + 1
        FROM people_team team JOIN up ON team.id = up.parent_id
    )
    SELECT up.manager_id FROM up JOIN people_user manager ON manager.id = up.manager_id
    WHERE up.manager_id <> %s AND manager.is_active ORDER BY up.height LIMIT 1
"""

# The person of a session, with what every page shows of them.
SIGNED_IN = """
    SELECT person.*, place.job_title AS job_title_today,
        EXISTS (SELECT 1 FROM people_team WHERE people_team.manager_id = person.id) AS leads_a_team
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
    return RawSQL(BELOW, [manager.pk, on, on, manager.pk])


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def human_resources(self) -> Self:
        return self.active().filter(is_hr=True)

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
        """Nobody or one: who reads what the person sends (the nearest up the tree, not themselves)."""
        return self.filter(id__in=RawSQL(NEAREST_MANAGER, [person.pk, on, on, person.pk]))

    def signed_in(self, person_id: int, on: dt.date) -> User | None:
        """The active person of a session, with what every page shows of them; None where there is none.

        It is asked with every request: composing this statement anew costs five times what asking it does.
        """
        return next(iter(self.raw(SIGNED_IN, [on, on, person_id])), None)

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
