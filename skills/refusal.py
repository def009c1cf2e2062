"""The base of the definitions' admin pages: what they say when the database refuses a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from skills.models import Activity, Framework, LevelOfResponsibility, SkillLevel

Answer = Callable[[], HttpResponse]
# What the name of a choice is made of, read along with it.
NAMED_BY: dict[type[Model], tuple[str, ...]] = {
    LevelOfResponsibility: ("framework",),
    SkillLevel: ("skill", "level"),
    Activity: ("skill",),
}


def named_choices(model: type[Model]) -> dict[str, QuerySet[Model]]:
    """The choices of a foreign key, without a query for the name of each."""
    if model not in NAMED_BY:
        return {}
    return {"queryset": model._default_manager.select_related(*NAMED_BY[model])}


def frozen_message() -> str:
    return _(
        "Nothing was changed: assessments use this definition, so its codes, levels, statements and official"
        " texts stay as they are. Reading help, our own texts and missing translations can still be changed."
    )


def is_frozen_error(error: IntegrityError) -> bool:
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None) == "skills_frozen"


class DefinitionAdmin(admin.ModelAdmin[Any]):
    """Shows the form again with what was typed and a message where the database refused a change."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        choices = named_choices(db_field.remote_field.model)
        return super().formfield_for_foreignkey(db_field, request, **choices, **kwargs)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        """What is to be changed or deleted: its framework is held first, as by a first assessment."""
        if request.method == "POST":
            Framework.objects.hold()
        found: Model | None = super().get_object(request, object_id, from_field)
        return found

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        def answer() -> HttpResponse:
            context = dict(extra_context or {})
            return super(DefinitionAdmin, self).changeform_view(request, object_id, form_url, context)

        def refused() -> HttpResponse:
            request.META["skills.frozen"] = True
            response = answer()
            response.status_code = HTTPStatus.CONFLICT
            return response

        return unless_frozen(answer, refused)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        def answer() -> HttpResponse:
            return super(DefinitionAdmin, self).delete_view(request, object_id, dict(extra_context or {}))

        return unless_frozen(answer, lambda: self._refuse(request))

    def changelist_view(
        self, request: HttpRequest, extra_context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        def answer() -> HttpResponse:
            return super(DefinitionAdmin, self).changelist_view(request, dict(extra_context or {}))

        return unless_frozen(answer, lambda: self._refuse(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> None:
        with transaction.atomic():
            Framework.objects.hold()
            super().delete_queryset(request, queryset)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Any]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if not request.META.get("skills.frozen"):
            return form
        return type("Refused", (_Refused, form), {})

    def _refuse(self, request: HttpRequest) -> HttpResponse:
        self.message_user(request, frozen_message(), messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


class _Refused(forms.ModelForm[Any]):
    """The form that was sent, not saved because the definition is frozen."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.add_error(None, frozen_message())
        return cleaned


def unless_frozen(answer: Answer, refused: Answer) -> HttpResponse:
    """The answer, or the refusal where the definition is frozen; other errors of the database stay errors."""
    try:
        return answer()
    except IntegrityError as error:
        if not is_frozen_error(error):
            raise
        return refused()
