"""The content security policy."""

import contextlib

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from cexp.csp import HEADER, ContentSecurityPolicyMiddleware, policy_text

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.parametrize("path", ["/accounts/login/", "/healthz", "/", "/no/such/page/"])
def test_pages_redirects_and_errors_carry_the_policy(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.headers[HEADER] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_files_carry_the_policy(client: Client, db: None) -> None:
    with contextlib.closing(client.get("/static/css/base.css")) as answer:
        assert answer.headers[HEADER] == POLICY


@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_move_to_https_carries_the_policy() -> None:
    """The redirect that the security middleware answers with, too."""
    answer = Client().get("/accounts/login/")
    assert answer.status_code == 301
    assert answer.headers[HEADER] == POLICY


def test_a_policy_that_a_view_has_set_stays(rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={HEADER: "default-src 'self'"})

    answer = ContentSecurityPolicyMiddleware(view)(rf.get("/"))
    assert answer.headers[HEADER] == "default-src 'self'"


@pytest.mark.parametrize(
    ("policy", "text"),
    [
        ({"default-src": ["'self'", "data:"]}, "default-src 'self' data:"),
        ({"default-src": "'none'"}, "default-src 'none'"),
        ({"upgrade-insecure-requests": True}, "upgrade-insecure-requests"),
        ({"default-src": ("'none'",), "img-src": None, "font-src": False}, "default-src 'none'"),
    ],
)
def test_a_directive_takes_the_shapes_of_the_setting(policy: dict[str, object], text: str) -> None:
    assert policy_text(policy) == text


@pytest.mark.parametrize("policy", [{}, {"default-src": []}, {"img-src": ["a; script-src *"]}])
def test_a_policy_that_would_not_protect_is_refused(policy: dict[str, object]) -> None:
    with pytest.raises(ImproperlyConfigured):
        policy_text(policy)
