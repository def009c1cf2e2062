"""The first page: what waits for this person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.results.contest.contests import contests_to_decide
from assessments.results.home import home_page
from people.clock import day_of, now
from people.requests import signed_in


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person, at = signed_in(request), now()
    page = home_page(person, at=at, on=day_of(at))
    contests = contests_to_decide(person, on=day_of(at)) if person.leads_a_team else ()
    return render(request, "home.html", {"page": page, "contests": contests})
