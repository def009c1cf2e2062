"""Sending an assessment to review, taking it back, and dropping a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions import assess as actions
from assessments.actions import send as sending
from assessments.actions.errors import ActionError, NotEditableError, NothingAnsweredError
from assessments.actions.once import once
from assessments.forms.evidence import OnceForm
from assessments.models import Assessment, State
from assessments.results.assess.sending import checklist
from assessments.views.assess import own, refused
from people.clock import day_of, now
from people.requests import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what is missing and who will read it; sends it."""
    at = now()
    form = OnceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(once_only(request, form, at, lambda: send(request, pk, at=at)))
        except NothingAnsweredError:
            return submit_page(request, own(request, pk), form, at=at, is_empty=True)
        except NotEditableError:
            return refused(request, own(request, pk), _("It was sent to review already."))
    return submit_page(request, own(request, pk), form, at=at)


def submit_page(
    request: HttpRequest, assessment: Assessment, form: OnceForm, *, at: dt.datetime, is_empty: bool = False
) -> HttpResponse:
    if not assessment.is_editable:
        return redirect("assessments:detail", assessment.pk)
    page = checklist(assessment, reader=signed_in(request), on=day_of(at))
    context = {"page": page, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_empty or form.is_bound else HTTPStatus.OK
    return render(request, "assessments/assess/submit.html", context, status=status)


def send(request: HttpRequest, pk: int, *, at: dt.datetime) -> str:
    sending.submit(assessment=own(request, pk), by=signed_in(request), at=at, on=day_of(at))
    messages.success(request, _("Your assessment is sent. This is the result as it was sent."))
    return reverse("assessments:report", args=[pk])


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back what was sent, until the review begins."""
    at, form = now(), OnceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(once_only(request, form, at, lambda: take_back(request, pk, at=at)))
        except ActionError:
            return refused(request, own(request, pk), _("It can be taken back only until the review begins."))
    assessment = own(request, pk)
    if assessment.state != State.SUBMITTED:
        return redirect("assessments:detail", pk)
    return confirm(request, "withdraw", assessment, form)


def take_back(request: HttpRequest, pk: int, *, at: dt.datetime) -> str:
    sending.withdraw(assessment=own(request, pk), by=signed_in(request), at=at)
    messages.success(
        request, _("Your assessment is yours to change again. Nobody reads it until you send it.")
    )
    return reverse("assessments:detail", args=[pk])


@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Deletes a draft that was never sent."""
    at, form = now(), OnceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(once_only(request, form, at, lambda: drop(request, pk, at=at)))
        except NotEditableError:
            return refused(request, own(request, pk), _("Only a draft that was never sent can be deleted."))
    assessment = own(request, pk)
    if assessment.state != State.DRAFT:
        return redirect("assessments:detail", pk)
    return confirm(request, "abandon", assessment, form)


def drop(request: HttpRequest, pk: int, *, at: dt.datetime) -> str:
    actions.abandon_draft(assessment=own(request, pk), by=signed_in(request), at=at)
    messages.success(request, _("The draft is deleted. Your evidence is still there."))
    return reverse("assessments:list")


def once_only(request: HttpRequest, form: OnceForm, at: dt.datetime, do: Callable[[], str]) -> str:
    """Does it the first time that this form comes; a repeated request gets the same address."""
    return once(token=form.cleaned_data["form_token"], by=signed_in(request), at=at, do=do)


def confirm(request: HttpRequest, what: str, assessment: Assessment, form: OnceForm) -> HttpResponse:
    """Asks before doing what cannot simply be undone."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"assessment": assessment, "form": form}
    return render(request, f"assessments/assess/{what}.html", context, status=status)
