"""People, their teams and their memberships over time."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.querysets import LED_TEAMS, UserManager, UserQuerySet, memberships_on
from skills.models import RoleProfile


class InterfaceLanguage(models.TextChoices):
    PT_BR = "pt-br", "Português"
    RU = "ru", "Русский"
    EN = "en", "English"


class OfficialLanguage(models.TextChoices):
    """Languages in which the official texts exist."""

    PT = "pt", "Português"
    RU = "ru", "Русский"


def validate_timezone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone from the list."), code="timezone")


class User(AbstractBaseUser):
    """A person: signs in by e-mail; what they may do is in their roles and in the team tree."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150)
    language = models.CharField(
        _("interface language"), max_length=5, choices=InterfaceLanguage, default=InterfaceLanguage.PT_BR
    )
    official_language = models.CharField(
        _("language of official texts"), max_length=2, choices=OfficialLanguage, default=OfficialLanguage.PT
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, blank=True, validators=[validate_timezone], default=""
    )
    is_hr = models.BooleanField(_("human resources"), default=False)
    is_staff = models.BooleanField(
        _("administrator"),
        default=False,
        help_text=_("May change skills, people, teams and cycles; sees nobody's evidence or ratings."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    # Read with the person of a session: UserQuerySet.signed_in.
    job_title_today: str | None
    leads_a_team: bool
    # By a delegation in force, or because HR chose them.
    reviews_for_others: bool

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("This e-mail has an account."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def may_review(self) -> bool:
        """Whether the pages of reviews are open to the person of a session."""
        return self.leads_a_team or self.reviews_for_others

    @property
    def may_be_delegate(self) -> bool:
        """False where it came with the session that they review for nobody else; else it has to be asked."""
        return getattr(self, "reviews_for_others", True)

    @property
    def is_superuser(self) -> bool:
        """Administrators hold every permission of the admin site, which shows no evidence and no ratings."""
        return self.is_staff

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return self.is_active and self.is_staff

    def has_perms(self, perm_list: list[str], obj: object | None = None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff

    @property
    def reader(self) -> tuple[str, str]:
        """The languages in which skill texts are read: the interface's, and that of the official texts."""
        if self.language == InterfaceLanguage.EN:
            return "en", self.official_language
        language = "pt" if self.language == InterfaceLanguage.PT_BR else "ru"
        return language, language

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone or settings.TIME_ZONE)

    @property
    def zone_name(self) -> str:
        """For reading: "America/Sao Paulo"."""
        return self.zone.key.replace("_", " ")

    def choose_language(self, language: str) -> None:
        self.language = InterfaceLanguage(language).value
        self.save(update_fields=["language"])


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
            # A range of one id stands for equality, which a plain GiST index cannot compare.
            ExclusionConstraint(
                name="membership_one_team_at_a_time",
                expressions=[
                    (
                        Func(F("user"), F("user"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
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
