"""What was typed into a form that could not be taken: it stays in the page, to be sent again once signed in.

Nothing is kept on the server. Only what a page of ours sent comes back, escaped and for the same address: its
sender is known by the token, or by the ``Origin`` that browsers add and no page can change.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

CSRF_FIELD: Final = "csrfmiddlewaretoken"
# Ours stay far below; more would be made for trouble.
MOST_CHARACTERS: Final = 400_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A form's fields as they came, and the path that they were sent to."""

    path: str
    fields: tuple[tuple[str, str], ...]
    # A page cannot choose a file for anybody.
    has_files: bool

    @property
    def typed(self) -> tuple[str, ...]:
        """What reads as text, to be recognised; numbers and tokens say nothing."""
        return tuple(value for _name, value in self.fields if " " in value.strip())


def held_of(request: HttpRequest) -> Held | None:
    """What a plain form sent; None where nothing was typed, or it is not to be held: passwords, too much."""
    if request.method != "POST" or getattr(request, "htmx", False):
        return None
    fields = tuple(
        (name, value) for name, values in request.POST.lists() for value in values if name != CSRF_FIELD
    )
    if not fields or any("password" in name for name, _value in fields):
        return None
    if sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        return None
    return Held(path=request.get_full_path(), fields=fields, has_files=bool(request.FILES))


def send_again(request: HttpRequest, held: Held, *, status: HTTPStatus) -> HttpResponse:
    """The page that holds it. The token in it is the newest one: signing in has changed it."""
    response = render(request, "send_again.html", {"held": held}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent it: a form whose token is too old looks like a stranger's otherwise."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
