"""Reviews of the organisation, for HR: who has no reviewer, what is overdue, what is opened again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions import hr as actions
from assessments.actions.errors import ActionError, ReportReviewsError, SelfReviewError
from assessments.actions.once import once
from assessments.forms.evidence import OnceForm
from assessments.forms.hr import AssignForm, ReopenForm, SearchForm
from assessments.models import Assessment, Cycle
from assessments.results.review.delegations import managers_for
from assessments.results.review.hr import hr_page
from assessments.views.hr_messages import refusal_of
from people.clock import day_of, now
from people.models import User
from people.requests import signed_in

PAGE = "assessments:organisation"
# What is done once the form is in order; says on the next page that it was.
Act = Callable[[User, dt.datetime], None]


@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    hr_of(request)
    page = hr_page(typed=SearchForm(request.GET).typed, now=now())
    return render(request, "assessments/hr/page.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Chooses who reviews what waits."""
    hr_of(request)
    found = one(pk)
    form = AssignForm(posted(request), managers=managers_for(found.employee, on=day_of(now())))

    def act(by: User, at: dt.datetime) -> None:
        reviewer = form.cleaned_data["reviewer"]
        actions.assign_reviewer(assessment=found, reviewer=reviewer, by=by, at=at)
        words = {"reviewer": reviewer.name, "name": found.employee.name}
        messages.success(request, _("%(reviewer)s reviews %(name)s’s assessment.") % words)

    return answer(request, "assign", form, act, can=found.is_with_reviewer, found=found)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes one that is overdue as not reviewed."""
    hr_of(request)
    found, form = one(pk), OnceForm(posted(request))

    def act(by: User, at: dt.datetime) -> None:
        actions.close_as_not_reviewed(assessment=found, by=by, at=at)
        text = _("%(name)s’s assessment is closed as not reviewed.") % {"name": found.employee.name}
        messages.success(request, text)

    return answer(request, "close", form, act, can=found.is_overdue(now()), found=found)


@require_http_methods(["GET", "HEAD", "POST"])
def close_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes all that is overdue in a cycle as not reviewed."""
    hr_of(request)
    cycle, form = get_object_or_404(Cycle, pk=pk), OnceForm(posted(request))

    def act(by: User, at: dt.datetime) -> None:
        number = actions.close_cycle_as_not_reviewed(cycle=cycle, by=by, at=at)
        text = ngettext(
            "%(number)d assessment is closed as not reviewed.",
            "%(number)d assessments are closed as not reviewed.",
            number,
        )
        messages.success(request, text % {"number": number})

    waiting = Assessment.objects.of_cycle(cycle).with_reviewer().count()
    can = bool(waiting) and cycle.review_by < now()
    return answer(request, "close_all", form, act, can=can, found=None, cycle=cycle, waiting=waiting)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a closed one back to the employee, with a reason."""
    hr_of(request)
    found, form = one(pk), ReopenForm(posted(request))

    def act(by: User, at: dt.datetime) -> None:
        actions.reopen(assessment=found, reason=form.cleaned_data["reason"], by=by, at=at)
        text = _("%(name)s can change the assessment and send it again.") % {"name": found.employee.name}
        messages.success(request, text)

    return answer(request, "reopen", form, act, can=found.is_reopenable, found=found)


def answer(
    request: HttpRequest, what: str, form: OnceForm, act: Act, *, can: bool, **context: Any
) -> HttpResponse:
    """Does it once, ``can`` there be anything to do; else the form, with what stands in the way."""
    if not (can or form.is_bound):
        messages.info(request, _("This has changed in the meantime: there is nothing to do any more."))
        return redirect(PAGE)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            return redirect(done_once(request, form, act))
        except (SelfReviewError, ReportReviewsError) as error:
            form.add_error("reviewer", refusal_of(error))
        except ActionError as error:
            form.add_error(None, refusal_of(error))
            status = HTTPStatus.CONFLICT
    context |= {"form": form, "is_over": status == HTTPStatus.CONFLICT}
    return render(request, f"assessments/hr/{what}.html", context, status=status)


def done_once(request: HttpRequest, form: OnceForm, act: Act) -> str:
    by, at = signed_in(request), now()

    def do() -> str:
        act(by, at)
        return reverse(PAGE)

    return once(token=form.cleaned_data["form_token"], by=by, at=at, do=do)


def hr_of(request: HttpRequest) -> User:
    """The signed-in person, who is of HR; others are refused the page."""
    user = signed_in(request)
    if not user.is_hr:
        raise PermissionDenied
    return user


def one(pk: int) -> Assessment:
    return get_object_or_404(Assessment.objects.in_company(), pk=pk)


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
