"""Pages for those who review, and for those who lead a team."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from people.models import User
from people.requests import signed_in


def manager_of(request: HttpRequest) -> User:
    """The signed-in person, who leads a team or reviews for somebody; others are refused the page."""
    user = signed_in(request)
    if not user.may_review:
        raise PermissionDenied
    return user


def leader_of(request: HttpRequest) -> User:
    """The signed-in person, who leads a team; who only reviews for others does not see it."""
    user = signed_in(request)
    if not user.leads_a_team:
        raise PermissionDenied
    return user
