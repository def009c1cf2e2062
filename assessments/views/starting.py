"""The list of one's assessments, and beginning another one."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.assess import choose_starting_level, start_assessment
from assessments.actions.errors import AlreadyBegunError, NoOpenCycleError
from assessments.actions.once import once
from assessments.forms.assess import StartForm
from assessments.results.assess.overview import overview
from assessments.results.assess.starting import StartPage, nearest_defined, start_page
from people.clock import day_of, now
from people.models import User
from people.requests import signed_in
from skills.models import Skill


@require_safe
def assessment_list(request: HttpRequest) -> HttpResponse:
    at = now()
    page = overview(signed_in(request), at=at, on=day_of(at))
    return render(request, "assessments/assess/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Reads the seven essences, picks one and a target level, begins."""
    user, at = signed_in(request), now()
    page = start_page(skill_or_404(code), reader=user, on=day_of(at))
    posted = request.POST if request.method == "POST" else None
    first = {"level": page.kept, "target": page.first_target}
    form = StartForm(posted, initial=first, skill=page.definition, is_open=page.cycle is not None)
    if form.is_bound and form.is_valid():
        return begin(request, page, form, at=at)
    if page.begun:
        return redirect("assessments:detail", page.begun.pk)
    status = 422 if form.is_bound else 200
    return render(request, "assessments/assess/start.html", {"page": page, "form": form}, status=status)


def skill_or_404(code: str) -> Skill:
    try:
        return Skill.objects.coded(code)
    except Skill.DoesNotExist as error:
        raise Http404(code) from error


def begin(request: HttpRequest, page: StartPage, form: StartForm, *, at: dt.datetime) -> HttpResponse:
    user, chosen = signed_in(request), form.cleaned_data
    try:
        location = once(
            token=chosen["form_token"],
            by=user,
            at=at,
            do=lambda: begun(page, chosen["level"], chosen["target"], by=user, at=at),
        )
    except AlreadyBegunError as error:
        return redirect("assessments:detail", error.assessment_id)
    except NoOpenCycleError:
        return redirect("assessments:start", page.skill.code)
    say_what_was_begun(request, page, chosen["level"])
    return redirect(location)


def begun(page: StartPage, level: int, target: int, *, by: User, at: dt.datetime) -> str:
    """Keeps the level and begins the open cycle's assessment at the nearest level that the skill has."""
    choose_starting_level(skill=page.skill, level=level, by=by, at=at)
    if page.cycle is None:
        return reverse("home")
    nearest = nearest_defined(page.definition, level)
    assessment = start_assessment(
        skill=page.skill, target=target, start_level=nearest, by=by, at=at, on=day_of(at)
    )
    return reverse("assessments:level", args=[assessment.pk, nearest])


def say_what_was_begun(request: HttpRequest, page: StartPage, level: int) -> None:
    nearest = nearest_defined(page.definition, level)
    if page.cycle is None:
        kept = _("Your level is kept. No cycle is open now: you can start when one opens.")
        messages.success(request, kept)
    elif nearest != level:
        moved = _(
            "Level %(level)d is not defined in this skill. You begin at level %(nearest)d, the nearest."
        )
        messages.info(request, moved % {"level": level, "nearest": nearest})
