"""Pages of a manager who reviews: what waits, one submission, its ratings and the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assessments.actions.deadlines import TAKE_BACK
from assessments.actions.errors import (
    ActionError,
    EssenceCommentMissingError,
    NotReviewerError,
    StaleError,
    WrongStateError,
)
from assessments.actions.log import log_opening
from assessments.actions.once import once
from assessments.actions.review import return_for_changes, validate
from assessments.context import viewer_of
from assessments.forms.review import DecisionForm, ReturnForm
from assessments.models import Review, Submission
from assessments.models.log import AccessKind
from assessments.results.contest.contests import contests_to_decide
from assessments.results.review.delegations import delegations_of
from assessments.results.review.page import review_sheet
from assessments.results.review.queue import decided_below, next_waiting, waiting_for
from assessments.results.review.taking_back import undoable_by
from assessments.views.managers import manager_of
from assessments.views.review_messages import codes_of, refusal_of, say_decided
from assessments.views.review_page import is_htmx, show, submission_for
from people import clock

QUEUE = "assessments:reviews"

# Makes the decision over what was seen.
Deciding = Callable[[int], Review]


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, oldest first, and what was decided lately."""
    manager, now, with_managers = manager_of(request), clock.now(), "managers" in request.GET
    queue = waiting_for(manager, now=now, with_managers=with_managers)
    context = {
        "viewer": viewer_of(request, waiting=None if with_managers else len(queue)),
        "queue": queue,
        "decided": decided_below(manager, on=clock.day_of(now)),
        "undoable": undoable_by(manager, now=now, span=TAKE_BACK),
        "delegations": delegations_of(manager, on=clock.day_of(now)),
        "with_managers": with_managers,
        "contests": contests_to_decide(manager, on=clock.day_of(now)),
    }
    return render(request, "assessments/review/queue.html", context)


@require_safe
def review(request: HttpRequest, submission_id: int) -> HttpResponse:
    """One submission: to rate while it waits, to read once it is decided."""
    manager, now = manager_of(request), clock.now()
    submission = submission_for(manager, submission_id, now)
    log_opening(
        kind=AccessKind.SUBMISSION,
        person_id=submission.assessment.employee_id,
        object_id=submission.pk,
        by=manager,
        at=now,
    )
    return show(request, review_sheet(submission, reader=manager), now)


@require_POST
def review_validate(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Makes the reviewer's ratings count."""
    manager, now = manager_of(request), clock.now()
    submission, form = submission_for(manager, submission_id, now), DecisionForm(request.POST)

    def do(seen: int) -> Review:
        return validate(submission=submission, seen=seen, by=manager, at=now)

    return decide(request, submission, form, do, now)


@require_POST
def review_return(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Gives the assessment back with what should change."""
    manager, now = manager_of(request), clock.now()
    submission, form = submission_for(manager, submission_id, now), ReturnForm(request.POST)

    def do(seen: int) -> Review:
        reason = form.cleaned_data["reason"]
        return return_for_changes(submission=submission, reason=reason, seen=seen, by=manager, at=now)

    return decide(request, submission, form, do, now)


def decide(
    request: HttpRequest, submission: Submission, form: DecisionForm, do: Deciding, now: dt.datetime
) -> HttpResponse:
    """Decides once and goes on to the next one in the queue, or says why not."""
    if not form.is_valid():
        return refuse(request, submission, form, now)
    manager = manager_of(request)

    def decide_and_go_on() -> str:
        return go_on(request, do(form.cleaned_data["seen"]), now)

    try:
        address = once(token=form.cleaned_data["form_token"], by=manager, at=now, do=decide_and_go_on)
    except ActionError as error:
        return refuse(request, submission, form, now, error)
    return HttpResponse(headers={"HX-Redirect": address}) if is_htmx(request) else redirect(address)


def go_on(request: HttpRequest, decided: Review, now: dt.datetime) -> str:
    """The page of the next one, which offers to take this back; or the queue, and what was decided."""
    following = next_waiting(manager_of(request), after=decided.submission, now=now)
    if following:
        return reverse("assessments:review", args=[following])
    say_decided(request, decided)
    return reverse(QUEUE)


def refuse(
    request: HttpRequest,
    submission: Submission,
    form: DecisionForm,
    now: dt.datetime,
    error: ActionError | None = None,
) -> HttpResponse:
    """The page again, with what stands in the way and what was typed."""
    manager = manager_of(request)
    is_conflict = isinstance(error, StaleError | WrongStateError | NotReviewerError)
    status = HTTPStatus.CONFLICT if is_conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    sheet = review_sheet(submission_for(manager, submission.pk, now), reader=manager)
    pieces = {
        "refusal": refusal_of(error) if error else form.damage,
        "return_form": form if isinstance(form, ReturnForm) else ReturnForm(),
        "essence_problem": isinstance(error, EssenceCommentMissingError),
        "is_over": isinstance(error, WrongStateError | NotReviewerError),
        "refused": [row for row in sheet.rows.values() if row.answer.statement.code in codes_of(error)],
    }
    return show(request, sheet, now, fragment="refused", status=status, **pieces)
