"""What a reviewer is told who saves on what is not theirs to review any more: 409, with what happened."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render


class GoneError(Http404):
    """To somebody who only reads it is not there."""

    page = ""


class TakenBackError(GoneError):
    """The employee took it back."""

    page = "assessments/review/taken_back.html"


class PassedOnError(GoneError):
    """Who reviews it has changed since they opened it."""

    page = "assessments/review/passed_on.html"


class TakenBackMiddleware:
    """Answers 409, with what happened, where something was to be saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.method != "POST" or not isinstance(exception, GoneError):
            return None
        return render(request, exception.page, status=HTTPStatus.CONFLICT)
