"""What every test stands on: a throwaway server, Django on top of it, the guards, the browser, the cast."""

import os
from collections.abc import Iterator

import django
import hypothesis
import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests import cluster, shipped

pytest_plugins = ["tests.guards", "tests.browser", "tests.cast"]


def _prepare_django() -> None:
    """Before any model is imported, and before the settings are read for the first time."""
    if not cluster.is_worker():
        if settings.configured:
            raise pytest.UsageError(
                "Unset DJANGO_SETTINGS_MODULE: the tests choose their database themselves."
            )
        cluster.prepare_environment()
    # Quick to compute; the strength of a password's hash is not what is tested.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Files as they lie in the source, without collecting them first.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    # What tests bring is kept where the run ends with it.
    settings.STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    django.setup()


_prepare_django()
# Time says nothing on a shared machine; a gate tries the same examples each time.
hypothesis.settings.register_profile("ours", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("ours")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The throwaway server goes as a whole: a connection left open somewhere must not hold up the end."""
    return not os.environ.get("TEST_DATABASE_URL")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The skill that ships is there from the start, so that not every test has to load it."""
    with django_db_blocker.unblock():
        shipped.load()
    with shipped.kept():
        yield
