"""The PostgreSQL of the tests: a throwaway cluster, made before Django reads its settings and removed after.

``TEST_DATABASE_URL`` names another server and one of its superusers.
"""

import atexit
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from psycopg.conninfo import make_conninfo

from cexp import embedded, programs

# What a developer's shell may say must not change what the tests see.
FOREIGN = (
    "CEXP_ENV",
    "DEBUG",
    "DEMO",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "TIME_ZONE",
    "PRODUCT_NAME",
    "EMAIL_HOST",
    "SITE_ADDRESS",
    "PORT",
)


def is_worker() -> bool:
    """Whether this is a worker of a parallel run: it inherits what the first process prepared."""
    return "PYTEST_XDIST_WORKER" in os.environ


def prepare_environment() -> None:
    """Point the settings at the server of the tests."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cexp.settings"
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or _throwaway()


def _throwaway() -> str:
    cluster = embedded.Cluster(home=new_home(), durable=False)
    stack = ExitStack()
    atexit.register(stack.close)
    stack.enter_context(embedded.running(cluster, os.environ, say=lambda line: None))
    return make_conninfo("", **cluster.address())


def new_home() -> Path:
    """An empty folder that the server's user may enter."""
    if not programs.is_root():
        return Path(tempfile.mkdtemp(prefix="skill-ladder-"))
    embedded.SHARED.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="tests-", dir=embedded.SHARED))
