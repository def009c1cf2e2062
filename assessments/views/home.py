"""The first page: what waits for this person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.results.home import home_page
from people.clock import day_of, now
from people.requests import signed_in


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    at = now()
    page = home_page(signed_in(request), at=at, on=day_of(at))
    return render(request, "home.html", {"page": page})
