"""What is written about a statement reaches the other side: by mail, and on the page of the level."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.actions.comments import comment_on
from assessments.models import Assessment, Notice, State, Submission
from people.models import User
from tests.assessments.mail_cases import changed, prefer, send, waiting
from tests.assessments.review_cases import LATER, read, sign_in, statement_id
from tests.assessments.routing_cases import delegate
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("an_hour_later")
QUERIES = 6
SECRET = "Quem conduziu a oficina da Loja Azul?"


@pytest.fixture
def sent(submission: Submission) -> Assessment:
    """Ana's, with nothing left to mail about."""
    Notice.objects.all().delete()
    return submission.assessment


def write(assessment: Assessment, by: User, minutes: int = 0, code: str = "CEXP.4.2") -> None:
    at = LATER + dt.timedelta(minutes=minutes)
    comment_on(assessment=assessment, statement_id=statement_id(code), text=SECRET, by=by, at=at)


def test_a_reviewer_s_comment_is_told_to_the_employee(cast: Cast, sent: Assessment) -> None:
    """A link and nothing else, in the language of who reads it; and to nobody else."""
    cast.ana.choose_language("en")
    write(sent, cast.marta)
    (letter,) = send()
    assert letter.to == [cast.ana.email]
    assert letter.subject == "A reviewer commented on your assessment"
    assert f"/assessments/{sent.pk}/history/" in str(letter.body)
    assert "Azul" not in str(letter.body)
    assert "Marta" not in str(letter.body)


def test_the_employee_s_is_told_to_who_reviews(cast: Cast, sent: Assessment) -> None:
    """And to who reviews meanwhile."""
    delegate(cast.marta, cast.elena)
    write(sent, cast.ana)
    assert waiting() - {("Elena", "delegated")} == {
        ("Marta", "employee_comment"),
        ("Elena", "employee_comment"),
    }


def test_one_mail_waits_however_much_is_written(cast: Cast, sent: Assessment) -> None:
    """Also across a change of state, which does not make it old; once it is sent, the next may wait."""
    write(sent, cast.marta)
    write(sent, cast.marta, code="CEXP.3.1")
    changed(sent, State.IN_REVIEW, by=cast.marta, review_started_at=LATER)
    write(sent, cast.marta)
    assert waiting() == {("Ana", "comment")}
    assert Notice.objects.count() == 1
    assert len(send()) == 1
    write(sent, cast.marta)
    assert Notice.objects.waiting().count() == 1


def test_it_can_be_switched_off(cast: Cast, sent: Assessment) -> None:
    prefer(cast.ana, "comment")
    write(sent, cast.marta)
    assert send() == []


def level(client: Client, cast: Cast, sent: Assessment) -> str:
    sign_in(client, cast.ana)
    return read(client.get(f"/assessments/{sent.pk}/levels/4/").content)


def test_the_level_counts_them_and_marks_the_new_ones(client: Client, cast: Cast, sent: Assessment) -> None:
    """New until the employee writes there, or the state changes."""
    assert "Comments: " not in level(client, cast, sent)
    write(sent, cast.ana)
    assert "Comments: 1 4.2" in level(client, cast, sent)
    write(sent, cast.marta, minutes=1)
    assert "Comments: 2, new 4.2" in level(client, cast, sent)
    write(sent, cast.ana, minutes=2)
    assert "Comments: 3 4.2" in level(client, cast, sent)
    write(sent, cast.marta, minutes=3)
    changed(sent, State.IN_REVIEW, by=cast.marta, at=LATER + dt.timedelta(minutes=4), review_started_at=LATER)
    assert "Comments: 4 4.2" in level(client, cast, sent)


def test_counting_takes_no_query_of_its_own(
    client: Client, cast: Cast, sent: Assessment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """As many as without any."""
    level(client, cast, sent)
    with django_assert_num_queries(QUERIES):
        client.get(f"/assessments/{sent.pk}/levels/4/")
    write(sent, cast.marta)
    write(sent, cast.marta, code="CEXP.4.3")
    with django_assert_num_queries(QUERIES):
        client.get(f"/assessments/{sent.pk}/levels/4/")
