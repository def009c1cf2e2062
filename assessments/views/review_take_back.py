"""Taking a decision on a submission back."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions.errors import (
    ActionError,
    AnsweredError,
    ChangedSinceError,
    NotReviewerError,
    NotYoursError,
    TooLateError,
    WrongStateError,
)
from assessments.actions.once import once
from assessments.actions.take_back import take_back_decision
from assessments.forms.evidence import OnceForm
from assessments.models import Submission
from assessments.views.managers import manager_of
from assessments.views.review_page import submission_for
from people import clock


@require_POST
def review_take_back(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The review goes on where it was, or the page says why the decision stands."""
    manager, now = manager_of(request), clock.now()
    submission, form = submission_for(manager, submission_id, now), OnceForm(request.POST)
    if not form.is_valid():
        return refused(request, submission, " ".join(form.general_errors), HTTPStatus.UNPROCESSABLE_ENTITY)

    def do() -> str:
        take_back_decision(submission=submission, by=manager, at=now)
        messages.success(request, _("The decision is taken back. The review goes on, and no mail was sent."))
        return reverse("assessments:review", args=[submission_id])

    try:
        return redirect(once(token=form.cleaned_data["form_token"], by=manager, at=now, do=do))
    except ActionError as error:
        return refused(request, submission, why_it_stands(error), HTTPStatus.CONFLICT)


def why_it_stands(error: ActionError) -> str:
    if isinstance(error, TooLateError):
        return _("A decision can be taken back for 15 minutes, and they are over.")
    if isinstance(error, ChangedSinceError):
        return _("The employee has already gone on with what was returned. Wait for it to be sent again.")
    if isinstance(error, AnsweredError):
        return _("The employee has already answered the decision.")
    if isinstance(error, NotReviewerError):
        return _("The person is not yours to review any more.")
    if isinstance(error, NotYoursError):
        return _("Only the person who decided can take the decision back.")
    if isinstance(error, WrongStateError):
        return _("This submission is not decided any more: it was taken back, sent again or closed.")
    # Anything else cannot happen on a page: it is an error of ours.
    raise error


def refused(request: HttpRequest, submission: Submission, reason: str, status: HTTPStatus) -> HttpResponse:
    context = {"submission": submission, "reason": reason}
    return render(request, "assessments/review/beside/refused.html", context, status=status)
