"""The checks of the source find what they are for."""

from pathlib import Path

import polib
import pytest

from tools.checks import habits, locks, messages

LOCK = """# made by: make lock
django==5.2.19 \\
    --hash=sha256:aa
    # via the project
xlsxwriter==3.3.1 ; python_version > '3' \\
    --hash=sha256:bb
"""


def test_a_lock_that_holds_what_is_asked_for_passes() -> None:
    """Names are compared as the registries do, versions by their specifiers, markers and extras aside."""
    assert locks.problems(["Django>=5.2,<5.3", "XlsxWriter>=3.2"], LOCK) == []


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        ("Django>=6", LOCK, "Django>=6 is not satisfied by 5.2.19"),
        ("gunicorn", LOCK, "gunicorn is not satisfied by no pin"),
        ("Django", LOCK.replace("    --hash=sha256:aa\n", ""), "django==5.2.19 has no hash"),
        ("Django", "--index-url somewhere\n" + LOCK, "it names a host"),
        ("Django", LOCK + "# from https://host/\n", "it names a host"),
    ],
)
def test_a_lock_with_a_flaw_is_told(asked: str, text: str, said: str) -> None:
    """A pin that is missing, does not fit, has no hash, or a host's name."""
    assert locks.problems([asked], text) == [said]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A catalogue with one message translated and compiled."""
    folder = tmp_path / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.append(polib.POEntry(msgid="Level", msgstr="Уровень"))
    file.save(str(folder / "django.po"))
    file.save_as_mofile(str(folder / "django.mo"))
    return folder / "django.po"


def test_a_complete_and_compiled_catalogue_passes(catalogue: Path) -> None:
    """Nothing is missing, and both files say the same."""
    assert [*messages.incomplete(catalogue), *messages.stale(catalogue)] == []


def test_a_message_without_translation_is_told(catalogue: Path) -> None:
    """An empty translation, and one that nobody confirmed."""
    file = polib.pofile(str(catalogue))
    file.append(polib.POEntry(msgid="Gap"))
    file.append(polib.POEntry(msgid="Path", msgstr="Путь", flags=["fuzzy"]))
    file.save(str(catalogue))
    assert messages.incomplete(catalogue) == ["ru: not translated: Gap", "ru: fuzzy: Path"]


def test_a_compiled_file_that_says_something_else_is_told(catalogue: Path) -> None:
    """A translation that was mended and not compiled."""
    file = polib.pofile(str(catalogue))
    file[0].msgstr = "Ступень"
    file.save(str(catalogue))
    assert messages.stale(catalogue) == ["locale/ru/LC_MESSAGES/django.mo is not what its .po says"]


def test_a_compiled_file_that_is_missing_is_told(catalogue: Path) -> None:
    """A catalogue that was never compiled."""
    catalogue.with_suffix(".mo").unlink()
    assert messages.stale(catalogue) == ["locale/ru/LC_MESSAGES/django.mo is missing"]


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("views.py", "def f(rows):\n    return rows.filter(pk=1)\n", "line 2: a query outside a QuerySet"),
        ("models.py", "def f(rows):\n    return rows.filter(pk=1)\n", None),
        ("views.py", "def f():\n" + "    a = 1\n" * 20, "line 1: f has 21 lines"),
        ("models.py", "def f():\n" + "    a = 1\n" * 20, None),
        ("models.py", "a = 1\n" * 301, "301 lines, more than 300"),
        ("models.py", "a = 1  # TO" + "DO\n", "line 1: a = 1  # TO" + "DO"),
        ("page.html", '<p style="color: red">', "line 1: inline style, script or handler"),
        ("page.html", '<p onclick="go()">', "line 1: inline style, script or handler"),
        ("page.html", "<script>go()</script>", "line 1: inline style, script or handler"),
        ("page.html", '<script src="/a.js"></script><p data-on="x">', None),
        (
            "page.html",
            '{{ at|date:"SHORT_DATE_FORMAT" }}',
            "line 1: a date that neither “day” nor “moment” writes",
        ),
        ("page.html", "{{ at|date }}", "line 1: a date that neither “day” nor “moment” writes"),
        (
            "page.html",
            '<form class="card" method="post">',
            "line 1: a form that the browser validates",
        ),
        ("page.html", "{{ at|day }} {{ at|moment }} {{ at|date:'c' }}", None),
        (
            "models.py",
            "from django.utils.formats import date_format\n",
            "line 1: a date written outside people/dates.py",
        ),
    ],
)
def test_a_habit_that_is_broken_is_told(tmp_path: Path, name: str, source: str, said: str | None) -> None:
    """Sizes, queries in views, things left undone, inline styles and scripts."""
    path = tmp_path / name
    path.write_text(source)
    assert list(habits.problems(path)) == ([said] if said else [])
