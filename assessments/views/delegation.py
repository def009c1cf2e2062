"""Letting another manager review while one is away."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions.delegation import delegate_reviews, end_delegation
from assessments.actions.errors import EndedError
from assessments.actions.once import once
from assessments.forms.delegation import DelegationForm
from assessments.forms.evidence import OnceForm
from assessments.models import Delegation
from assessments.results.review.delegations import delegations_by, managers_besides
from assessments.views.managers import leader_of
from people.clock import day_of, now
from people.models import User

PAGE = "assessments:delegation"


@require_http_methods(["GET", "HEAD", "POST"])
def delegation(request: HttpRequest) -> HttpResponse:
    """Who reviews for this manager now and later; lets somebody."""
    manager, at = leader_of(request), now()
    posted = request.POST if request.method == "POST" else None
    on = day_of(at)
    first = {"starts_on": on.isoformat()}
    form = DelegationForm(posted, managers=managers_besides(manager), on=on, initial=first)
    if form.is_bound and form.is_valid() and delegated(request, form, manager, at):
        return redirect(PAGE)
    made = [(found, OnceForm()) for found in delegations_by(manager, on=on)]
    context = {"form": form, "delegations": made, "on": on}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/review/delegation.html", context, status=status)


def delegated(request: HttpRequest, form: DelegationForm, manager: User, at: dt.datetime) -> bool:
    """Whether it was done; if not, the form says why."""

    def do() -> str:
        made = delegate_reviews(**form.asked, by=manager, at=at)
        text = _("%(name)s reviews for you on these days.") % {"name": made.delegate.name}
        messages.success(request, text)
        return reverse(PAGE)

    try:
        once(token=form.cleaned_data["form_token"], by=manager, at=at, do=do)
    except ValidationError as error:
        for message in error.messages:
            form.add_error(None, message)
        return False
    return True


@require_POST
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends it early, at once."""
    manager, at = leader_of(request), now()
    found, form = get_object_or_404(manager.delegations, pk=pk), OnceForm(request.POST)
    if not form.is_valid():
        return redirect(PAGE)
    try:
        once(token=form.cleaned_data["form_token"], by=manager, at=at, do=lambda: ended(found, manager, at))
    except EndedError:
        messages.info(request, _("This had been ended before."))
    else:
        messages.success(request, _("It is ended: your reviews wait for you alone again."))
    return redirect(PAGE)


def ended(found: Delegation, manager: User, at: dt.datetime) -> str:
    end_delegation(delegation=found, by=manager, at=at)
    return reverse(PAGE)
