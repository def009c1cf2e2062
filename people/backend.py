"""Signing in by e-mail, and loading the signed-in person with their place in the company."""

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend

from people.clock import today
from people.models import User


class AuthenticationBackend(AllauthBackend):
    def get_user(self, user_id: int) -> User | None:
        """The active person of a session; a deactivated one is out at the next request."""
        return User.objects.signed_in(user_id, on=today())
