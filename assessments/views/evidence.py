"""A person's own evidence: writing it down, changing, copying and deleting it."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from assessments.actions.errors import NotEditableError, StaleError
from assessments.actions.evidence import (
    create_evidence,
    delete_evidence,
    duplicate_evidence,
    edit_evidence,
    link_evidence,
)
from assessments.actions.once import once
from assessments.forms.evidence import EditEvidenceForm, NewEvidenceForm, OnceForm
from assessments.forms.files import FileForm
from assessments.models import Evidence, StatementRating
from assessments.results.evidence.portfolio import (
    RatedStatement,
    portfolio,
    rated_statement,
    typical_deliverables,
)
from assessments.results.evidence.suggested import suggested_for
from assessments.results.words import in_quotes
from people.clock import day_of, now
from people.models import User
from people.requests import signed_in

# A form's answer is kept with its token, in a column of 500 characters.
LONGEST_ADDRESS = 500


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_new(request: HttpRequest) -> HttpResponse:
    """A new item; with ``?rating=`` it is linked at once to that statement of an own assessment."""
    user, at = signed_in(request), now()
    if request.method == "POST":
        return create(request, user, at)
    rated = rated_or_404(user, request.GET["rating"]) if request.GET.get("rating") else None
    if rated and not rated.is_editable:
        return not_editable(request, rated)
    form = NewEvidenceForm(latest=last_day(user, at), initial={"language": user.reader[1]})
    return new_page(request, user, at, form, rated)


def create(request: HttpRequest, user: User, at: dt.datetime) -> HttpResponse:
    form = NewEvidenceForm(request.POST, latest=last_day(user, at))
    is_valid = form.is_valid()
    rating_id = form.cleaned_data.get("rating")
    rated = rated_or_404(user, rating_id) if rating_id else None
    if not is_valid:
        return new_page(request, user, at, form, rated, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        address = save_new(request, user, at, form, rated)
    except NotEditableError:
        form.say_not_linked()
        return new_page(request, user, at, form, None, HTTPStatus.CONFLICT)
    messages.success(request, _("The evidence is saved."))
    return go_to(request, address)


def save_new(
    request: HttpRequest, user: User, at: dt.datetime, form: NewEvidenceForm, rated: RatedStatement | None
) -> str:
    """Saves and links in one go; the address to go to."""

    def save() -> str:
        item = create_evidence(fields=form.evidence_fields, by=user, at=at, on=day_of(at))
        if rated:
            link_evidence(evidence=item, rating=own_rating(user, rated), by=user, at=at)
        return next_page(request, level_address(rated) if rated else reverse("assessments:evidence"))

    return once(token=form.cleaned_data["form_token"], by=user, at=at, do=save)


def new_page(
    request: HttpRequest,
    user: User,
    at: dt.datetime,
    form: NewEvidenceForm,
    rated: RatedStatement | None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    back = level_address(rated) if rated else reverse("assessments:evidence")
    context = {
        "rated": rated,
        "item": None,
        "saved": None,
        "action": reverse("assessments:evidence_new"),
        "deliverables": typical_deliverables(user, on=day_of(at)),
        "back": next_page(request, back),
    }
    return form_page(request, form, context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole item as one form; a stale save answers 409 with what is saved beside what was typed."""
    user, at = signed_in(request), now()
    item = get_object_or_404(user.evidence.for_form(), pk=pk)
    if request.method != "POST":
        return edit_page(request, item, EditEvidenceForm.of(item, latest=last_day(user, at)))
    form = EditEvidenceForm(request.POST, latest=last_day(user, at))
    if not form.is_valid():
        return edit_page(request, item, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    fields, version = form.evidence_fields, form.cleaned_data["version"]
    try:
        edit_evidence(evidence=item, fields=fields, version=version, by=user, at=at, on=day_of(at))
    except Evidence.DoesNotExist as missing:
        raise Http404 from missing
    except StaleError:
        return conflict_page(request, get_object_or_404(user.evidence.for_form(), pk=pk), form)
    messages.success(request, _("The evidence is saved."))
    return go_to(request, next_page(request, reverse("assessments:evidence")))


def conflict_page(request: HttpRequest, item: Evidence, form: EditEvidenceForm) -> HttpResponse:
    saved = form.differences(item)
    form.start_from(item)
    return edit_page(request, item, form, HTTPStatus.CONFLICT, saved)


def edit_page(
    request: HttpRequest,
    item: Evidence,
    form: EditEvidenceForm,
    status: HTTPStatus = HTTPStatus.OK,
    saved: list[tuple[str, str]] | None = None,
    file_form: FileForm | None = None,
) -> HttpResponse:
    context = {
        "rated": None,
        "item": item,
        "saved": saved,
        "action": reverse("assessments:evidence_edit", args=[item.pk]),
        "deliverables": (),
        "copy_token": OnceForm().token,
        "file_form": file_form or FileForm(),
        "suggested": suggested_for(signed_in(request), item.pk).get(item.pk, ()),
        "back": next_page(request, reverse("assessments:evidence")),
    }
    return form_page(request, form, context, status)


def form_page(
    request: HttpRequest, form: OnceForm, context: dict[str, Any], status: HTTPStatus
) -> HttpResponse:
    """The page with the form, or the form alone for an answer that is swapped in."""
    template = "assessments/evidence/form.html"
    fragment = "#evidence-form" if request.method == "POST" and request.headers.get("HX-Request") else ""
    return render(request, f"{template}{fragment}", {"form": form, **context}, status=status)


@require_POST
def evidence_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy, opened for changing."""
    user, at = signed_in(request), now()

    def duplicate() -> str:
        item = get_object_or_404(user.evidence, pk=pk)
        title = _("Copy of “%(title)s”") % {"title": in_quotes(item.title[:160])}
        copy = duplicate_evidence(evidence=item, title=title, by=user, at=at)
        return reverse("assessments:evidence_edit", args=[copy.pk])

    form = OnceForm(request.POST)
    if not form.is_valid():
        return damaged(request)
    address = once(token=form.cleaned_data["form_token"], by=user, at=at, do=duplicate)
    messages.success(request, _("This is the copy. Both count as one piece of work."))
    return redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, naming what the item speaks for, then deletes."""
    user, at = signed_in(request), now()
    form = OnceForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        get_object_or_404(user.evidence, pk=pk)
        context = {"item": portfolio(user, on=day_of(at)).by_id[pk], "form": form}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "assessments/evidence/delete.html", context, status=status)

    def delete() -> str:
        delete_evidence(evidence=get_object_or_404(user.evidence, pk=pk), by=user, at=at)
        return reverse("assessments:evidence")

    address = once(token=form.cleaned_data["form_token"], by=user, at=at, do=delete)
    messages.success(request, _("The evidence is deleted."))
    return redirect(address)


