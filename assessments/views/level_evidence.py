"""What a person has written down that may speak for a level of their assessment."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.results.evidence.level_evidence import level_evidence as evidence_for
from people.clock import today
from people.requests import signed_in

PAGE = "assessments/evidence/level.html"


@require_safe
def level_evidence(request: HttpRequest, pk: int, level: int) -> HttpResponse:
    """A page of its own, or the fragment that the level's page opens: its buttons lead back there."""
    user = signed_in(request)
    assessment = get_object_or_404(user.assessments.for_page(), pk=pk)
    try:
        found = evidence_for(assessment, level, reader=user, on=today())
    except LookupError as missing:
        raise Http404 from missing
    is_fragment = bool(getattr(request, "htmx", False))
    back = reverse("assessments:level", args=[pk, level])
    here = f"{back}#level-candidates" if is_fragment else request.path
    part = "#level-candidates" if is_fragment else ""
    context = {"page": found, "is_page": not is_fragment, "here": here, "back": back}
    return render(request, PAGE + part, context)
