"""People: who signs in, in which language and zone, with which roles."""

from __future__ import annotations

import zoneinfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.querysets import UserManager, UserQuerySet


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
