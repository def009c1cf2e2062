"""Which PostgreSQL this installation uses, in the words of Django's DATABASES.

``DATABASE_URL`` names it, as an address (``postgresql://…?sslmode=require``) or as libpq's ``key=value``
words; without one it is the embedded cluster of this folder.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from cexp import embedded
from cexp.programs import EmbeddedError

__all__ = ["EmbeddedError", "available", "databases", "is_embedded"]

PROJECT = Path(__file__).resolve().parent.parent
# libpq's name -> Django's; every other word of the address goes to the driver as it is.
DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
# The pool is per process. Nobody waits longer than five seconds for a connection: an error page tells more.
POOL = {"min_size": 1, "max_size": 8, "timeout": 5}


def is_embedded(environ: Mapping[str, str]) -> bool:
    return not environ.get("DATABASE_URL", "").strip()


def databases(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. Starts nothing; raises ImproperlyConfigured for an address that cannot be read."""
    if is_embedded(environ):
        words = dict(embedded.of_project(PROJECT).address())
    else:
        words = _words(environ["DATABASE_URL"].strip())
    return {"default": _django(words)}


def available(environ: Mapping[str, str], say: embedded.Say) -> AbstractContextManager[None]:
    """Have the embedded server running inside the block; another one is its owner's to run."""
    if not is_embedded(environ):
        return nullcontext()
    return embedded.running(embedded.of_project(PROJECT), environ, say)


def _words(url: str) -> dict[str, Any]:
    try:
        words = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # The driver's own message may quote the password.
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. Write postgresql://user:password@host:5432/database, with special "
            "characters as %XX and options that libpq knows after a question mark."
        ) from None
    if not words.get("dbname") and not words.get("service"):
        raise ImproperlyConfigured("DATABASE_URL names no database, as in postgresql://user@host/database.")
    return words


def _django(words: Mapping[str, Any]) -> dict[str, Any]:
    known = {DJANGO_NAMES[word]: str(value) for word, value in words.items() if word in DJANGO_NAMES}
    options = {word: value for word, value in words.items() if word not in DJANGO_NAMES}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **known,
        # The pool keeps the connections, so Django must not, and it looks at one before lending it.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, "pool": dict(POOL)},
    }
