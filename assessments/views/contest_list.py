"""All open contests, for HR, who says who decides where nobody does."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions.contest import assign_second_reviewer
from assessments.actions.errors import ActionError
from assessments.actions.once import once
from assessments.forms.contest import SecondReviewerForm
from assessments.models import Response
from assessments.results.contest.contests import open_contests
from assessments.views.contest_messages import refusal_of
from people.clock import now, today
from people.models import User
from people.requests import signed_in


@require_safe
def contests(request: HttpRequest) -> HttpResponse:
    """Who contests what, since when, and who decides; no text of any of it."""
    hr_of(request)
    return show(request)


@require_POST
def contest_assign(request: HttpRequest, response_id: int) -> HttpResponse:
    """HR chooses who decides."""
    person, at = hr_of(request), now()
    found = get_object_or_404(Response.objects.for_page(), pk=response_id)
    form = SecondReviewerForm(request.POST, managers=User.objects.leading_a_team().by_name())
    if not form.is_valid():
        problem = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return show(request, problem=problem, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def do() -> str:
        assign_second_reviewer(response=found, reviewer=form.chosen, by=person, at=at)
        messages.success(request, _("%(name)s decides on it now.") % {"name": form.chosen.name})
        return reverse("assessments:contests")

    try:
        return redirect(once(token=form.cleaned_data["form_token"], by=person, at=at, do=do))
    except ActionError as error:
        return show(request, problem=refusal_of(error), status=HTTPStatus.CONFLICT)


def show(request: HttpRequest, *, problem: str = "", status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    managers = list(User.objects.leading_a_team().by_name())
    context = {
        "contests": open_contests(on=today()),
        "managers": managers,
        "form": SecondReviewerForm(managers=managers),
        "problem": problem,
        "reader": signed_in(request),
    }
    return render(request, "assessments/contest/list.html", context, status=status)


def hr_of(request: HttpRequest) -> User:
    """The signed-in person, who is of HR; others are refused the page."""
    user = signed_in(request)
    if not user.is_hr:
        raise PermissionDenied
    return user
