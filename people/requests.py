"""The person behind a request, typed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from people.models import User


def signed_in(request: HttpRequest) -> User:
    """The signed-in person; a request without one is refused (the middleware has sent it to sign in)."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
