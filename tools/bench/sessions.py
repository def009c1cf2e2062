"""Sign people in without a password: what is measured begins after that."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from people.models import User
from tools.bench.limits_settings import AUTHENTICATION_BACKENDS


def sessions(people: Mapping[str, User]) -> dict[str, dict[str, str]]:
    """A session key of every person in the product, and one for the limits, which know no backend of ours."""
    return {
        name: {
            "product": _session(person, settings.AUTHENTICATION_BACKENDS[0]),
            "limits": _session(person, AUTHENTICATION_BACKENDS[0]),
        }
        for name, person in people.items()
    }


def _session(person: User, backend: str) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = backend
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return str(store.session_key)
