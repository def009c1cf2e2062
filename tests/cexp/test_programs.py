"""Which PostgreSQL's programs are taken."""

from pathlib import Path

import pytest

from cexp import embedded, programs
from cexp.programs import EmbeddedError


def fake(folder: Path, version: str) -> Path:
    """A folder with programs that say only their version."""
    folder.mkdir()
    for name in programs.NAMES:
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_the_folder_that_is_given_comes_first(tmp_path: Path) -> None:
    """PG_BINDIR wins over the programs that came with the packages."""
    given = fake(tmp_path / "bin", "17.2")
    assert programs.find({"PG_BINDIR": str(given)}, embedded.SHARED) == given
    assert programs.major(given) == 17


def test_a_given_folder_without_programs_is_named(tmp_path: Path) -> None:
    """A wrong PG_BINDIR is an error, not passed over."""
    with pytest.raises(EmbeddedError, match=f"PG_BINDIR is {tmp_path}"):
        programs.find({"PG_BINDIR": str(tmp_path)}, embedded.SHARED)


def test_the_programs_that_came_with_the_packages_run() -> None:
    """Without PG_BINDIR the programs of the package are found, where their user can run them."""
    found = programs.find({}, embedded.SHARED)
    assert programs.major(found) >= 18
    if programs.is_root():
        assert embedded.SHARED in found.parents
        assert all(path.stat().st_mode & 0o005 for path in found.iterdir())


@pytest.mark.parametrize(("version", "said"), [("13.9", "version 13; at least 14"), ("?", "does not run")])
def test_a_postgresql_that_will_not_do_is_refused(tmp_path: Path, version: str, said: str) -> None:
    """Too old a server, or one that does not answer, is refused before any data are made."""
    with pytest.raises(EmbeddedError, match=said):
        programs.major(fake(tmp_path / "bin", version))
