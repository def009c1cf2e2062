"""Cycles for administrators. Evidence, ratings and reviews are nobody's to see here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.cycles import close_cycle, open_cycle
from assessments.models import Cycle
from assessments.scoring import ScoringPolicy
from people.clock import now
from people.requests import signed_in

FROZEN = ["purpose_pt", "purpose_ru", "purpose_en", "contest_days"]


@admin.register(Cycle)
class CycleAdmin(admin.ModelAdmin[Cycle]):
    """Plans cycles, opens and closes them."""

    list_display = ["name", "submit_by", "review_by", "opened_at", "closed_at"]
    actions = ["open_selected", "close_selected"]

    def get_readonly_fields(self, request: HttpRequest, obj: Cycle | None = None) -> list[str]:
        frozen = FROZEN if obj and obj.opened_at else []
        return ["opened_at", "closed_at", *frozen]

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
