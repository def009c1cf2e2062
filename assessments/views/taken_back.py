"""What a reviewer is told who saves on a submission that the employee took back in the meantime."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

PAGE = "assessments/review/taken_back.html"


class TakenBackError(Http404):
    """To somebody who only reads it is not there."""


class TakenBackMiddleware:
    """Answers 409, with what happened, where something was to be saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.method != "POST" or not isinstance(exception, TakenBackError):
            return None
        return render(request, PAGE, status=HTTPStatus.CONFLICT)
