"""The thread of a statement: both sides write, nobody changes what was written."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.comments import comment_on
from assessments.actions.errors import WrongStateError
from assessments.actions.send import withdraw
from assessments.models import AccessEntry, Assessment, StatementComment, Submission
from tests.assessments.review_cases import HTMX, LATER, address, page, read, sign_in, statement_id
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("an_hour_later")

HOSTILE = "<script>alert(1)</script> \u202eabc"


def thread(assessment: Assessment, code: str = "CEXP.4.2") -> str:
    return reverse("assessments:thread", args=[assessment.pk, statement_id(code)])


def write(client: Client, at: str, text: str, *, htmx: bool = False, token: str = "") -> HttpResponse:
    typed = {"text": text, "form_token": token or str(uuid.uuid4())}
    return client.post(at, typed, headers=HTMX if htmx else {})


def test_both_sides_write_and_read(client: Client, cast: Cast, submission: Submission) -> None:
    at = thread(submission.assessment)
    sign_in(client, cast.marta)
    assert write(client, at, "Quem conduziu?").headers["Location"] == at
    sign_in(client, cast.ana)
    write(client, at, "Eu, com a equipe.")
    for reader in (cast.ana, cast.marta):
        sign_in(client, reader)
        text = read(client.get(at).content)
        assert text.index("Quem conduziu?") < text.index("Eu, com a equipe.")
        assert "2 comments" in text


def test_the_card_says_how_many_and_opens_them(client: Client, cast: Cast, submission: Submission) -> None:
    key = statement_id("CEXP.4.2")
    for text in ("Um.", "Dois."):
        comment_on(assessment=submission.assessment, statement_id=key, text=text, by=cast.ana, at=LATER)
    sign_in(client, cast.marta)
    folded = page(client.get(address(submission)).content)
    assert "2 comments" in folded.get(f"#thread-{key}").text
    assert "Write a comment" in folded.get(f"#thread-{statement_id('CEXP.4.3')}").text
    unfolded = page(client.get(thread(submission.assessment), headers=HTMX).content)
    assert "Dois." in unfolded.get(f"#thread-{key}").text


def test_the_employee_comes_to_it_from_the_card(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.ana)
    level = reverse("assessments:level", args=[submission.assessment_id, 4])
    assert f'href="{thread(submission.assessment)}"' in client.get(level).content.decode()


def test_with_scripts_the_thread_comes_back(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.marta)
    at = thread(submission.assessment)
    response = write(client, at, "Quem conduziu?", htmx=True)
    found = f"#thread-{statement_id('CEXP.4.2')}"
    shown = page(client.get(at).content).get(found).html()
    assert page(response.content).get(found).html() == shown


def test_a_double_click_writes_once(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.marta)
    token = str(uuid.uuid4())
    for htmx in (False, True, False):
        write(client, thread(submission.assessment), "Uma vez.", htmx=htmx, token=token)
    assert StatementComment.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Write your comment first."),
        ("\u200b ", "Write your comment first."),
        ("x" * 2001, "This is too long"),
        ("a\x0bb", "invisible control character"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_bad_input_is_told_and_kept(
    client: Client, cast: Cast, submission: Submission, text: str, message: str, htmx: bool
) -> None:
    sign_in(client, cast.marta)
    response = write(client, thread(submission.assessment), text, htmx=htmx)
    assert response.status_code == 422
    assert message in read(response.content)
    key = statement_id("CEXP.4.2")
    field = page(response.content).get(f"#thread-text-{key}")
    assert field.text == " ".join(text.split())
    said_in = field.attributes["aria-describedby"].split()[-1]
    assert message in page(response.content).get(f"#{said_in}").text
    assert not StatementComment.objects.exists()


def test_what_is_written_is_text(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.ana)
    write(client, thread(submission.assessment), HOSTILE)
    content = client.get(thread(submission.assessment)).content.decode()
    assert "<script>alert" not in content
    assert "\u202e" not in content
    assert "&lt;script&gt;alert(1)" in content


def test_before_it_is_sent_nobody_writes(client: Client, cast: Cast, draft: Assessment) -> None:
    with pytest.raises(WrongStateError):
        comment_on(assessment=draft, statement_id=statement_id("CEXP.4.2"), text="Oi", by=cast.ana, at=LATER)
    sign_in(client, cast.ana)
    assert "Once the assessment is sent" in read(client.get(thread(draft)).content)
    assert write(client, thread(draft), "Oi").status_code == 409


def test_what_was_written_stays(cast: Cast, submission: Submission) -> None:
    key = statement_id("CEXP.4.2")
    comment_on(assessment=submission.assessment, statement_id=key, text="Oi", by=cast.ana, at=LATER)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"):
        StatementComment.objects.update(text="Tchau")


def test_strangers_do_not_find_it(client: Client, cast: Cast, submission: Submission) -> None:
    """Nor does the manager once it was taken back."""
    at = thread(submission.assessment)
    for stranger in (cast.bruno, cast.elena, cast.helena):
        client.force_login(stranger)
        assert client.get(at).status_code == write(client, at, "Oi").status_code == 404
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    client.force_login(cast.marta)
    assert client.get(at).status_code == write(client, at, "Oi").status_code == 404
    assert not StatementComment.objects.exists()


def test_a_statement_of_another_skill_has_none(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.ana)
    at = reverse("assessments:thread", args=[submission.assessment_id, 0])
    assert client.get(at).status_code == write(client, at, "Oi").status_code == 404


def test_who_opens_it_leaves_a_trace(client: Client, cast: Cast, submission: Submission) -> None:
    """The employee none."""
    for reader in (cast.ana, cast.marta):
        client.force_login(reader)
        client.get(thread(submission.assessment))
    assert [(entry.by, entry.object_id) for entry in AccessEntry.objects.all()] == [
        (cast.marta, submission.pk)
    ]


def test_queries_do_not_grow(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.ana)
    client.get(thread(submission.assessment))
    counts = []
    for number in (1, 10):
        for _ in range(number):
            comment_on(
                assessment=submission.assessment,
                statement_id=statement_id("CEXP.4.2"),
                text="Oi",
                by=cast.marta,
                at=LATER,
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(thread(submission.assessment))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
