"""What a load balancer asks."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client


def test_it_answers_anybody_and_nobody_keeps_it(client: Client, db: None) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_without_a_database_it_says_so(client: Client, db: None) -> None:
    """The server refuses statements: the answer is 503, not an error page."""

    def refuse(*args: object) -> None:
        raise DatabaseError

    with connection.execute_wrapper(refuse):
        assert client.get("/healthz").status_code == 503


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_it_only_answers_questions(client: Client, db: None, verb: str) -> None:
    assert getattr(client, verb)("/healthz").status_code == 405