def damaged(request: HttpRequest) -> HttpResponse:
    """A form without a page of its own, whose token is none."""
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def rated_or_404(user: User, rating_id: str | int, assessment_id: int | None = None) -> RatedStatement:
    """A statement of the person's own assessment."""
    try:
        return rated_statement(user, int(rating_id), assessment_id=assessment_id)
    except (StatementRating.DoesNotExist, ValueError) as missing:
        raise Http404 from missing


def own_rating(user: User, rated: RatedStatement) -> StatementRating:
    return get_object_or_404(StatementRating.objects.of_employee(user), pk=rated.rating_id)


def not_editable(request: HttpRequest, rated: RatedStatement) -> HttpResponse:
    """The pen is not the employee's: nothing can be linked or unlinked."""
    context = {"rated": rated, "back": level_address(rated)}
    return render(request, "assessments/evidence/not_editable.html", context, status=HTTPStatus.CONFLICT)


def level_address(rated: RatedStatement) -> str:
    """The statement on the page of its level."""
    page = reverse("assessments:level", args=[rated.assessment_id, rated.statement.level])
    return f"{page}#{rated.anchor}"


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Where ``next`` leads, if it is one of our pages."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours and len(address) <= LONGEST_ADDRESS else otherwise


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """The next page, also for a form that was sent by htmx."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(address)
    return redirect(address)


def last_day(user: User, at: dt.datetime) -> dt.date:
    """The last day that has begun, for the person or for the organisation."""
    return max(day_of(at), at.astimezone(user.zone).date())
