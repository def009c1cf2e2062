"""Where evidence may belong: asked while it is written, and dismissed afterwards."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.actions.suggest import dismiss_suggestion
from assessments.forms.suggestions import WritingForm
from assessments.models import EvidenceSuggestion
from assessments.results.evidence.suggested import suggested_while_writing
from assessments.views.evidence import next_page
from people.clock import now
from people.requests import signed_in

FOUND = "assessments/suggestions/found.html"


@require_POST
def evidence_suggest(request: HttpRequest) -> HttpResponse:
    """A fragment with at most three statements for the text as it is typed; nothing is stored."""
    form = WritingForm(request.POST)
    if not form.is_valid():
        # Nothing to show beside what is half typed: saving says what to mend.
        return render(request, FOUND, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    language, item = form.cleaned_data["language"], form.cleaned_data["evidence"]
    found = suggested_while_writing(signed_in(request), language, form.text, item)
    return render(request, FOUND, {"suggested": found, "language": language})


@require_POST
def evidence_dismiss(request: HttpRequest, pk: int, statement_id: int) -> HttpResponse:
    """Takes a suggestion away for good; the item itself stays as it is."""
    user = signed_in(request)
    item = get_object_or_404(user.evidence, pk=pk)
    try:
        dismiss_suggestion(evidence=item, statement_id=statement_id, by=user, at=now())
    except EvidenceSuggestion.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, _("It will not be suggested there again."))
    return redirect(next_page(request, reverse("assessments:evidence_edit", args=[pk])))
