"""What a reviewer saves beside the ratings: the question about the essence, and private notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments.actions.beside import answer_essence, keep_notes
from assessments.actions.deadlines import TAKE_BACK
from assessments.actions.errors import NotReviewerError, StaleError, WrongStateError
from assessments.forms.review_beside import EssenceForm, NotesForm
from assessments.results.review.beside import Beside, beside_of
from assessments.results.review.page import review_sheet
from assessments.views.managers import manager_of
from assessments.views.review_messages import refusal_of
from assessments.views.review_page import is_htmx, show, submission_for
from people import clock

# What a save came to: the status, and what stands in the way of everything on the page.
Came = tuple[HTTPStatus, str]


@require_POST
def review_essence(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Saves whether the essence of the level describes the person."""
    manager, now, form = manager_of(request), clock.now(), EssenceForm(request.POST)
    submission = submission_for(manager, submission_id, now)

    def typed(beside: Beside) -> Beside:
        return replace(beside, essence=replace(beside.essence, typed=form.typed))

    came = attempt(form, lambda: answer_essence(submission=submission, **form.answer, by=manager, at=now))
    return answered(request, submission_id, "essence", came, now, typed)


@require_POST
def review_notes(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Saves the reviewer's private notes."""
    manager, now, form = manager_of(request), clock.now(), NotesForm(request.POST)
    submission = submission_for(manager, submission_id, now)

    def save() -> object:
        text, mark = form.cleaned_data["notes"], form.cleaned_data["mark"]
        return keep_notes(submission=submission, text=text, mark=mark, by=manager, at=now)

    def typed(beside: Beside) -> Beside:
        tried = form.data.get("notes", "")
        return replace(
            beside, notes=beside.notes and replace(beside.notes, typed=tried, problems=form.problems)
        )

    return answered(request, submission_id, "notes", attempt(form, save), now, typed)


def attempt(form: forms.Form, save: Callable[[], object]) -> Came:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY, ""
    try:
        save()
    except StaleError:
        return HTTPStatus.CONFLICT, ""
    except (WrongStateError, NotReviewerError) as error:
        return HTTPStatus.CONFLICT, refusal_of(error)
    return HTTPStatus.OK, ""


def answered(
    request: HttpRequest,
    submission_id: int,
    part: str,
    came: Came,
    now: dt.datetime,
    typed: Callable[[Beside], Beside],
) -> HttpResponse:
    """Back to the part of the page without scripts; else what the save changed, or what stood in its way."""
    status, refusal = came
    if status == HTTPStatus.OK and not is_htmx(request):
        return redirect(f"{reverse('assessments:review', args=[submission_id])}#{part}")
    manager = manager_of(request)
    sheet = review_sheet(submission_for(manager, submission_id, now), reader=manager)
    found = beside_of(sheet, reader=manager, now=now, take_back=TAKE_BACK)
    pieces: dict[str, Any] = {"beside": found, "refusal": refusal, "is_over": bool(refusal)}
    if status != HTTPStatus.OK:
        pieces |= {"beside": typed(found), "is_saved": False}
    return show(request, sheet, now, fragment=f"{part}_saved", status=status, **pieces)
