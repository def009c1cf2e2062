"""What tests of reviews share: the hour, addresses, what is posted, and how a page reads."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.actions.accept import accept_the_rest
from assessments.actions.review import validate
from assessments.models import Review, ReviewRating, Submission
from people.models import User
from skills.models import Statement
from tests.cast import NOON
from tests.htmx import Page

LATER = NOON + dt.timedelta(hours=1)
MOST_QUERIES = 8
HTMX = {"HX-Request": "true"}


def address(submission: Submission) -> str:
    return reverse("assessments:review", args=[submission.pk])


def statement_id(code: str) -> int:
    return Statement.objects.get(code=code).pk


def rate(
    client: Client, submission: Submission, code: str, *, htmx: bool = False, **typed: object
) -> HttpResponse:
    """Posts one rating as the page's form does."""
    at = reverse("assessments:review_rate", args=[submission.pk, statement_id(code)])
    data = {"rating": "2", "comment": "", "version": "0", **typed}
    return client.post(at, data, headers=HTMX if htmx else {})


def decide(
    client: Client, submission: Submission, how: str, *, htmx: bool = False, **typed: object
) -> HttpResponse:
    """Posts "validate" or "return" as the page's forms do."""
    at = reverse(f"assessments:review_{how}", args=[submission.pk])
    return client.post(at, {"seen": "0", **typed}, headers=HTMX if htmx else {})


def accept(
    client: Client, submission: Submission, *codes: str, htmx: bool = False, version: int = 0
) -> HttpResponse:
    """Accepts statements as supported, as the page's forms do."""
    at = reverse("assessments:review_accept", args=[submission.pk])
    pairs = [f"{statement_id(code)}:{version}" for code in codes]
    return client.post(at, {"rating": pairs}, headers=HTMX if htmx else {})


def validated(*, submission: Submission, by: User, at: dt.datetime = LATER) -> Review:
    """What was not rated is accepted as supported, and all of it validated."""
    accept_the_rest(submission=submission, by=by, at=at)
    return validate(submission=submission, by=by, at=at)


def judge(
    client: Client, submission: Submission, link_id: int, *, htmx: bool = False, **typed: object
) -> HttpResponse:
    """Says what one link shows, as the page's form does."""
    at = reverse("assessments:review_verdict", args=[submission.pk, link_id])
    data = {"verdict": "shows", "reason": "", "version": "0", **typed}
    return client.post(at, data, headers=HTMX if htmx else {})


def confirm(
    client: Client, submission: Submission, evidence_id: int, *, htmx: bool = False, confirmed: str = "1"
) -> HttpResponse:
    """Confirms an item, or with "0" takes that back."""
    at = reverse("assessments:review_confirm", args=[submission.pk, evidence_id])
    return client.post(at, {"confirmed": confirmed}, headers=HTMX if htmx else {})


def links(submission: Submission, code: str) -> list[dict[str, Any]]:
    """The items that were sent for a statement, each with its "link" and its "id"."""
    rows: list[dict[str, Any]] = submission.document["statements"]
    return next(row["evidence"] for row in rows if row["code"] == code)


def link_of(submission: Submission, code: str) -> int:
    """The first link of a statement."""
    found: int = links(submission, code)[0]["link"]
    return found


def item_of(submission: Submission, code: str) -> int:
    """The item of that link."""
    found: int = links(submission, code)[0]["id"]
    return found


def ready(submission: Submission, by: User) -> dict[str, int]:
    """What was not rated is accepted; what the page that shows it posts with the decision."""
    accept_the_rest(submission=submission, by=by, at=LATER)
    return {"seen": stamp(submission)}


def stamp(submission: Submission) -> int:
    """What a page that has been read last says as ``seen``."""
    return ReviewRating.objects.filter(review__submission=submission).stamp()


def sign_in(client: Client, person: User, language: str = "en") -> None:
    person.choose_language(language)
    client.force_login(person)


def read(content: bytes) -> str:
    """What a reader sees, white space folded."""
    return Page(content).root.text


def page(content: bytes) -> Page:
    """The page without its form tokens, which are new in each answer."""
    return Page(re.sub(r'(name="form_token" value=")[^"]*', r"\1", content.decode()))


def word(submission: Submission, code: str) -> ReviewRating:
    return ReviewRating.objects.get(review__submission=submission, statement__code=code)
