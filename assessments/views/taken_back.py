"""What a reviewer is told who saves on what is not theirs to review any more: 409, with what happened."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render


class GoneError(Http404):
    """To somebody who only reads it is not there; ``tells_readers``, and they are told why."""

    page = ""
    tells_readers = False


class TakenBackError(GoneError):
    """The employee took it back."""

    page = "assessments/review/taken_back.html"


class PassedOnError(GoneError):
    """Who reviews it has changed since they opened it."""

    page = "assessments/review/passed_on.html"


class ClosedError(GoneError):
    """HR closed it as not reviewed; a link to it may stand in a mail."""

    page = "assessments/review/closed.html"
    tells_readers = True


class TakenBackMiddleware:
    """Answers 409, with what happened, where something was to be saved; 404 to who reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, GoneError):
            return None
        if request.method == "POST":
            return render(request, exception.page, status=HTTPStatus.CONFLICT)
        if not exception.tells_readers:
            return None
        return render(request, exception.page, status=HTTPStatus.NOT_FOUND)
