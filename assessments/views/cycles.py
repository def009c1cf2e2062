"""Across submissions and cycles: as sent, as returned, as compared; and the last cycle's answers."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions.errors import NotEditableError, NothingOfferedError, StaleError
from assessments.actions.log import log_opening
from assessments.actions.offers import confirm_offer
from assessments.context import viewer_about
from assessments.forms.assess import OfferForm
from assessments.models import Assessment, Submission
from assessments.models.log import AccessKind
from assessments.results.assess.level_page import place_of
from assessments.results.cycles.comparison import comparison
from assessments.results.cycles.returned import changed_since_return
from assessments.results.cycles.returned import returned as returned_page
from assessments.results.cycles.sent import sent as sent_page
from assessments.views.assess import own, refused
from assessments.views.managers import manager_of
from assessments.views.review_page import submission_for
from people.clock import day_of, now, today
from people.requests import signed_in


@require_safe
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """Why it was returned, statement by statement, and what changed since."""
    page = returned_page(own(request, pk), reader=signed_in(request), on=today())
    if page is None:
        raise Http404(pk)
    return render(request, "assessments/cycles/returned.html", {"page": page})


@require_safe
def sent(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """One's own submission, as it was sent; without a number the last one."""
    try:
        page = sent_page(own(request, pk), number, reader=signed_in(request))
    except Submission.DoesNotExist as missing:
        raise Http404(number) from missing
    return render(request, "assessments/cycles/sent.html", {"page": page})


@require_safe
def review_changes(request: HttpRequest, submission_id: int) -> HttpResponse:
    """For the reviewer of what was sent again: what was asked for, and what changed."""
    manager, at = manager_of(request), now()
    submission = submission_for(manager, submission_id, at)
    page = changed_since_return(submission, reader=manager)
    if page is None:
        messages.info(request, _("It was never returned: the employee had taken it back and sent it again."))
        return redirect("assessments:review", submission_id)
    log_opening(
        kind=AccessKind.SUBMISSION,
        person_id=submission.assessment.employee_id,
        object_id=submission.pk,
        by=manager,
        at=at,
    )
    return render(request, "assessments/cycles/changed.html", {"page": page, "submission": submission})


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """This cycle beside the last ones: one's own, or what people below have sent."""
    user, at = signed_in(request), now()
    readable = Assessment.objects.readable_for_page(user, day_of(at))
    assessment = get_object_or_404(readable, pk=pk)
    log_opening(
        kind=AccessKind.REPORT, person_id=assessment.employee_id, object_id=assessment.pk, by=user, at=at
    )
    columns = readable.up_to(assessment).with_results()
    page = comparison(assessment, columns, reader=user, on=day_of(at))
    context = {"page": page, "assessment": assessment, **viewer_about(request, assessment.employee_id)}
    return render(request, "assessments/cycles/compare.html", context)


@require_POST
def confirm_last(request: HttpRequest, pk: int, rating_id: int) -> HttpResponse:
    """Takes over the last cycle's answer to one statement."""
    assessment, form = own(request, pk), OfferForm(request.POST)
    place = place_of(assessment, rating_id)
    if place is None:
        raise Http404(rating_id)
    if not form.is_valid():
        return refused(request, assessment, " ".join(form.messages), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    version = form.cleaned_data["version"]
    try:
        confirm_offer(
            assessment=assessment, rating_id=rating_id, version=version, by=signed_in(request), at=now()
        )
    except NotEditableError:
        return refused(request, assessment, _("It was sent to review already."))
    except (NothingOfferedError, StaleError):
        messages.info(request, _("This statement is answered already: nothing was changed."))
    number, anchor = place
    return redirect(reverse("assessments:level", args=[pk, number]) + f"#{anchor}")
