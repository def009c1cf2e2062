"""Pages are compressed for who can read that; nothing else is."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from cexp.compression import PageCompressionMiddleware

LONG = "Escada de habilidades " * 100


def answered(response: HttpResponseBase, accepted: str = "gzip, br") -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepted})
    return PageCompressionMiddleware(lambda request: response)(request)


@pytest.mark.django_db
def test_a_page_is_compressed(client: Client) -> None:
    """The sign-in page comes to a browser compressed, and says what it depends on."""
    plain = client.get("/accounts/login/").content
    response = client.get("/accounts/login/", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert len(response.content) < len(plain) / 2
    assert gzip.decompress(response.content).startswith(b"<!doctype html>")


def test_who_cannot_read_it_gets_the_page_as_it_is() -> None:
    response = answered(HttpResponse(LONG), accepted="identity")
    assert not response.has_header("Content-Encoding")


@pytest.mark.parametrize("kind", ["text/csv; charset=utf-8", "application/pdf", "application/json"])
def test_a_file_is_not_compressed(kind: str) -> None:
    assert not answered(HttpResponse(LONG, content_type=kind)).has_header("Content-Encoding")


def test_a_stream_is_not_compressed() -> None:
    """An export that is being made is not slowed down."""
    assert not answered(StreamingHttpResponse(iter([LONG]))).has_header("Content-Encoding")


def test_the_length_does_not_tell_what_is_in_a_page() -> None:
    """The same page comes in different lengths, so that nobody can guess a secret letter by letter."""
    answers = [answered(HttpResponse(LONG)) for _ in range(20)]
    lengths = {len(answer.content) for answer in answers if isinstance(answer, HttpResponse)}
    assert len(lengths) > 1
