"""How many SQL statements a request takes, session and user included, once the definitions are in memory."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def counted(requests: list[dict[str, Any]]) -> list[int]:
    return [_count(**request) for request in requests]


def _count(path: str, session: str | None, forms: list[str]) -> int:
    """Of the second request; ``forms`` are what two saves post, or nothing."""
    client = Client(headers={"X-Forwarded-Proto": "https", "HX-Request": "true"} if forms else None)
    client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    _fetch(client, path, forms[:1])
    with CaptureQueriesContext(connection) as queries:
        _fetch(client, path, forms[1:])
    return len(queries)


def _fetch(client: Client, path: str, forms: list[str]) -> None:
    kind = "application/x-www-form-urlencoded"
    answer = client.post(path, forms[0], content_type=kind) if forms else client.get(path)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{path} answers {answer.status_code}.")
