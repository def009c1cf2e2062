"""The levels of the team."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.forms.team import TeamForm
from assessments.results.team.choices import team_choice
from assessments.results.team.levels import team_levels
from assessments.views.heatmap import team_rows
from assessments.views.managers import leader_of
from people import clock


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """People below the manager and their levels in one skill and one cycle."""
    manager = leader_of(request)
    choice = team_choice(manager)
    form = TeamForm(request.GET.dict(), choice=choice)
    context = {"form": form, "choice": choice, "levels": None, "rows": ""}
    if not form.is_valid():
        return render(request, "assessments/team/page.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    chosen = choice.chosen(**form.cleaned_data)
    levels = team_levels(manager, chosen, on=clock.today())
    if levels is not None:
        context |= {"choice": chosen, "levels": levels, "rows": team_rows(levels)}
    return render(request, "assessments/team/page.html", context)
