"""Cycles for administrators. Evidence, ratings and reviews are nobody's to see here."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.cycles import close_cycle, open_cycle
from assessments.models import Cycle
from assessments.scoring import ScoringPolicy
from people.clock import now
from people.requests import signed_in

FROZEN = ["purpose_pt", "purpose_ru", "purpose_en", "contest_days"]


def opened_meanwhile(request: HttpRequest, cycle: Cycle | None) -> bool:
    """Whether the form is one of before the cycle opened: it brings what cannot change any more."""
    return bool(cycle and cycle.opened_at and any(name in request.POST for name in FROZEN))


class OpenedMeanwhile(forms.ModelForm[Cycle]):
    """The form that was sent, not saved because the cycle is open."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text = _(
            "Nothing was changed: this cycle is open now, so its purpose and its days to contest are frozen."
            " What you typed is still here. Open this page again to change the dates."
        )
        self.add_error(None, text)
        return cleaned


@admin.register(Cycle)
class CycleAdmin(admin.ModelAdmin[Cycle]):
    """Plans cycles, opens and closes them."""

    list_display = ["name", "submit_by", "review_by", "opened_at", "closed_at"]
    actions = ["open_selected", "close_selected"]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Cycle | None:
        """Held as it is now while it is saved: whoever opens or closes it meanwhile waits, or was first."""
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            found.refresh_from_db(from_queryset=Cycle.objects.select_for_update(no_key=True))
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Cycle | None = None) -> list[str]:
        frozen = FROZEN if obj and obj.opened_at and not opened_meanwhile(request, obj) else []
        return ["opened_at", "closed_at", *frozen]

    def get_form(
        self, request: HttpRequest, obj: Cycle | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Cycle]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("Refused", (OpenedMeanwhile, form), {}) if opened_meanwhile(request, obj) else form

    def render_change_form(
        self, request: HttpRequest, context: Any, *given: Any, **named: Any
    ) -> HttpResponse:
        response = super().render_change_form(request, context, *given, **named)
        if isinstance(context["adminform"].form, OpenedMeanwhile):
            response.status_code = HTTPStatus.CONFLICT
        return response

    def has_delete_permission(self, request: HttpRequest, obj: Cycle | None = None) -> bool:
        return obj is None or obj.opened_at is None

    @admin.action(description=gettext_lazy("Open: people can begin, purpose and policy are frozen"))
    def open_selected(self, request: HttpRequest, queryset: QuerySet[Cycle]) -> None:
        def opening(cycle: Cycle) -> None:
            open_cycle(cycle=cycle, policy=ScoringPolicy(), by=signed_in(request), at=now())

        self._for_each(request, queryset, opening, done=_("Open: %(name)s."))

    @admin.action(description=gettext_lazy("Close: nobody can begin any more"))
    def close_selected(self, request: HttpRequest, queryset: QuerySet[Cycle]) -> None:
        def closing(cycle: Cycle) -> None:
            close_cycle(cycle=cycle, by=signed_in(request), at=now())

        self._for_each(request, queryset, closing, done=_("Closed: %(name)s."))

    def _for_each(
        self, request: HttpRequest, cycles: QuerySet[Cycle], do: Callable[[Cycle], Any], *, done: str
    ) -> None:
        for cycle in cycles:
            try:
                do(cycle)
            except ValidationError as error:
                text = " ".join(error.messages)
                self.message_user(request, f"{cycle.name}: {text}", messages.ERROR)
            else:
                self.message_user(request, done % {"name": cycle.name}, messages.SUCCESS)
