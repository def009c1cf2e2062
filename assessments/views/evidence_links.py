"""Linking a person's evidence to a statement of their assessment, and taking it off."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions.errors import NotEditableError
from assessments.actions.evidence import link_evidence, unlink_evidence
from assessments.actions.once import once
from assessments.forms.evidence import LinkForm, SearchForm
from assessments.models import EvidenceLink
from assessments.results.evidence.portfolio import RatedStatement, portfolio
from assessments.views.evidence import (
    level_address,
    next_page,
    not_editable,
    own_rating,
    rated_or_404,
)
from people.clock import now, today
from people.models import User
from people.requests import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_link(request: HttpRequest, pk: int, rating_id: int) -> HttpResponse:
    """The person's items, each to be linked to one statement."""
    user, at = signed_in(request), now()
    rated = rated_or_404(user, rating_id, assessment_id=pk)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return link_page(request, user, rated, form)
    item = get_object_or_404(user.evidence, pk=form.cleaned_data["evidence"])
    try:
        link_evidence(evidence=item, rating=own_rating(user, rated), by=user, at=at)
    except NotEditableError:
        return not_editable(request, rated)
    messages.success(request, _("The evidence is linked."))
    return redirect(next_page(request, level_address(rated)))


def link_page(request: HttpRequest, user: User, rated: RatedStatement, form: LinkForm) -> HttpResponse:
    if not rated.is_editable:
        return not_editable(request, rated)
    search = SearchForm(request.GET)
    is_valid = search.is_valid()
    query = search.cleaned_data["q"] if is_valid else ""
    found = portfolio(user, on=today(), query=query)
    context = {
        "rated": rated,
        "portfolio": found,
        "rows": [(item, item.link_to(rated.rating_id)) for item in found.items],
        "search": search,
        "query": query,
        "form": form,
        "here": reverse("assessments:evidence_link", args=[rated.assessment_id, rated.rating_id]),
        "back": next_page(request, level_address(rated)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound or not is_valid else HTTPStatus.OK
    return render(request, "assessments/evidence/link.html", context, status=status)


@require_POST
def evidence_unlink(request: HttpRequest, pk: int, link_id: int) -> HttpResponse:
    """Takes an item off a statement; the item stays in the person's evidence."""
    user, at = signed_in(request), now()

    def unlink() -> str:
        link, rated = own_link(user, pk, link_id)
        unlink_evidence(link=link, by=user, at=at)
        return next_page(request, level_address(rated))

    try:
        address = once(token=unlink_token(link_id), by=user, at=at, do=unlink)
    except NotEditableError:
        return not_editable(request, own_link(user, pk, link_id)[1])
    messages.success(request, _("The link is removed. The evidence itself stays."))
    return redirect(address)


def unlink_token(link_id: int) -> uuid.UUID:
    """A link is removed once, so its id is token enough: a second click gets the answer of the first."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"/evidence/links/{link_id}/unlink")


def own_link(user: User, assessment_id: int, link_id: int) -> tuple[EvidenceLink, RatedStatement]:
    """A link of the person's own assessment, and the statement at its other end."""
    links = EvidenceLink.objects.of_owner(user).select_related("rating__assessment")
    link = get_object_or_404(links, pk=link_id, rating__assessment=assessment_id)
    return link, rated_or_404(user, link.rating_id)
