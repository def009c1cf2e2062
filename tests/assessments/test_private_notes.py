"""A reviewer's private notes: saved as they go, for their own eyes, and said to be the person's data."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.actions.beside import keep_notes
from assessments.actions.errors import StaleError
from assessments.actions.hr import assign_reviewer
from assessments.models import PrivateNote, Review, Submission
from assessments.results.review.essence import mark_of
from tests.assessments.review_cases import HTMX, LATER, address, page, sign_in, validated
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("an_hour_later")

NOTHING = mark_of("")
SECRET = "Pediu para mudar de equipe <b>"


def keep(client: Client, submission: Submission, *, htmx: bool = False, **typed: object) -> HttpResponse:
    at = reverse("assessments:review_notes", args=[submission.pk])
    return client.post(at, {"notes": SECRET, "mark": NOTHING, **typed}, headers=HTMX if htmx else {})


def test_they_are_saved_and_say_whose_data_they_are(
    client: Client, cast: Cast, submission: Submission
) -> None:
    sign_in(client, cast.marta)
    assert keep(client, submission).headers["Location"] == f"{address(submission)}#notes"
    assert PrivateNote.objects.get().text == SECRET
    assert not Review.objects.exists()
    shown = page(client.get(address(submission)).content)
    assert "They are part of the person’s data: they can ask to see them." in shown.get("#notes").text
    assert shown.get("#private-text").text == SECRET


def test_after_a_save_the_page_equals_a_fresh_one(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.marta)
    shown = page(client.get(address(submission)).content)
    shown.fill("#private-text", f"\n{SECRET}")
    response = keep(client, submission, htmx=True)
    shown.swap(response.content, target="#notes-note", select_oob="#saved,#queue,#refusal")
    assert shown.html() == page(client.get(address(submission)).content).html()


@pytest.mark.parametrize("htmx", [False, True])
def test_another_tab_was_first(client: Client, cast: Cast, submission: Submission, htmx: bool) -> None:
    keep_notes(submission=submission, text="Antes.", mark=NOTHING, by=cast.marta, at=LATER)
    with pytest.raises(StaleError):
        keep_notes(submission=submission, text="Depois.", mark=NOTHING, by=cast.marta, at=LATER)
    sign_in(client, cast.marta)
    response = keep(client, submission, htmx=htmx)
    assert response.status_code == 409
    assert "Antes." in page(response.content).get("#notes-note").text
    assert PrivateNote.objects.get().text == "Antes."


@pytest.mark.parametrize("htmx", [False, True])
def test_bad_input_is_told_and_kept(client: Client, cast: Cast, submission: Submission, htmx: bool) -> None:
    sign_in(client, cast.marta)
    response = keep(client, submission, htmx=htmx, notes="x" * 5001)
    assert response.status_code == 422
    shown = page(response.content)
    assert "This is too long" in shown.get("#notes-note").text
    if not htmx:
        assert shown.get("#private-text").text == "x" * 5001


def test_nobody_else_reads_or_writes_them(client: Client, cast: Cast, submission: Submission) -> None:
    """Not who takes the review over, not the manager above, not the employee, not a manager elsewhere."""
    keep_notes(submission=submission, text=SECRET, mark=NOTHING, by=cast.marta, at=LATER)
    for stranger, status in ((cast.elena, 404), (cast.ana, 403)):
        client.force_login(stranger)
        assert keep(client, submission).status_code == status
    assign_reviewer(assessment=submission.assessment, reviewer=cast.elena, by=cast.helena, at=LATER)
    client.force_login(cast.elena)
    shown = page(client.get(address(submission)).content)
    assert shown.get("#private-text").text == ""
    assert keep(client, submission, notes="Dela mesma.").status_code == 302
    validated(submission=submission, by=cast.elena, at=LATER)
    assert "Pediu para mudar" not in client.get(address(submission)).content.decode()
    client.force_login(cast.marta)
    assert page(client.get(address(submission)).content).get("#notes").text.endswith(SECRET)


def test_the_employee_and_the_files_do_not_carry_them(
    client: Client, cast: Cast, submission: Submission
) -> None:
    keep_notes(submission=submission, text="Segredo", mark=NOTHING, by=cast.marta, at=LATER)
    validated(submission=submission, by=cast.marta, at=LATER)
    pk = submission.assessment_id
    addresses = [
        reverse("assessments:level", args=[pk, 4]),
        reverse("assessments:report", args=[pk]),
        f"/assessments/{pk}/report.csv",
    ]
    client.force_login(cast.ana)
    for at in addresses:
        response = client.get(at)
        assert response.status_code == 200
        assert b"Segredo" not in response.content


def test_once_decided_they_are_read_only(client: Client, cast: Cast, submission: Submission) -> None:
    keep_notes(submission=submission, text=SECRET, mark=NOTHING, by=cast.marta, at=LATER)
    validated(submission=submission, by=cast.marta, at=LATER)
    sign_in(client, cast.marta)
    assert SECRET in page(client.get(address(submission)).content).get("#notes").text
    assert keep(client, submission, mark=mark_of(SECRET)).status_code == 409
