"""Bring the database and the collected files to this version: quick where they are already.

A step of ``cexp.run``, which names the settings.
"""

import hashlib
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from psycopg import sql

from cexp.keeper import locked

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / ".data"
# Frameworks first: the others refer to their statements.
FIXTURES = sorted(
    (PROJECT / "fixtures").glob("*.json"), key=lambda path: (path.stem[:4] != "sfia", path.name)
)
# The table whose comment remembers which fixtures were loaded: it stays with the data, wherever they go.
MARKED = "skills_framework"


def say(line: str) -> None:
    print(line, flush=True)


def prepare() -> None:
    """Everything that comes between an empty folder and the first page; one start at a time."""
    DATA.mkdir(exist_ok=True)
    with locked(DATA / "prepare.lock"):
        migrate()
        load_fixtures()
        load_demo()
        collect_files()


def migrate() -> None:
    say("Bringing the database up to date …")
    call_command("migrate", verbosity=0, interactive=False)


def load_fixtures() -> None:
    """Load the skills where this version of them is not in the database: later corrections there stay."""
    digest = _digest(FIXTURES)
    if _mark() == digest:
        return
    say("Loading the skills …")
    with transaction.atomic():
        call_command("loaddata", *FIXTURES, verbosity=0)
        _set_mark(digest)
    # By other indicators, evidence may speak for other statements.
    call_command("suggest_evidence", verbosity=0)


def load_demo() -> None:
    if settings.DEMO_ALLOWED and not get_user_model().objects.exists():
        say("Making the demo company …")
        with transaction.atomic():
            call_command("demo", verbosity=0)


def collect_files() -> None:
    """Collect the static files where one of them, or of the packages, is not as it was."""
    stamp = DATA / "static.stamp"
    lock = PROJECT / "requirements.lock"
    digest = _digest([lock, *(path for folder in settings.STATICFILES_DIRS for path in _files(folder))])
    if stamp.exists() and stamp.read_text() == digest and settings.STATIC_ROOT.exists():
        return
    say("Collecting styles and fonts …")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(paths: list[Path]) -> str:
    content = hashlib.sha256()
    for path in paths:
        content.update(f"{path.name} {path.stat().st_size} ".encode())
        content.update(path.read_bytes())
    return content.hexdigest()


def _mark() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(%s::regclass)", [MARKED])
        row: tuple[str | None] = cursor.fetchone()
    return row[0]


def _set_mark(digest: str) -> None:
    statement = sql.SQL("COMMENT ON TABLE {} IS {}").format(sql.Identifier(MARKED), sql.Literal(digest))
    with connection.cursor() as cursor:
        cursor.execute(statement)


def main() -> None:
    try:
        django.setup()
        prepare()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database does not answer: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
