"""What happened to an assessment, and what was written about its statements: one page for both sides."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.comments import comment_on
from assessments.actions.errors import WrongStateError
from assessments.actions.log import log_opening
from assessments.actions.once import once
from assessments.context import viewer_about
from assessments.forms.comments import CommentForm
from assessments.models import Assessment
from assessments.models.log import AccessKind
from assessments.results.review.threads import discussed, thread_of
from assessments.results.review.timeline import timeline_of
from people.clock import day_of, now
from people.models import User
from people.requests import signed_in

HISTORY = "assessments/history/page.html"
THREAD = "assessments/history/thread.html"


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """By whom and when; for the employee, and for those who may read what was sent."""
    user = signed_in(request)
    assessment = readable(user, pk, at=now())
    context = {
        "assessment": assessment,
        "is_own": assessment.employee_id == user.pk,
        "events": timeline_of(assessment, reader=user),
        "discussed": discussed(assessment, reader=user),
        **viewer_about(request, assessment.employee_id),
    }
    return render(request, HISTORY + part(request, "#timeline"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, pk: int, statement_id: int) -> HttpResponse:
    """The comments on one statement, and one more."""
    user, at = signed_in(request), now()
    assessment = readable(user, pk, at=at)
    if request.method == "POST":
        return comment(request, assessment, statement_id, at=at)
    log_opening(
        kind=AccessKind.SUBMISSION,
        person_id=assessment.employee_id,
        object_id=assessment.latest_submission_id or 0,
        by=user,
        at=at,
    )
    return show(request, assessment, statement_id, CommentForm())


def comment(
    request: HttpRequest, assessment: Assessment, statement_id: int, *, at: dt.datetime
) -> HttpResponse:
    """Written once, however often the form comes; or what stands in its way."""
    user, form = signed_in(request), CommentForm(request.POST)
    if thread_of(assessment, statement_id, reader=user) is None or not form.is_valid():
        return show(request, assessment, statement_id, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def do() -> str:
        text = form.cleaned_data["text"]
        comment_on(assessment=assessment, statement_id=statement_id, text=text, by=user, at=at)
        return reverse("assessments:thread", args=[assessment.pk, statement_id])

    try:
        address = once(token=form.cleaned_data["form_token"], by=user, at=at, do=do)
    except WrongStateError:
        return show(request, assessment, statement_id, form, status=HTTPStatus.CONFLICT)
    return show(request, assessment, statement_id, CommentForm()) if part(request, "#") else redirect(address)


def show(
    request: HttpRequest,
    assessment: Assessment,
    statement_id: int,
    form: CommentForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    found = thread_of(assessment, statement_id, reader=signed_in(request))
    if found is None:
        raise Http404
    refusal = _("Nothing was sent yet, so nobody would read it.") if status == HTTPStatus.CONFLICT else ""
    context = {"thread": found, "form": form, "refusal": refusal}
    context |= viewer_about(request, assessment.employee_id)
    return render(request, THREAD + part(request, "#thread"), context, status=status)


def part(request: HttpRequest, name: str) -> str:
    """The part of the page that htmx asks for; nothing for a page."""
    return name if getattr(request, "htmx", False) else ""


def readable(user: User, pk: int, *, at: dt.datetime) -> Assessment:
    """One's own, or what one may read of others; strangers' ones are not there."""
    return get_object_or_404(Assessment.objects.readable_for_page(user, day_of(at)), pk=pk)
