"""People, teams and memberships for administrators; nothing of anybody's assessments."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.actions import InactiveError, invite
from people.clock import now
from people.models import Membership, Team, User
from people.requests import signed_in

# Addresses, second factors and groups of the accounts' packages: nobody administers them here.
admin.site.unregister([EmailAddress, Authenticator, Group])


class MembershipInline(admin.TabularInline[Membership, User]):
    model = Membership
    extra = 0
    fields = ["team", "role_profile", "job_title", "starts_on", "ends_on"]


class PersonForm(ModelForm[User]):
    class Meta:
        model = User
        fields = [
            "email",
            "name",
            "language",
            "official_language",
            "timezone",
            "is_hr",
            "is_staff",
            "is_active",
        ]

    def clean_email(self) -> str:
        """One person, one account, whatever the case of the letters."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.taken_by_another(email, than=self.instance.pk):
            raise ValidationError(_("This e-mail has an account."))
        return email


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Makes and invites people. Nobody is deleted here: that would show and destroy what is theirs alone."""

    form = PersonForm
    inlines = [MembershipInline]
    actions = ["invite_people"]
    list_display = ["name", "email", "language", "is_hr", "is_staff", "is_active", "last_login"]
    list_filter = ["is_active", "is_hr", "is_staff", "language"]
    search_fields = ["name", "email"]
    ordering = ["name", "id"]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._invite(request, obj)
        return super().response_add(request, obj, post_url_continue)

    @admin.action(description=gettext_lazy("Invite: send a link to set a password"))
    def invite_people(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        invited = sum(self._invite(request, person) for person in queryset)
        text = ngettext("%(count)d person invited.", "%(count)d people invited.", invited)
        self.message_user(request, text % {"count": invited}, messages.SUCCESS)

    def _invite(self, request: HttpRequest, person: User) -> bool:
        site = f"{request.scheme}://{request.get_host()}"
        try:
            address = invite(person=person, site=site, by=signed_in(request), at=now())
        except InactiveError:
            text = _("%(name)s is not active and was not invited.") % {"name": person.name}
            self.message_user(request, text, messages.WARNING)
            return False
        if not settings.EMAIL_HOST:
            text = _("There is no mail server. Give %(name)s this link, it is shown only now: %(address)s")
            self.message_user(request, text % {"name": person.name, "address": address}, messages.WARNING)
        return True


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin[Team]):
    list_display = ["name", "parent", "channel", "manager"]
    list_filter = ["channel"]
    list_select_related = ["parent", "manager"]
    search_fields = ["name"]
    autocomplete_fields = ["parent", "manager"]
