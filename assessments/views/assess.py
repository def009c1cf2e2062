"""Assessing oneself, one saved answer at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions import assess as actions
from assessments.actions.errors import NotEditableError, StaleError
from assessments.forms.assess import RatingForm, TargetForm, answer_words
from assessments.models import Assessment, StatementRating
from assessments.results.assess.level_page import Card, LevelPage, Tried, current_sheet, level_page, place_of
from assessments.results.assess.offers import with_offers
from assessments.results.assess.progress import landing_level
from assessments.results.assess.starting import nearest_defined
from assessments.results.assess.suggested import with_suggestions
from assessments.results.live import definition_for
from assessments.scoring import NA, Rating
from people.clock import day_of, now, today
from people.models import User
from people.requests import signed_in

PAGE = "assessments/assess/level.html"


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the assessment where there is something to do."""
    assessment = own(request, pk)
    sheet = current_sheet(assessment, reader=signed_in(request), on=today())
    return redirect("assessments:level", pk, landing_level(sheet))


@require_safe
def level(request: HttpRequest, pk: int, level: int) -> HttpResponse:
    return level_response(request, own(request, pk), level, at=now())


@require_POST
def rate(request: HttpRequest, pk: int, rating_id: int) -> HttpResponse:
    """Saves one answer; answers with what it changes on the page, or with what stood in its way."""
    at, assessment = now(), own(request, pk)
    place = place_of(assessment, rating_id)
    if place is None:
        raise Http404(rating_id)
    number, anchor = place
    tried = save_rating(assessment, rating_id, RatingForm(request.POST), by=signed_in(request), at=at)
    if tried is None and not wants_fragment(request):
        return redirect(reverse("assessments:level", args=[pk, number]) + f"#{anchor}")
    return level_response(request, own(request, pk), number, at=at, rating_id=rating_id, tried=tried)


def save_rating(
    assessment: Assessment, rating_id: int, form: RatingForm, *, by: User, at: dt.datetime
) -> Tried | None:
    """None when it is saved; else what was tried and why it is not."""
    if not form.is_valid():
        reason = form.data.get("reason", "")
        return Tried(rating_id=rating_id, answer=form.shown_answer, reason=reason, errors=form.messages)
    given = form.cleaned_data
    tried = Tried(rating_id=rating_id, answer=given["answer"], reason=given["reason"])
    try:
        actions.rate_statement(assessment=assessment, rating_id=rating_id, **given, by=by, at=at)
    except StaleError as error:
        is_saved = same_answer(error.current, given["answer"], given["reason"])
        return None if is_saved else replace(tried, is_stale=True)
    except NotEditableError:
        return replace(tried, is_sent=True)
    return None


def same_answer(saved: object, answer: Rating | None, reason: str) -> bool:
    """Whether another tab saved just this: then there is nothing to choose between."""
    if not isinstance(saved, StatementRating) or saved.answer != answer:
        return False
    return answer != NA or saved.reason == reason


@require_POST
def change_target(request: HttpRequest, pk: int) -> HttpResponse:
    """Another level to aim at; comes back to the page of the level it was asked on."""
    user, at, assessment = signed_in(request), now(), own(request, pk)
    form = TargetForm(request.POST, skill=definition_for(assessment, user))
    if not form.is_valid():
        number = form.page_level or assessment.start_level
        return level_response(request, assessment, number, at=at, target_form=form)
    try:
        actions.change_target(assessment=assessment, target=form.cleaned_data["target"], by=user, at=at)
    except NotEditableError:
        return refused(request, assessment, _("It was sent to review, so its target level stays as it is."))
    messages.success(
        request, _("Your target level is %(level)d now.") % {"level": form.cleaned_data["target"]}
    )
    return redirect("assessments:level", pk, form.page_level or form.cleaned_data["target"])


def level_response(
    request: HttpRequest,
    assessment: Assessment,
    number: int,
    *,
    at: dt.datetime,
    rating_id: int | None = None,
    tried: Tried | None = None,
    target_form: TargetForm | None = None,
) -> HttpResponse:
    """A level's page, or the part of it that an answer to one statement changes."""
    user = signed_in(request)
    skill = definition_for(assessment, user)
    if number not in {found.number for found in skill.defined_levels}:
        return undefined_level(request, assessment, number)
    part = "#answer" if rating_id and wants_fragment(request) else ""
    page = level_page(assessment, number, reader=user, on=day_of(at), tried=tried)
    context = level_context(page, part, rating_id, target_form or TargetForm(skill=skill))
    context["saved_today"] = assessment.saved_at is not None and is_same_day(assessment.saved_at, at, user)
    return render(request, PAGE + part, context, status=status_of(tried, target_form))


def level_context(
    page: LevelPage, part: str, rating_id: int | None, target_form: TargetForm
) -> dict[str, object]:
    """What the template gets; the one card apart where an answer to its statement is saved."""
    card = page.card(rating_id) if rating_id else None
    return {
        "page": page if part else with_offers(with_suggestions(page)),
        "card": card,
        "conflict": card and conflict_of(card),
        "target_form": target_form,
    }


def conflict_of(card: Card) -> dict[str, str]:
    """Both answers in words, for a choice between them."""
    given, tried = card.answer.given, card.tried
    return {
        "saved": answer_words(given.answer, given.reason),
        "tried": answer_words(tried.answer, tried.reason) if tried else "",
    }


def status_of(tried: Tried | None, target_form: TargetForm | None) -> int:
    if tried and (tried.is_stale or tried.is_sent):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if tried or target_form else HTTPStatus.OK


def is_same_day(one: dt.datetime, other: dt.datetime, reader: User) -> bool:
    """Whether two moments fall on one day where the reader is."""
    return one.astimezone(reader.zone).date() == other.astimezone(reader.zone).date()


def undefined_level(request: HttpRequest, assessment: Assessment, number: int) -> HttpResponse:
    """Says that the skill has no such level, with the level's essence."""
    skill = definition_for(assessment, signed_in(request))
    if number not in {found.number for found in skill.levels}:
        raise Http404(number)
    nearest = nearest_defined(skill, number)
    context = {"assessment": assessment, "skill": skill, "level": skill.level(number), "nearest": nearest}
    return render(request, "assessments/assess/undefined.html", context, status=HTTPStatus.NOT_FOUND)


def own(request: HttpRequest, pk: int) -> Assessment:
    """One of the person's own assessments; anybody else's is not there."""
    found = signed_in(request).assessments.of_known_person().with_saved_at().with_comments()
    return get_object_or_404(found, pk=pk)


def refused(
    request: HttpRequest, assessment: Assessment, reason: str, *, status: HTTPStatus = HTTPStatus.CONFLICT
) -> HttpResponse:
    """Says that what was asked is not done, and why; mostly it is no longer possible."""
    context = {"assessment": assessment, "reason": reason}
    return render(request, "assessments/assess/refused.html", context, status=status)


def wants_fragment(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
