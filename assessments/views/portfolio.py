"""All the evidence of a person: searched, filtered, and laid over the statements of their skills."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh, push_url

from assessments.forms.portfolio import PortfolioForm
from assessments.results.evidence.portfolio_page import portfolio_page
from assessments.results.evidence.strip import own_skills
from people.clock import today
from people.requests import signed_in

PAGE = "assessments/evidence/list.html"


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """All that the person has written down, or what was asked for; a page at a time."""
    user = signed_in(request)
    skills = own_skills(user)
    form = PortfolioForm(request.GET, skills=skills)
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    found = portfolio_page(user, skills, form.filters, on=today(), number=request.GET.get("page", ""))
    links = addresses(form, found.page.number)
    pushed = links["here"] if form.is_valid() else request.get_full_path()
    context = {"page": found, "form": form, "pushed": pushed, **links}
    if not getattr(request, "htmx", False):
        return render(request, PAGE, context, status=status)
    if not found.portfolio.total:
        return HttpResponseClientRefresh()
    return push_url(render(request, f"{PAGE}#answer", context, status=status), pushed)


def addresses(form: PortfolioForm, number: int) -> dict[str, str]:
    """This page, each page but for its number, and the same without the statement."""
    base, asked = reverse("assessments:evidence"), form.asked
    kept = {name: value for name, value in asked.items() if name != "statement"}
    more = {"page": str(number)} if number > 1 else {}
    return {
        "here": address(base, {**asked, **more}),
        "any_page": address(base, {**asked, "page": ""}),
        "any_statement": address(base, kept),
    }


def address(base: str, asked: dict[str, str]) -> str:
    return f"{base}?{urlencode(asked)}" if asked else base
