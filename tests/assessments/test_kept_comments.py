"""Comments that a reviewer keeps for another time: picked for a statement, kept, removed; theirs alone."""

from __future__ import annotations

import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.actions.errors import TooLongError
from assessments.actions.kept import keep_comment, use_comment
from assessments.actions.review import return_for_changes
from assessments.models import ReusableComment, Submission
from tests.assessments.review_cases import HTMX, LATER, address, page, read, sign_in, statement_id, word
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("an_hour_later")

HOSTILE = "<script>alert(1)</script>"
CODE = "CEXP.4.2"


@pytest.fixture
def kept(cast: Cast) -> ReusableComment:
    """One of Marta's."""
    return keep_comment(text="Falta o efeito.", by=cast.marta, at=LATER)


def at(submission: Submission, name: str = "kept", *ids: int) -> str:
    return reverse(f"assessments:{name}", args=[submission.pk, statement_id(CODE), *ids])


def keep(
    client: Client, submission: Submission, text: str, *, htmx: bool = False, token: str = ""
) -> HttpResponse:
    typed = {"text": text, "form_token": token or str(uuid.uuid4())}
    return client.post(at(submission), typed, headers=HTMX if htmx else {})


def test_one_is_kept_and_picked_without_scripts(client: Client, cast: Cast, submission: Submission) -> None:
    """It is saved beside the rating, after what stands there; a second time nothing is added."""
    sign_in(client, cast.marta)
    assert keep(client, submission, "Falta o efeito.").headers["Location"] == at(submission)
    found = ReusableComment.objects.get()
    assert "Falta o efeito." in read(client.get(at(submission)).content)
    for _ in range(2):
        response = client.post(at(submission, "kept_use", found.pk))
        key = statement_id(CODE)
        assert response.headers["Location"] == f"{address(submission)}#statement-{key}"
    assert (word(submission, CODE).comment, word(submission, CODE).version) == ("Falta o efeito.", 1)
    other = keep_comment(text="Vi só uma parte.", by=cast.marta, at=LATER)
    client.post(at(submission, "kept_use", other.pk))
    assert word(submission, CODE).comment == "Falta o efeito.\nVi só uma parte."


def test_keeping_twice_keeps_once(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.marta)
    token = str(uuid.uuid4())
    for given in (token, token, ""):
        keep(client, submission, "Falta o efeito.", token=given)
    assert ReusableComment.objects.count() == 1


def test_the_card_unfolds_them(
    client: Client, cast: Cast, submission: Submission, kept: ReusableComment
) -> None:
    sign_in(client, cast.marta)
    assert f'hx-get="{at(submission)}"' in client.get(address(submission)).content.decode()
    part = client.get(at(submission), headers=HTMX).content
    assert b"<html" not in part
    whole = client.get(at(submission)).content
    found = f"#kept-{statement_id(CODE)}"
    assert page(part).get(found).html() == page(whole).get(found).html()


@pytest.mark.parametrize("htmx", [False, True])
def test_one_is_removed(
    client: Client, cast: Cast, submission: Submission, kept: ReusableComment, htmx: bool
) -> None:
    sign_in(client, cast.marta)
    response = client.post(at(submission, "kept_remove", kept.pk), headers=HTMX if htmx else {})
    assert response.status_code == (200 if htmx else 302)
    assert not ReusableComment.objects.exists()
    if htmx:
        assert "You have kept no comments yet." in read(response.content)


def test_others_are_not_used_removed_or_seen(
    client: Client, cast: Cast, submission: Submission, kept: ReusableComment
) -> None:
    of_elena = keep_comment(text="Segredo de Elena", by=cast.elena, at=LATER)
    client.force_login(cast.marta)
    assert b"Segredo" not in client.get(at(submission)).content
    assert client.post(at(submission, "kept_use", of_elena.pk)).status_code == 404
    client.post(at(submission, "kept_remove", of_elena.pk))
    assert ReusableComment.objects.count() == 2
    for stranger, status in ((cast.elena, 404), (cast.ana, 403)):
        client.force_login(stranger)
        assert client.get(at(submission)).status_code == status
        assert client.post(at(submission, "kept_use", kept.pk)).status_code == status
        assert client.post(at(submission, "kept_remove", kept.pk)).status_code == status


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Write the comment that you want to keep."),
        ("x" * 2001, "too long"),
        ("a\x0bb", "control character"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_bad_input_is_told_and_kept(
    client: Client, cast: Cast, submission: Submission, text: str, message: str, htmx: bool
) -> None:
    sign_in(client, cast.marta)
    response = keep(client, submission, text, htmx=htmx)
    assert response.status_code == 422
    assert message in read(response.content)
    assert page(response.content).get(f"#keep-{statement_id(CODE)}").text == " ".join(text.split())
    assert not ReusableComment.objects.exists()


def test_more_than_the_field_holds_is_refused(client: Client, cast: Cast, submission: Submission) -> None:
    ids = [keep_comment(text=letter * 1500, by=cast.marta, at=LATER).pk for letter in "ab"]
    sign_in(client, cast.marta)
    client.post(at(submission, "kept_use", ids[0]))
    response = client.post(at(submission, "kept_use", ids[1]))
    assert response.status_code == 409
    assert "more than 2000 characters" in read(response.content)
    with pytest.raises(TooLongError):
        use_comment(
            submission=submission,
            statement_id=statement_id(CODE),
            comment_id=ids[1],
            by=cast.marta,
            at=LATER,
        )
    assert word(submission, CODE).comment == "a" * 1500


def test_a_decided_one_is_not_changed(
    client: Client, cast: Cast, submission: Submission, kept: ReusableComment
) -> None:
    return_for_changes(submission=submission, reason="Falta.", by=cast.marta, at=LATER)
    sign_in(client, cast.marta)
    assert client.post(at(submission, "kept_use", kept.pk)).status_code == 409
    assert word(submission, CODE).comment == ""


def test_what_is_kept_is_text(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.marta)
    keep(client, submission, HOSTILE)
    content = client.get(at(submission)).content.decode()
    assert HOSTILE not in content
    assert "&lt;script&gt;alert(1)" in content


def test_no_such_statement_has_none(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.marta)
    assert client.get(reverse("assessments:kept", args=[submission.pk, 0])).status_code == 404
    assert client.get(at(submission, "kept_use", 1)).status_code == 405
