"""Pages of a manager who reviews: what waits, one submission, its ratings and the decision."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
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
from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.forms.review import DecisionForm, ReturnForm, WordForm
from assessments.models import Review, Submission
from assessments.models.log import AccessKind
from assessments.results.beside import beside_of
from assessments.results.contests import contests_to_decide
from assessments.results.delegations import delegations_of
from assessments.results.queue import decided_below, next_waiting, place_in, waiting_for
from assessments.results.review import ReviewSheet, readable_submission, review_sheet
from assessments.results.review_words import NOT_APPLICABLE, RATINGS
from assessments.results.taking_back import undoable_by
from assessments.results.words import STRENGTHS
from assessments.views.managers import manager_of
from assessments.views.review_messages import refusal_of, say_decided
from people import clock
from people.models import User

PAGE = "assessments/review/page.html"
QUEUE = "assessments:reviews"

# Makes the decision over what was seen.
Deciding = Callable[[int], Review]


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, oldest first, and what was decided lately."""
    manager, now, with_managers = manager_of(request), clock.now(), "managers" in request.GET
    context = {
        "queue": waiting_for(manager, now=now, with_managers=with_managers),
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
def review_rate(request: HttpRequest, submission_id: int, statement_id: int) -> HttpResponse:
    """Saves the rating of one statement."""
    manager, now = manager_of(request), clock.now()
    submission = submission_for(manager, submission_id, now)
    if statement_id not in review_sheet(submission, reader=manager).rows:
        raise Http404
    form = WordForm(request.POST)
    status, refusal = save_word(form, submission, statement_id, manager, now)
    if status == HTTPStatus.OK and not is_htmx(request):
        return redirect(f"{reverse('assessments:review', args=[submission_id])}#statement-{statement_id}")
    sheet = review_sheet(submission_for(manager, submission_id, now), reader=manager)
    attempted = sheet if status == HTTPStatus.OK else replace(sheet, attempt=form.attempt(statement_id))
    pieces = {"row": attempted.rows[statement_id], "seen": form.seen_after(sheet.stamp), "refusal": refusal}
    return show(request, attempted, now, fragment="changes", status=status, **pieces)


def save_word(
    form: WordForm, submission: Submission, statement_id: int, manager: User, now: dt.datetime
) -> tuple[HTTPStatus, str]:
    """How it went, and what stands in the way of all ratings if anything does."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY, ""
    try:
        rate_in_review(submission=submission, statement_id=statement_id, **form.word, by=manager, at=now)
    except StaleError:
        return HTTPStatus.CONFLICT, ""
    except (WrongStateError, NotReviewerError) as error:
        return HTTPStatus.CONFLICT, refusal_of(error)
    return HTTPStatus.OK, ""


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
        say_decided(request, do(form.cleaned_data["seen"]))
        following = next_waiting(manager, after=submission, now=now)
        return reverse("assessments:review", args=[following]) if following else reverse(QUEUE)

    try:
        address = once(token=form.cleaned_data["form_token"], by=manager, at=now, do=decide_and_go_on)
    except ActionError as error:
        return refuse(request, submission, form, now, error)
    return HttpResponse(headers={"HX-Redirect": address}) if is_htmx(request) else redirect(address)


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
    }
    return show(request, sheet, now, fragment="refused", status=status, **pieces)


def show(
    request: HttpRequest,
    sheet: ReviewSheet,
    now: dt.datetime,
    *,
    fragment: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    """The page, or for htmx the pieces of it that the request may have changed."""
    shown = {**page_context(sheet, manager_of(request), now), **context}
    template = f"{PAGE}#{fragment}" if fragment and is_htmx(request) else PAGE
    return render(request, template, shown, status=status)


def page_context(sheet: ReviewSheet, manager: User, now: dt.datetime) -> dict[str, Any]:
    """The page as it is opened, before anything was tried on it."""
    return {
        "page": sheet,
        "beside": beside_of(sheet, reader=manager, now=now, take_back=TAKE_BACK),
        "seen": sheet.stamp,
        "place": place_in(waiting_for(manager, now=now), sheet.submission.pk),
        "ratings": RATINGS,
        "not_applicable": NOT_APPLICABLE,
        "strengths": tuple(STRENGTHS.values()),
        "form_token": uuid.uuid4(),
        "refusal": "",
        "return_form": ReturnForm(),
        "essence_problem": False,
        "row": None,
    }


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def submission_for(manager: User, submission_id: int, now: dt.datetime) -> Submission:
    try:
        return readable_submission(submission_id, reader=manager, on=clock.day_of(now))
    except Submission.DoesNotExist as missing:
        raise Http404 from missing
