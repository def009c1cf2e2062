"""The page of one submission under review, whole or in the parts that an act has changed."""

from __future__ import annotations

import datetime as dt
import uuid
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.actions.deadlines import TAKE_BACK
from assessments.context import viewer_of
from assessments.forms.review import ReturnForm
from assessments.models import Submission
from assessments.results.report.last_validated import last_before
from assessments.results.review.beside import beside_of
from assessments.results.review.page import (
    ReviewSheet,
    is_closed,
    is_taken_back,
    readable_submission,
    was_opened,
)
from assessments.results.review.queue import place_in, waiting_for
from assessments.views.managers import manager_of
from assessments.views.taken_back import ClosedError, PassedOnError, TakenBackError
from people import clock
from people.models import User

PAGE = "assessments/review/page.html"


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
    shown["viewer"] = viewer_of(request, waiting=shown["place"].of)
    template = f"{PAGE}#{fragment}" if fragment and is_htmx(request) else PAGE
    return render(request, template, shown, status=status)


def page_context(sheet: ReviewSheet, manager: User, now: dt.datetime) -> dict[str, Any]:
    """The page as it is opened, before anything was tried on it."""
    beside = beside_of(sheet, reader=manager, now=now, take_back=TAKE_BACK)
    last = last_before(sheet.submission)
    return {
        "page": sheet,
        "beside": beside,
        "is_saved": sheet.review is not None or beside.is_written,
        "seen": sheet.stamp,
        "place": place_in(waiting_for(manager, now=now), sheet.submission.pk),
        "form_token": uuid.uuid4(),
        "last": last,
        "last_words": last.words(sheet.sheet.skill.lowest) if last else "",
        "refusal": "",
        "refused": [],
        "is_over": False,
        "return_form": ReturnForm(initial={"reason": sheet.review.reason if sheet.review else ""}),
        "essence_problem": False,
        "oob": False,
    }


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def submission_for(manager: User, submission_id: int, now: dt.datetime) -> Submission:
    on = clock.day_of(now)
    try:
        return readable_submission(submission_id, reader=manager, on=on)
    except Submission.DoesNotExist as missing:
        if is_taken_back(submission_id, reader=manager, on=on):
            raise TakenBackError from missing
        if is_closed(submission_id, reader=manager, on=on):
            raise ClosedError from missing
        if was_opened(submission_id, by=manager):
            raise PassedOnError from missing
        raise Http404 from missing
