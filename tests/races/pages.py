"""What people press on the pages at the same moment: each in a tab, and with a form, of their own."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html import unescape
from typing import TypeVar

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.actions.accept import accept_the_rest
from assessments.actions.hr import assign_reviewer
from assessments.actions.log import log_opening
from assessments.models import Assessment, ReviewRating, Submission
from assessments.models.log import AccessKind
from people.models import User
from tests.races.arena import LATER, Arena, first_rating

Row = TypeVar("Row")
Press = Callable[[], HttpResponse]
WON = {200, 302}
HTMX = {"HX-Request": "true"}


def browser(person: User) -> Client:
    """Signed in, and reading in English."""
    person.choose_language("en")
    client = Client()
    client.force_login(person)
    return client


def tabs(person: User) -> tuple[Client, Client]:
    """Two of one browser."""
    first, second = browser(person), Client()
    name = settings.SESSION_COOKIE_NAME
    second.cookies[name] = first.cookies[name].value
    return first, second


def in_turn(rows: Iterable[Row]) -> Iterator[tuple[bool, Row]]:
    """Each with whether htmx sends its forms: in every second round."""
    return ((number % 2 == 1, row) for number, row in enumerate(rows))


def token() -> str:
    return str(uuid.uuid4())


def press(client: Client, page: str, *args: object, htmx: bool = False, **typed: object) -> Press:
    """A form that is about to be sent, by htmx or as a whole page."""
    return partial(client.post, reverse(page, args=args), typed, headers=HTMX if htmx else {})


def said(answer: HttpResponse) -> str:
    """The words of a page or a part of it, white space folded."""
    return " ".join(unescape(answer.content.decode()).split())


def one_is_told(found: Sequence[HttpResponse], *words: str) -> int:
    """Exactly one got what it asked for, the other a 409 that says why; the number of who won."""
    statuses = [answer.status_code for answer in found]
    assert sorted(status if status == 409 else 0 for status in statuses) == [0, 409], statuses
    lost = statuses.index(409)
    assert statuses[1 - lost] in WON, statuses
    told = said(found[lost])
    assert any(part in told for part in words), f"A 409 without any of {words}."
    return 1 - lost


def both_got_the_first_answer(found: Sequence[HttpResponse]) -> bool:
    return [answer.status_code for answer in found] == [302, 302] and (
        found[0].headers["Location"] == found[1].headers["Location"]
    )


def answering(client: Client, draft: Assessment, answer: int, *, htmx: bool) -> Press:
    """A click on a rating, on a page that was opened with version 1."""
    at = (draft.pk, first_rating(draft).pk)
    return press(client, "assessments:rate", *at, htmx=htmx, answer=str(answer), version="1")


def sending(client: Client, draft: Assessment, form_token: str = "") -> Press:
    return press(client, "assessments:submit", draft.pk, form_token=form_token or token())


def taking_back(client: Client, sent: Submission) -> Press:
    return press(client, "assessments:withdraw", sent.assessment_id, form_token=token())


def rating(client: Client, sent: Submission, *, version: int, htmx: bool, answer: int = 0) -> Press:
    """The reviewer's word on the first statement."""
    at = (sent.pk, first_rating(sent.assessment).statement_id)
    typed = {
        "rating": str(answer),
        "comment": f"Visto {answer}.",
        "basis": "observation",
        "version": str(version),
    }
    return press(client, "assessments:review_rate", *at, htmx=htmx, **typed)


def deciding(
    client: Client, sent: Submission, how: str, *, htmx: bool = False, form_token: str = ""
) -> Press:
    seen = ReviewRating.objects.filter(review__submission=sent).stamp()
    typed = {"form_token": form_token or token(), "seen": str(seen), "reason": "Falta um exemplo."}
    return press(client, f"assessments:review_{how}", sent.pk, htmx=htmx, **typed)


def assigning(client: Client, sent: Submission, reviewer: User) -> Press:
    typed = {"form_token": token(), "reviewer": str(reviewer.pk)}
    return press(client, "assessments:organisation_assign", sent.assessment_id, **typed)


def opens(reader: User, sent: Submission, *, kind: AccessKind = AccessKind.SUBMISSION) -> None:
    """Has it before them, as the log says."""
    person = sent.assessment.employee_id
    log_opening(kind=kind, person_id=person, object_id=sent.pk, by=reader, at=LATER)


def given(arena: Arena, reviewer: User, by: User) -> Submission:
    """Accepted by whom HR chose, and waiting for the decision."""
    sent = arena.sent()
    assign_reviewer(assessment=sent.assessment, reviewer=reviewer, by=by, at=LATER)
    accept_the_rest(submission=sent, by=reviewer, at=LATER)
    return sent
