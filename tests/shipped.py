"""The skill that ships: loaded once, and copied back where a test with real transactions emptied tables."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg.sql import SQL, Identifier


def load() -> None:
    """Load it, and keep a copy of its rows out of the way."""
    call_command("loaddata", "sfia9_cexp", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS shipped CASCADE")
        cursor.execute("CREATE SCHEMA shipped")
        for table in _tables():
            cursor.execute(SQL("CREATE TABLE shipped.{} AS TABLE public.{}").format(table, table))


@contextmanager
def kept() -> Iterator[None]:
    """Every test finds it, with the same numbers: what empties the tables fills these again."""
    empty = TransactionTestCase._fixture_teardown

    def empty_and_fill(case: TransactionTestCase) -> None:
        empty(case)
        _copy_back()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_fill)
        yield


def _copy_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # The rows as they were: no trigger is to take them for changes.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _tables():
            cursor.execute(SQL("INSERT INTO public.{} SELECT * FROM shipped.{}").format(table, table))


def _tables() -> list[Identifier]:
    models = apps.get_app_config("skills").get_models(include_auto_created=True)
    return [Identifier(model._meta.db_table) for model in models]
