"""Comments that a reviewer keeps: picked for a statement, kept for another time, removed."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions.errors import ActionError, TooLongError
from assessments.actions.kept import forget_comment, keep_comment, use_comment
from assessments.actions.once import once
from assessments.forms.review_beside import KeepForm
from assessments.models import ReusableComment
from assessments.results.review.kept import KeptComments, kept_comments
from assessments.views.managers import manager_of
from assessments.views.review_messages import refusal_of
from assessments.views.review_page import submission_for
from assessments.views.review_take_back import refused
from people import clock

PAGE = "assessments/review/beside/kept.html"


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, submission_id: int, statement_id: int) -> HttpResponse:
    """What one has kept, to be picked for a statement; keeps one more."""
    manager, now = manager_of(request), clock.now()
    found = kept_for(request, submission_id, statement_id, now)
    form = KeepForm(request.POST if request.method == "POST" else None, initial={"text": found.saved})
    if not form.is_bound:
        return show(request, found, form)
    if not form.is_valid():
        return show(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)

    def do() -> str:
        keep_comment(text=form.cleaned_data["text"], by=manager, at=now)
        return reverse("assessments:kept", args=[submission_id, statement_id])

    once(token=form.cleaned_data["form_token"], by=manager, at=now, do=do)
    return changed(request, submission_id, statement_id, now)


@require_POST
def kept_use(request: HttpRequest, submission_id: int, statement_id: int, comment_id: int) -> HttpResponse:
    """Adds one to the comment of a statement, and goes back there; sent twice it is added once."""
    manager, now = manager_of(request), clock.now()
    submission = kept_for(request, submission_id, statement_id, now).submission
    ids = {"statement_id": statement_id, "comment_id": comment_id}
    try:
        use_comment(submission=submission, **ids, by=manager, at=now)
    except ReusableComment.DoesNotExist as missing:
        raise Http404 from missing
    except ActionError as error:
        return refused(request, submission, why_not(error), HTTPStatus.CONFLICT)
    return redirect(f"{reverse('assessments:review', args=[submission_id])}#statement-{statement_id}")


def why_not(error: ActionError) -> str:
    if isinstance(error, TooLongError):
        return _("The comment would have more than 2000 characters. Shorten it first.")
    return refusal_of(error)


@require_POST
def kept_remove(request: HttpRequest, submission_id: int, statement_id: int, comment_id: int) -> HttpResponse:
    """Where it was used it stays."""
    manager, now = manager_of(request), clock.now()
    kept_for(request, submission_id, statement_id, now)
    forget_comment(comment_id=comment_id, by=manager)
    return changed(request, submission_id, statement_id, now)


def changed(request: HttpRequest, submission_id: int, statement_id: int, now: dt.datetime) -> HttpResponse:
    """The list as it is now."""
    if not is_htmx(request):
        return redirect("assessments:kept", submission_id, statement_id)
    return show(request, kept_for(request, submission_id, statement_id, now), KeepForm())


def kept_for(request: HttpRequest, submission_id: int, statement_id: int, now: dt.datetime) -> KeptComments:
    manager = manager_of(request)
    found = kept_comments(submission_for(manager, submission_id, now), statement_id, reader=manager)
    if found is None:
        raise Http404
    return found


def show(
    request: HttpRequest, found: KeptComments, form: KeepForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    template = f"{PAGE}#kept" if is_htmx(request) else PAGE
    return render(request, template, {"kept": found, "form": form}, status=status)


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
