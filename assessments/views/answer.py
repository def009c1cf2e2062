"""The employee's answer to a validated level."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.errors import (
    ActionError,
    AnsweredError,
    StaleError,
    TooLateError,
    WrongStateError,
)
from assessments.actions.once import once
from assessments.actions.respond import respond
from assessments.forms.answer import AnswerForm
from assessments.models import Assessment
from assessments.models.contest import Answer
from assessments.results.contest.answering import AnswerPage, answer_page
from assessments.views.assess import own, refused
from people.clock import day_of, now
from people.requests import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the decision with its deadline, and takes one answer to it."""
    at, assessment = now(), own(request, pk)
    page = answer_page(assessment, reader=signed_in(request), on=day_of(at))
    if page is None:
        return not_to_answer(request, assessment)
    form = form_for(request, page)
    if not (form.is_bound and form.is_valid()):
        return show(request, page, form)

    def do() -> str:
        respond(assessment=assessment, **form.given, by=signed_in(request), at=at)
        messages.success(request, THANKS[form.given["answer"]]())
        return reverse("assessments:answer", args=[pk])

    try:
        token = form.cleaned_data["form_token"]
        return redirect(once(token=token, by=signed_in(request), at=at, do=do))
    except ActionError as error:
        return show_refusal(request, pk, form, at, error)


def show_refusal(
    request: HttpRequest, pk: int, form: AnswerForm, at: dt.datetime, error: ActionError
) -> HttpResponse:
    """The page as it is now, with what stood in the way and what was typed."""
    assessment = own(request, pk)
    page = answer_page(assessment, reader=signed_in(request), on=day_of(at))
    if page is None:
        return not_to_answer(request, assessment)
    return show(request, page, form, refusal=refusal_of(error), status=HTTPStatus.CONFLICT)


THANKS = {
    Answer.AGREED: lambda: _("Your answer is kept: you agree."),
    Answer.NOTED: lambda: _("Your answer and your note are kept."),
    Answer.CONTESTED: lambda: _("Your contest is kept. A second reviewer will rate these statements."),
}


def form_for(request: HttpRequest, page: AnswerPage) -> AnswerForm:
    data = request.POST if request.method == "POST" else None
    return AnswerForm(data, levels=page.levels)


def show(
    request: HttpRequest,
    page: AnswerPage,
    form: AnswerForm,
    *,
    refusal: str = "",
    status: HTTPStatus | None = None,
) -> HttpResponse:
    """To answer, or once answered or too late to read."""
    status = status or (HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)
    context = {"page": page, "form": form, "refusal": refusal}
    return render(request, "assessments/contest/answer.html", context, status=status)


def not_to_answer(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Nothing is validated now: a form that was open meanwhile is refused, anybody else is led on."""
    if request.method == "POST":
        return refused(request, assessment, refusal_of(WrongStateError(assessment.state)))
    return redirect("assessments:detail", assessment.pk)


def refusal_of(error: ActionError) -> str:
    if isinstance(error, AnsweredError):
        return _("You have answered this decision already: one answer is possible.")
    if isinstance(error, TooLateError):
        return _("The days in which this decision could be answered are over.")
    if isinstance(error, StaleError):
        return _("The decision was taken back and taken anew since you read it. Read it again and answer.")
    if isinstance(error, WrongStateError):
        return _("The level is not validated any more, so there is no decision to answer.")
    # Anything else cannot happen on a page: it is an error of ours.
    raise error
