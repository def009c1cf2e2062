"""What happened to an assessment: the same timeline for the employee and for who reviews."""

from __future__ import annotations

import datetime as dt

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.log import log_opening
from assessments.actions.review import return_for_changes
from assessments.actions.send import submit, withdraw
from assessments.actions.take_back import take_back_decision
from assessments.models import AccessEntry, Assessment, Response, Review, Submission
from assessments.models.log import AccessKind
from assessments.results.review.timeline import timeline_of
from tests.assessments.review_cases import HTMX, LATER, address, page, read, sign_in, validated
from tests.cast import NOON, Cast

MINUTE = dt.timedelta(minutes=1)


def told(assessment: Assessment, cast: Cast) -> list[tuple[str, str, str]]:
    fresh = Assessment.objects.for_page().get(pk=assessment.pk)
    return [(str(event.what), event.by, event.reason) for event in timeline_of(fresh, reader=cast.marta)]


def opened(submission: Submission, by: object, at: dt.datetime) -> None:
    log_opening(
        kind=AccessKind.SUBMISSION,
        person_id=submission.assessment.employee_id,
        object_id=submission.pk,
        by=by,
        at=at,
    )


def test_every_step_is_told_in_its_order(cast: Cast, submission: Submission) -> None:
    withdraw(assessment=submission.assessment, by=cast.ana, at=NOON + MINUTE)
    again = sent_at(submission.assessment, NOON + 2 * MINUTE)
    opened(again, cast.marta, NOON + 3 * MINUTE)
    return_for_changes(submission=again, reason="Errei de pessoa.", by=cast.marta, at=LATER)
    take_back_decision(submission=again, by=cast.marta, at=LATER + MINUTE)
    return_for_changes(submission=again, reason="Falta o efeito.", by=cast.marta, at=LATER + 2 * MINUTE)
    assert told(submission.assessment, cast) == [
        ("Self-assessment begun", "Ana", ""),
        ("Sent to review", "Ana", ""),
        ("Taken back before the review", "Ana", ""),
        ("Sent to review", "Ana", ""),
        ("Submission opened", "Marta", ""),
        ("Review begun", "Marta", ""),
        ("Returned for changes", "Marta", ""),
        ("Decision taken back", "Marta", ""),
        ("Returned for changes", "Marta", "Falta o efeito."),
    ]


def sent_at(assessment: Assessment, at: dt.datetime) -> Submission:
    return submit(assessment=assessment, by=assessment.employee, at=at, on=at.date())


def test_openings_are_told_once_a_day_and_person(cast: Cast, submission: Submission) -> None:
    for by, at in (
        (cast.marta, LATER),
        (cast.marta, LATER + MINUTE),
        (cast.carla, LATER),
        (cast.marta, LATER + dt.timedelta(days=1)),
    ):
        opened(submission, by, at)
    found = [by for what, by, _ in told(submission.assessment, cast) if what == "Submission opened"]
    assert sorted(found) == ["Carla", "Marta", "Marta"]


def test_a_contest_is_told_with_what_came_of_it(cast: Cast, submission: Submission) -> None:
    validated(submission=submission, by=cast.marta, at=LATER)
    Response.objects.create(
        review=Review.objects.get(),
        answer="contested",
        note="Há mais.",
        at=LATER + MINUTE,
        second_reviewer=cast.elena,
        decided_at=LATER + 2 * MINUTE,
        reason="Vi mais.",
        first_result={},
    )
    assert told(submission.assessment, cast)[-3:] == [
        ("Validated", "Marta", ""),
        ("Decision contested", "Ana", "Há mais."),
        ("Contest decided", "Elena", "Vi mais."),
    ]


def history(assessment: Assessment) -> str:
    return reverse("assessments:history", args=[assessment.pk])


def test_both_sides_read_it(client: Client, cast: Cast, submission: Submission) -> None:
    """Linked from the level page, the report and, folded, the review page."""
    at = history(submission.assessment)
    for reader in (cast.ana, cast.marta):
        sign_in(client, reader)
        assert "Sent to review · Ana" in read(client.get(at).content)
        report = reverse("assessments:report", args=[submission.assessment_id])
        assert f'href="{at}"' in client.get(report).content.decode()
    assert f'hx-get="{at}"' in client.get(address(submission)).content.decode()
    sign_in(client, cast.ana)
    level = reverse("assessments:level", args=[submission.assessment_id, 4])
    assert f'href="{at}"' in client.get(level).content.decode()


def test_a_fragment_is_the_same_timeline(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.marta)
    at = history(submission.assessment)
    whole, alone = page(client.get(at).content), page(client.get(at, headers=HTMX).content)
    assert whole.get("#timeline").html() == alone.get("#timeline").html()
    assert "<html" not in client.get(at, headers=HTMX).content.decode()


def test_strangers_and_a_manager_of_what_was_taken_back_do_not_find_it(
    client: Client, cast: Cast, submission: Submission
) -> None:
    at = history(submission.assessment)
    for stranger in (cast.bruno, cast.elena, cast.helena):
        client.force_login(stranger)
        assert client.get(at).status_code == 404
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    client.force_login(cast.marta)
    assert client.get(at).status_code == 404
    assert client.post(at).status_code == 405


def test_a_reason_is_text(client: Client, cast: Cast, submission: Submission) -> None:
    hostile = "<script>alert(1)</script>"
    return_for_changes(submission=submission, reason=hostile, by=cast.marta, at=LATER)
    client.force_login(cast.ana)
    content = client.get(history(submission.assessment)).content.decode()
    assert hostile not in content
    assert "&lt;script&gt;alert(1)" in content


def test_queries_do_not_grow(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.ana)
    client.get(history(submission.assessment))
    counts = [count(client, submission)]
    for hours in range(1, 30):
        opened(submission, cast.marta, LATER + dt.timedelta(hours=hours * 24))
    with time_machine.travel(LATER, tick=False):
        return_for_changes(submission=submission, reason="Falta.", by=cast.marta, at=LATER)
    counts.append(count(client, submission))
    assert AccessEntry.objects.count() == 29
    assert counts[0] == counts[1] <= 8


def count(client: Client, submission: Submission) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(history(submission.assessment)).status_code == 200
    return len(queries)
