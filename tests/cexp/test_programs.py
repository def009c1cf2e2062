"""Which PostgreSQL's programs are taken."""

import shutil
from pathlib import Path

import pytest

from cexp import embedded, programs
from cexp.programs import EmbeddedError
from tests.cluster import new_home


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
    """Without PG_BINDIR the package's programs are taken: for root a copy that every user may read."""
    shared = new_home()
    try:
        found = programs.find({}, shared)
        assert programs.major(found) >= 18
        if programs.is_root():
            assert shared in found.parents
            assert all(path.stat().st_mode & 0o005 == 0o005 for path in (found, *found.iterdir()))
            assert programs.find({}, shared) == found
    finally:
        shutil.rmtree(shared)


@pytest.fixture
def without_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine where the package has no wheel; the folder where Debian would put its PostgreSQL."""
    monkeypatch.setattr(programs, "find_spec", lambda name: None)
    monkeypatch.setattr(programs, "DEBIAN", tmp_path / "debian")
    (tmp_path / "debian").mkdir()
    return tmp_path / "debian"


def test_the_newest_of_the_system_is_taken(without_package: Path) -> None:
    """Without the package, the newest PostgreSQL that Debian installed."""
    for version in ("9.6", "15", "17"):
        (without_package / version).mkdir()
        fake(without_package / version / "bin", version)
    assert programs.find({"PATH": ""}, without_package) == without_package / "17" / "bin"


def test_the_path_is_searched_last(without_package: Path, tmp_path: Path) -> None:
    """Elsewhere the programs are on the PATH."""
    found = fake(tmp_path / "bin", "16.1")
    assert programs.find({"PATH": f"/nowhere:{found}"}, without_package) == found


def test_a_machine_without_any_is_told_what_to_do(without_package: Path) -> None:
    """The message names the three ways out."""
    with pytest.raises(EmbeddedError, match=r"No PostgreSQL was found.*DATABASE_URL.*PG_BINDIR.*install"):
        programs.find({"PATH": "/nowhere"}, without_package)


@pytest.mark.parametrize(("version", "said"), [("13.9", "version 13; at least 14"), ("?", "does not run")])
def test_a_postgresql_that_will_not_do_is_refused(tmp_path: Path, version: str, said: str) -> None:
    """Too old a server, or one that does not answer, is refused before any data are made."""
    with pytest.raises(EmbeddedError, match=said):
        programs.major(fake(tmp_path / "bin", version))
