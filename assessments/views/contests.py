"""Pages of a second reviewer: one contest, its ratings and the decision."""

from __future__ import annotations

import datetime as dt
import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from assessments.actions.contest import decide_contest, open_contest, rate_contested
from assessments.actions.errors import ActionError, NotDeterminedError, NotRatedError, StaleError
from assessments.actions.once import once
from assessments.forms.contest import ContestDecisionForm
from assessments.forms.review import WordForm, seen_after, seen_of
from assessments.models import Response
from assessments.models.review import Basis
from assessments.results.contest.contests import ContestSheet, contest_for, contest_sheet, was_opened
from assessments.results.review.rows import Attempt
from assessments.results.review.words import NOT_APPLICABLE, RATINGS
from assessments.results.words import STRENGTHS
from assessments.views.contest_messages import refusal_of
from assessments.views.taken_back import PassedOnError
from people.clock import day_of, now
from people.models import User
from people.requests import signed_in

PAGE = "assessments/contest/page.html"
QUEUE = "assessments:reviews"


@require_safe
def contest(request: HttpRequest, response_id: int) -> HttpResponse:
    """An open contest for who decides it; opening it is logged, and the employee is told."""
    person, at = signed_in(request), now()
    found = found_for(person, response_id, at)
    if not found.is_open:
        return closed(request, found)
    open_contest(response=found, by=person, at=at)
    return show(request, contest_sheet(found, reader=person))


@require_POST
def contest_rate(request: HttpRequest, response_id: int, statement_id: int) -> HttpResponse:
    """Saves the second rating of one statement."""
    person, at = signed_in(request), now()
    found = found_for(person, response_id, at)
    if not found.statements.of_statement(statement_id).exists():
        raise Http404
    form = WordForm(request.POST)
    status, refusal = save(form, found, statement_id, person, at)
    if refusal:
        return closed(request, found_for(person, response_id, at), refusal)
    if status == HTTPStatus.OK and not is_htmx(request):
        return redirect(f"{reverse('assessments:contest', args=[response_id])}#statement-{statement_id}")
    attempt = None if status == HTTPStatus.OK else form.attempt(statement_id)
    sheet = sheet_of(found_for(person, response_id, at), person, attempt)
    row = next(row for row in sheet.rows if row.id == statement_id)
    seen = seen_after(sheet.stamp, seen_of(request.POST), 1 if form.is_valid() else 0)
    return show(request, sheet, fragment="changes", status=status, row=row, seen=seen)


def save(
    form: WordForm, response: Response, statement_id: int, person: User, at: dt.datetime
) -> tuple[HTTPStatus, str]:
    """How it went, and what stands in the way of all ratings if anything does."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY, ""
    try:
        rate_contested(response=response, statement_id=statement_id, **form.word, by=person, at=at)
    except StaleError:
        return HTTPStatus.CONFLICT, ""
    except ActionError as error:
        return HTTPStatus.CONFLICT, refusal_of(error)
    return HTTPStatus.OK, ""


@require_POST
def contest_decide(request: HttpRequest, response_id: int) -> HttpResponse:
    """Makes the second ratings count."""
    person, at = signed_in(request), now()
    found, form = found_for(person, response_id, at), ContestDecisionForm(request.POST)
    if not form.is_valid():
        return refuse(request, found, form)

    def do() -> str:
        given = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
        decide_contest(response=found, **given, by=person, at=at)
        messages.success(request, _("Your decision counts now. The employee will read it."))
        return reverse(QUEUE) if person.leads_a_team else reverse("home")

    try:
        address = once(token=form.cleaned_data["form_token"], by=person, at=at, do=do)
    except ActionError as error:
        return refuse(request, found_for(person, response_id, at), form, error)
    return HttpResponse(headers={"HX-Redirect": address}) if is_htmx(request) else redirect(address)


def refuse(
    request: HttpRequest, response: Response, form: ContestDecisionForm, error: ActionError | None = None
) -> HttpResponse:
    """The page again, with what stands in the way and what was typed."""
    refusal = refusal_of(error) if error else ""
    if not response.is_open:
        return closed(request, response, refusal)
    is_mendable = error is None or isinstance(error, NotRatedError | NotDeterminedError)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_mendable else HTTPStatus.CONFLICT
    sheet = sheet_of(response, signed_in(request))
    return show(request, sheet, fragment="refused", status=status, refusal=refusal, form=form)


def closed(request: HttpRequest, response: Response, refusal: str = "") -> HttpResponse:
    """What became of it, without what was sent: reading it ended with the decision."""
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    context = {"response": response, "refusal": refusal}
    if is_htmx(request):
        answer = render(request, "assessments/contest/closed.html#closed", context, status=status)
        return reswap(retarget(answer, "#content"), "innerHTML")
    return render(request, "assessments/contest/closed.html", context, status=status)


def show(
    request: HttpRequest,
    sheet: ContestSheet,
    *,
    fragment: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    """The page, or for htmx the pieces of it that the request may have changed."""
    template = f"{PAGE}#{fragment}" if fragment and is_htmx(request) else PAGE
    return render(request, template, {**page_context(sheet), **context}, status=status)


def page_context(sheet: ContestSheet) -> dict[str, Any]:
    """The page as it is opened, before anything was tried on it."""
    return {
        "page": sheet,
        "seen": sheet.stamp,
        "ratings": RATINGS,
        "not_applicable": NOT_APPLICABLE,
        "bases": Basis.choices,
        "strengths": tuple(STRENGTHS.values()),
        "form": ContestDecisionForm(),
        "form_token": uuid.uuid4(),
        "refusal": "",
        "row": None,
    }


def sheet_of(response: Response, person: User, attempt: Attempt | None = None) -> ContestSheet:
    return contest_sheet(response, reader=person, attempt=attempt)


def found_for(person: User, response_id: int, at: dt.datetime) -> Response:
    """A contest that this person decides or has decided; anybody else's is not there.

    Whoever had it before them is told that somebody else decides now, if they save.
    """
    try:
        return contest_for(person, response_id, on=day_of(at))
    except Response.DoesNotExist as missing:
        if was_opened(response_id, by=person):
            raise PassedOnError from missing
        raise Http404 from missing


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
