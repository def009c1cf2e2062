"""Teams, their tree, and who was in which of them when."""

from __future__ import annotations

import datetime as dt
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from people.models.user import User
from people.querysets import LED_TEAMS, memberships_on
from skills.models import RoleProfile


class Channel(models.TextChoices):
    CONTACT_CENTRE = "contact_centre", _("contact centre")
    SHOP = "shop", _("shop")
    ONLINE = "online", _("online")
    OTHER = "other", _("other")


class TeamQuerySet(models.QuerySet["Team"]):
    def led_by(self, manager: User) -> Self:
        """Teams that the person manages, and all teams below those."""
        return self.filter(id__in=RawSQL(LED_TEAMS, [manager.pk]))


class Team(models.Model):
    """A node of the organisation's tree; its manager leads it and all below it."""

    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    channel = models.CharField(_("channel"), max_length=20, choices=Channel, blank=True, default="")
    manager = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="teams_led", verbose_name=_("manager")
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                nulls_distinct=False,
                name="team_name_once_under_its_parent",
                violation_error_message=_("There is a team of this name here already."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="team_not_its_own_parent",
                violation_error_message=_("A team cannot be part of itself."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_cycle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
                # One writer of the tree at a time, or two moves could close a circle between them.
                declare=[("found", "boolean")],
                func="""
                    IF NEW.parent_id IS NULL THEN RETURN NEW; END IF;
                    PERFORM pg_advisory_xact_lock(hashtext('people_team.parent'));
                    WITH RECURSIVE up AS (
                        SELECT id, parent_id FROM people_team WHERE id = NEW.parent_id
                        UNION
                        SELECT team.id, team.parent_id FROM people_team team JOIN up ON team.id = up.parent_id
                    )
                    SELECT EXISTS (SELECT 1 FROM up WHERE id = NEW.id) INTO found;
                    IF found THEN
                        RAISE EXCEPTION 'team_tree_has_no_cycle' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.pk and self.parent_id and self._is_above(self.parent_id):
            raise ValidationError(
                {"parent": _("This team is above the one chosen: the tree would close on itself.")}
            )

    def _is_above(self, team_id: int) -> bool:
        parents = dict(Team.objects.values_list("id", "parent_id"))
        node: int | None = team_id
        while node is not None and node != self.pk:
            node = parents.get(node)
        return node is not None


def same_days_of(owner: str) -> list[tuple[Func, str]]:
    """For constraints: two rows of one person whose days, ``starts_on`` to ``ends_on``, meet."""
    return [
        # A range of one id stands for equality, which a plain GiST index cannot compare.
        (Func(F(owner), F(owner), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
        (Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
    ]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: dt.date) -> Self:
        return self.filter(memberships_on("", day))


class Membership(models.Model):
    """A person's place in a team for a time, with the job title and the role profile that set the target."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", verbose_name=_("team"))
    role_profile = models.ForeignKey(
        RoleProfile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("role profile")
    )
    job_title = models.CharField(_("job title"), max_length=120, blank=True, default="")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("It cannot end before it starts."),
            ),
            ExclusionConstraint(
                name="membership_one_team_at_a_time",
                expressions=same_days_of("user"),
                violation_error_message=_("This person is in a team in that time already."),
            ),
        ]
        indexes = [models.Index(fields=["team", "starts_on"], name="membership_of_team")]

    def __str__(self) -> str:
        return f"{self.user} · {self.team}"

    def clean(self) -> None:
        """Says it beside the field; the database could not even compare a range that is reversed."""
        super().clean()
        # Empty in a form that has not been filled in.
        starts_on = getattr(self, "starts_on", None) or dt.date.min
        if self.ends_on and self.ends_on < starts_on:
            raise ValidationError({"ends_on": _("It cannot end before it starts.")})
