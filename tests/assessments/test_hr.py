"""What HR does about reviews: assigns, closes as not reviewed, reopens."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import hr
from assessments.actions.errors import (
    ContestedError,
    NotOverdueError,
    ReasonMissingError,
    ReportReviewsError,
    SelfReviewError,
    WrongStateError,
)
from assessments.actions.send import submit, withdraw
from assessments.models import Assessment, Cycle, Notice, Submission
from assessments.results.review.timeline import timeline_of
from people.models import Team
from skills.models import Skill
from tests.assessments.review_cases import LATER, read, sign_in, validated
from tests.assessments.routing_cases import send, statuses, waiting
from tests.cast import TODAY, Cast, evidence

pytestmark = pytest.mark.usefixtures("an_hour_later")

PAGE = "/organisation/reviews/"


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    """HR, signed in."""
    sign_in(client, cast.helena)
    return client


def address(what: str, submission: Submission) -> str:
    return reverse(f"assessments:organisation_{what}", args=[submission.assessment_id])


def post(client: Client, at: str, **typed: Any) -> HttpResponse:
    return client.post(at, {"form_token": uuid.uuid4(), **typed})


def state(submission: Submission) -> str:
    return Assessment.objects.get(pk=submission.assessment_id).state


def page(client: Client, **asked: str) -> str:
    response = client.get(PAGE, asked)
    assert response.status_code == 200
    return read(response.content)


@pytest.mark.usefixtures("cycle")
def test_who_has_nobody_is_given_a_reviewer(office: Client, cast: Cast, cexp: Skill) -> None:
    """Neither the person nor who is below is offered; the chosen one is told and finds it."""
    sent = send(cast.marta, cexp)
    send(cast.ana, cexp)
    text = page(office)
    assert "Marta CEXP 2026" in text
    assert "Ana CEXP" not in text
    form = read(office.get(address("assign", sent)).content)
    assert "Choose a manager Elena Assign" in form
    assert post(office, address("assign", sent), reviewer=cast.elena.pk).headers["Location"] == PAGE
    text = page(office)
    assert "Elena reviews Marta’s assessment." in text
    assert "Everything that waits has a reviewer." in text
    assert "Assigned by HR" in text
    assert waiting(cast.elena) == {"Marta"}
    assert Notice.objects.filter(recipient=cast.elena, transition__assessment=sent.assessment).exists()
    last = sent.assessment.transitions.last()
    assert (last.by, last.reason, last.to_state) == (cast.helena, "Elena", "submitted")
    history = timeline_of(sent.assessment, reader=cast.marta)
    assert ("Reviewer assigned by HR", "Elena") in [(str(event.what), event.reason) for event in history]


@pytest.mark.usefixtures("cycle")
def test_neither_oneself_nor_ones_report_can_be_chosen(office: Client, cast: Cast, cexp: Skill) -> None:
    sent = send(cast.marta, cexp)
    for refused in (cast.marta, cast.carla):
        response = post(office, address("assign", sent), reviewer=refused.pk)
        assert response.status_code == 422
        assert "Choose a manager from the list." in read(response.content)
    for reviewer, error in ((cast.marta, SelfReviewError), (cast.carla, ReportReviewsError)):
        with pytest.raises(error):
            hr.assign_reviewer(assessment=sent.assessment, reviewer=reviewer, by=cast.helena, at=LATER)


@pytest.mark.usefixtures("cycle")
def test_what_was_taken_back_meanwhile_is_not_assigned(office: Client, cast: Cast, cexp: Skill) -> None:
    sent = send(cast.marta, cexp)
    withdraw(assessment=sent.assessment, by=cast.marta, at=LATER)
    response = post(office, address("assign", sent), reviewer=cast.elena.pk)
    assert response.status_code == 409
    text = read(response.content)
    assert "in the meantime. Nothing was changed." in text
    assert ("Back to the lists" in text, "Assign Cancel" in text) == (True, False)
    assert office.get(address("assign", sent)).headers["Location"] == PAGE


def test_nothing_is_closed_before_its_time(office: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    sent = send(cast.ana, cexp)
    assert "Nothing is overdue." in page(office)
    assert office.get(address("close", sent)).headers["Location"] == PAGE
    assert post(office, address("close", sent)).status_code == 409
    at = reverse("assessments:organisation_close_all", args=[cycle.pk])
    assert post(office, at).status_code == 409
    with pytest.raises(NotOverdueError):
        hr.close_as_not_reviewed(assessment=sent.assessment, by=cast.helena, at=cycle.review_by)
    assert state(sent) == "submitted"


def test_one_that_is_overdue_is_closed(client: Client, cast: Cast, cexp: Skill, over: dt.datetime) -> None:
    """It waits for nobody any more; nobody decides on it, and its reviewer cannot open it."""
    sent, other = send(cast.ana, cexp), send(cast.bruno, cexp)
    sign_in(client, cast.helena)
    assert "Ana CEXP 2026" in page(client)
    assert post(client, address("close", sent)).headers["Location"] == PAGE
    assert "Ana’s assessment is closed as not reviewed." in page(client)
    assert (state(sent), state(other)) == ("not_reviewed", "submitted")
    assert waiting(cast.marta, over.date()) == {"Bruno"}
    assert statuses(client, cast.marta, sent)[0] == 404
    with pytest.raises(WrongStateError):
        validated(submission=sent, by=cast.marta, at=over)
    client.force_login(cast.helena)
    assert post(client, address("close", sent)).status_code == 409


def test_all_of_a_cycle_are_closed_but_what_was_decided(
    client: Client, cast: Cast, cexp: Skill, cycle: Cycle, over: dt.datetime
) -> None:
    sent = [send(person, cexp) for person in (cast.ana, cast.bruno, cast.davi)]
    validated(submission=sent[0], by=cast.marta, at=over)
    sign_in(client, cast.helena)
    assert "Cycle 2026: close all 2 as not reviewed" in page(client)
    at = reverse("assessments:organisation_close_all", args=[cycle.pk])
    assert "2 assessments of cycle 2026 still wait" in read(client.get(at).content)
    token = uuid.uuid4()
    assert post(client, at, form_token=token).status_code == 302
    assert post(client, at, form_token=token).status_code == 302
    assert [state(submission) for submission in sent] == ["validated", "not_reviewed", "not_reviewed"]
    assert "2 assessments are closed as not reviewed." in page(client)
    assert sent[1].assessment.transitions.filter(to_state="not_reviewed").count() == 1


@pytest.mark.usefixtures("cycle")
def test_a_validated_one_is_reopened_with_a_reason(client: Client, cast: Cast, cexp: Skill) -> None:
    """The employee changes it and sends it again; the earlier decision counts until there is a new one."""
    sent = send(cast.ana, cexp)
    validated(submission=sent, by=cast.marta, at=LATER)
    sign_in(client, cast.helena)
    assert "Ana CEXP 2026" in page(client, person="ana")
    assert "is found for “zzz”" in page(client, person="zzz")
    response = post(client, address("reopen", sent), reason=" ")
    assert response.status_code == 422
    assert "Say why before you reopen it." in read(response.content)
    assert post(client, address("reopen", sent), reason="New evidence.").headers["Location"] == PAGE
    assert state(sent) == "reopened"
    assert sent.assessment.transitions.last().reason == "New evidence."
    sign_in(client, cast.ana)
    level = read(client.get(reverse("assessments:level", args=[sent.assessment_id, 2])).content)
    assert "Reopened by Helena on 20 Nov 2026: New evidence. The validated level counts" in level
    assert "Validated level 2" in read(client.get(reverse("assessments:list")).content)
    assert "Read why it is open again" in read(client.get("/").content)
    again = submit(assessment=sent.assessment, by=cast.ana, at=LATER + dt.timedelta(hours=1), on=TODAY)
    assert (state(sent), again.number) == ("submitted", 2)
    report = client.get(reverse("assessments:report", args=[sent.assessment_id]))
    assert "Validated · cycle 2026" in read(report.content)
    assert statuses(client, cast.marta, sent) == (200, 200, 200)


@pytest.mark.usefixtures("cycle")
def test_what_cannot_be_reopened(office: Client, cast: Cast, cexp: Skill) -> None:
    """What waits, and what is contested; a reason is needed."""
    waits, contested = send(cast.ana, cexp), send(cast.bruno, cexp)
    validated(submission=contested, by=cast.marta, at=LATER)
    Assessment.objects.filter(pk=contested.assessment_id).update(contested_at=LATER)
    for sent, error in ((waits, WrongStateError), (contested, ContestedError)):
        with pytest.raises(error):
            hr.reopen(assessment=sent.assessment, reason="Why.", by=cast.helena, at=LATER)
        assert post(office, address("reopen", sent), reason="Why.").status_code == 409
    with pytest.raises(ReasonMissingError):
        hr.reopen(assessment=contested.assessment, reason=" ", by=cast.helena, at=LATER)


@pytest.mark.usefixtures("cycle")
def test_hr_sees_no_evidence_and_no_rating(office: Client, cast: Cast, cexp: Skill) -> None:
    sent = send(cast.marta, cexp)
    evidence(cast.marta, title="Segredo")
    texts = [page(office), read(office.get(address("assign", sent)).content)]
    assert not any("Pesquisa" in text or "entrevistas" in text or "provisional" in text for text in texts)


def test_others_are_refused(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    sent = send(cast.ana, cexp)
    addresses = [PAGE, reverse("assessments:organisation_close_all", args=[cycle.pk])]
    addresses += [address(what, sent) for what in ("assign", "close", "reopen")]
    for person in (cast.ana, cast.marta, cast.admir):
        client.force_login(person)
        for at in addresses:
            assert client.get(at).status_code == 403
            assert at == PAGE or client.post(at).status_code == 403
    client.force_login(cast.helena)
    assert client.post(PAGE).status_code == 405
    assert client.get(reverse("assessments:organisation_assign", args=[0])).status_code == 404


@pytest.mark.usefixtures("cycle")
def test_it_is_linked_for_hr_alone(client: Client, cast: Cast) -> None:
    for person, times in ((cast.helena, 2), (cast.ana, 0)):
        sign_in(client, person)
        assert client.get("/").content.decode().count(f'href="{PAGE}"') == times


def test_queries_do_not_grow(client: Client, cast: Cast, cexp: Skill, over: dt.datetime) -> None:
    """With more that waits for nobody, is overdue, and is closed."""
    Team.objects.update(manager=None)
    sign_in(client, cast.helena)
    send(cast.ana, cexp)
    counts = [count(client)]
    for person in (cast.bruno, cast.carla, cast.davi, cast.irina):
        send(person, cexp)
    counts.append(count(client))
    assert counts[0] == counts[1]


def count(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    return len(queries)
