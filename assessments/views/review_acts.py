"""What a reviewer does on the page of a submission: rate, accept, judge and confirm evidence, open a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assessments.actions.accept import accept_as_supported
from assessments.actions.errors import EvidenceChangedError, NotReviewerError, StaleError, WrongStateError
from assessments.actions.judge import confirm_evidence, judge_link, take_confirmation_back
from assessments.actions.log import log_opening
from assessments.actions.review import rate_in_review
from assessments.forms.review import AcceptForm, VerdictForm, WordForm, seen_after, seen_of
from assessments.models import ReviewRating
from assessments.models.log import AccessKind
from assessments.results.review.page import ReviewSheet, review_sheet
from assessments.results.review.rows import Attempt, Judgement
from assessments.views.managers import manager_of
from assessments.views.review_messages import damaged, nothing_left, refusal_of
from assessments.views.review_page import is_htmx, show, submission_for
from people import clock

# Saves something and says which ratings it touched.
Act = Callable[[], Iterable[ReviewRating]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How an act went: the statements that it touched, or what stood in its way."""

    status: HTTPStatus = HTTPStatus.OK
    touched: tuple[int, ...] = ()
    refusal: str = ""
    is_stale: bool = False
    # It waits for nobody's decision any more, or not for this reviewer's.
    is_over: bool = False

    @property
    def is_done(self) -> bool:
        return self.status == HTTPStatus.OK


UNREADABLE = Outcome(status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
def review_rate(request: HttpRequest, submission_id: int, statement_id: int) -> HttpResponse:
    """Saves the rating of one statement."""
    manager, now = manager_of(request), clock.now()
    submission = submission_for(manager, submission_id, now)
    before = review_sheet(submission, reader=manager)
    if statement_id not in before.rows:
        raise Http404
    form = WordForm(request.POST)

    def act() -> list[ReviewRating]:
        return [
            rate_in_review(submission=submission, statement_id=statement_id, **form.word, by=manager, at=now)
        ]

    outcome = attempted(act) if form.is_valid() else UNREADABLE
    attempt = None if outcome.is_done else form.attempt(statement_id)
    return answer(request, before, outcome, now, [statement_id], attempt=attempt)


@require_POST
def review_accept(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Settles statements at what the evidence supports."""
    manager, now = manager_of(request), clock.now()
    submission = submission_for(manager, submission_id, now)
    before, versions = review_sheet(submission, reader=manager), AcceptForm(request.POST).versions
    if not versions.keys() <= before.rows.keys():
        raise Http404

    def act() -> list[ReviewRating]:
        return accept_as_supported(submission=submission, versions=versions, by=manager, at=now)

    # The button for the rest of a level stays where the hand is, also once it has nothing to send.
    why = damaged if "rating" in request.POST else nothing_left
    outcome = attempted(act) if versions else replace(UNREADABLE, refusal=why())
    if outcome.is_stale:
        outcome = replace(outcome, refusal=refusal_of(StaleError(None)))
    return answer(request, before, outcome, now, list(versions), with_choices=True)


@require_POST
def review_verdict(request: HttpRequest, submission_id: int, link_id: int) -> HttpResponse:
    """Saves what one link of evidence shows."""
    manager, now = manager_of(request), clock.now()
    submission = submission_for(manager, submission_id, now)
    before, form = review_sheet(submission, reader=manager), VerdictForm(request.POST)
    statements = [row.id for row in before.rows.values() if any(link.id == link_id for link in row.links)]
    if not statements:
        raise Http404

    def act() -> list[ReviewRating]:
        return judge_link(submission=submission, link_id=link_id, **form.judgement, by=manager, at=now)

    outcome = attempted(act) if form.is_valid() else UNREADABLE
    attempt = None if outcome.is_done else form.attempt(link_id)
    return answer(
        request, before, outcome, now, statements, attempt=attempt, with_choices=True, with_evidence=True
    )


@require_POST
def review_confirm(request: HttpRequest, submission_id: int, evidence_id: int) -> HttpResponse:
    """Confirms an item of evidence, or takes that back."""
    manager, now = manager_of(request), clock.now()
    submission = submission_for(manager, submission_id, now)
    before = review_sheet(submission, reader=manager)
    statements = [
        row.id
        for row in before.rows.values()
        if any(link.linked.evidence.id == evidence_id for link in row.links)
    ]
    if not statements:
        raise Http404
    do = take_confirmation_back if request.POST.get("confirmed") == "0" else confirm_evidence

    def act() -> list[ReviewRating]:
        return do(submission=submission, evidence_id=evidence_id, by=manager, at=now)

    outcome = attempted(act)
    return answer(request, before, outcome, now, statements, with_choices=True, with_evidence=True)


@require_safe
def review_open(request: HttpRequest, submission_id: int, evidence_id: int) -> HttpResponse:
    """Shows where the link of an item leads, as it was sent, and notes that it was opened."""
    manager, now = manager_of(request), clock.now()
    submission = submission_for(manager, submission_id, now)
    url = review_sheet(submission, reader=manager).links.get(evidence_id)
    if not url:
        raise Http404
    log_opening(
        kind=AccessKind.EVIDENCE,
        person_id=submission.assessment.employee_id,
        object_id=evidence_id,
        by=manager,
        at=now,
        submission_id=submission.pk,
    )
    return render(request, "assessments/review/link.html", {"url": url, "submission": submission})


def attempted(act: Act) -> Outcome:
    """Does it, or says what stood in its way."""
    try:
        touched = act()
    except StaleError:
        return Outcome(status=HTTPStatus.CONFLICT, is_stale=True)
    except (WrongStateError, NotReviewerError, EvidenceChangedError) as error:
        is_over = not isinstance(error, EvidenceChangedError)
        return Outcome(status=HTTPStatus.CONFLICT, refusal=refusal_of(error), is_over=is_over)
    return Outcome(touched=tuple(rating.statement_id for rating in touched))


def answer(
    request: HttpRequest,
    before: ReviewSheet,
    outcome: Outcome,
    now: dt.datetime,
    statements: list[int],
    *,
    attempt: Attempt | Judgement | None = None,
    **parts: Any,
) -> HttpResponse:
    """Back to the statement, or for htmx the parts of the page that the act may have changed."""
    manager, submission_id = manager_of(request), before.submission.pk
    if outcome.is_done and not is_htmx(request):
        return redirect(f"{reverse('assessments:review', args=[submission_id])}#statement-{statements[0]}")
    after = review_sheet(submission_for(manager, submission_id, now), reader=manager).trying(attempt)
    changed = {"changed": [after.rows[key] for key in statements if key in after.rows], **parts}
    seen = seen_after(after.stamp, seen_of(request.POST), len(outcome.touched))
    pieces = {"oob": is_htmx(request), "spot_changed": before.spot != after.spot, **changed}
    said = {"refusal": outcome.refusal, "is_over": outcome.is_over, "is_saved": outcome.is_done, "seen": seen}
    return show(request, after, now, fragment="changes", status=outcome.status, **pieces, **said)
