"""Whether every fixture loads into an empty database, and once more without making anything twice."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.test.runner import DiscoverRunner

from cexp.prepare import FIXTURES


@contextmanager
def empty_database() -> Iterator[None]:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        yield
    finally:
        runner.teardown_databases(databases)


def counts() -> dict[str, int]:
    from django.apps import apps

    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cexp.settings")
    django.setup()
    from django.core.management import call_command

    with empty_database():
        call_command("loaddata", *FIXTURES, verbosity=0)
        once = counts()
        call_command("loaddata", *FIXTURES, verbosity=0)
        changed = {name: count for name, count in counts().items() if count != once[name]}
    print(
        f"The second load changed the counts: {changed}"
        if changed
        else f"{sum(once.values())} rows, twice the same."
    )
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
