"""Whether every message of the source is translated, none doubtfully, and the compiled files say the same.

What needs gettext runs where it is installed, and says so aloud where not.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

PROJECT = Path(__file__).resolve().parents[2]
LANGUAGES = ("pt_BR", "ru")
SOURCES = ("assessments", "cexp", "people", "skills", "templates", "locale", "manage.py")


def catalogue(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def incomplete(path: Path) -> list[str]:
    """Messages without a translation, or with one that nobody confirmed."""
    file, language = polib.pofile(str(path)), path.parts[-3]
    empty = [f"{language}: not translated: {entry.msgid}" for entry in file.untranslated_entries()]
    return empty + [f"{language}: fuzzy: {entry.msgid}" for entry in file.fuzzy_entries()]


def stale(path: Path) -> list[str]:
    """Whether the compiled file beside this one says something else."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return [f"{_name(compiled)} is missing"]
    wanted, found = (
        _content(catalogue) for catalogue in (polib.pofile(str(path)), polib.mofile(str(compiled)))
    )
    return [] if wanted == found else [f"{_name(compiled)} is not what its .po says"]


def _name(path: Path) -> str:
    return "/".join(path.parts[-4:])


def _content(file: polib.POFile | polib.MOFile) -> dict[object, object]:
    entries = file.translated_entries()
    return {(entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}


def missing() -> list[str]:
    """Messages of the source that a catalogue does not have: gathered anew, in a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            source = PROJECT / name
            shutil.copytree(source, copy / name) if source.is_dir() else shutil.copy(source, copy / name)
        locales = [word for language in LANGUAGES for word in ("--locale", language)]
        command = [
            sys.executable,
            "manage.py",
            "makemessages",
            *locales,
            "--no-location",
            "--no-wrap",
            "-v",
            "0",
        ]
        done = subprocess.run(
            command, cwd=copy, capture_output=True, text=True, check=False, env=dict(os.environ)
        )
        if done.returncode != 0:
            return [done.stderr.strip()]
        return [line for language in LANGUAGES for line in _added(copy, language)]


def _added(copy: Path, language: str) -> list[str]:
    known, gathered = (_identities(catalogue(root, language)) for root in (PROJECT, copy))
    return [f"{language}: not gathered: {message}" for _, message in sorted(gathered - known, key=str)] + [
        f"{language}: no longer used: {message}" for _, message in sorted(known - gathered, key=str)
    ]


def _identities(path: Path) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}


def main() -> int:
    files = [catalogue(PROJECT, language) for language in LANGUAGES]
    absent = [f"{path.relative_to(PROJECT)} is missing" for path in files if not path.exists()]
    wrong = absent or [line for path in files for line in (*incomplete(path), *stale(path))]
    if shutil.which("xgettext"):
        wrong += [] if absent else missing()
    else:
        print("NOTE: gettext is not installed here, so the source was not searched for new messages.")
    print("\n".join([*wrong, "Mend it with make messages."]) if wrong else "The messages are complete.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
