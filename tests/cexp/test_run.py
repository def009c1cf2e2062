"""``make run``, from an empty folder to the first page, and what it refuses."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cexp import announce, embedded, keeper, run
from tests.cluster import new_home

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A copy of the product without its data, as after a clone."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(
        listed, cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    home = new_home()
    # pyproject.toml tells the coverage that this is the project too.
    folder = home / "fresh-checkout"
    for name in names:
        if (PROJECT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, folder / name)
    cluster = embedded.of_project(folder)
    yield folder
    shutil.rmtree(cluster.home, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def started(checkout: Path, port: int) -> Iterator[list[str]]:
    """The product, until it says that Ctrl-C stops it; its lines so far. Then Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cexp.run"],
        cwd=checkout,
        env=own_environment(PORT=str(port)),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        yield _until_ready(process.stdout)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=180)


def _until_ready(lines: Iterator[str]) -> list[str]:
    said: list[str] = []
    for line in lines:
        said.append(line.rstrip())
        if line.startswith("Ctrl-C"):
            return said
    raise AssertionError("\n".join(said))


def own_environment(**more: str) -> dict[str, str]:
    """Ours without the tests' database: the product uses the embedded one."""
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**ours, **more}


def manage(checkout: Path, *words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        command, cwd=checkout, env=own_environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_from_an_empty_folder_to_the_first_page_and_back(checkout: Path) -> None:
    """The first start makes everything, the second one nothing; commands work beside them and after."""
    port, count = free_port(), "from people.models import User; print(User.objects.count())"
    with started(checkout, port) as first:
        assert announce.answers(port)
        people = manage(checkout, "shell", "-v0", "-c", count)
    assert f"The product is ready: http://127.0.0.1:{port}" in first
    assert {"Loading the skills …", "Making the demo company …"} < set(first)
    assert [email for email, _ in announce.ACCOUNTS if not any(email in line for line in first)] == []
    data = embedded.of_project(checkout).data
    assert keeper.running(data) is None
    assert manage(checkout, "shell", "-v0", "-c", count) == people != "0\n"
    with started(checkout, port) as second:
        assert announce.answers(port)
    made = ("Creating", "Loading", "Making", "Collecting")
    assert [line for line in second if line.startswith(made)] == []
    assert keeper.running(data) is None


@pytest.mark.parametrize("given", ["x", "0", "65536", "-1", "٣", "8000 1"])
def test_a_port_that_is_none_is_refused(given: str) -> None:
    """What cannot be a port is named, before anything is started."""
    with pytest.raises(SystemExit, match="PORT must be a number from 1 to 65535"):
        run.port({"PORT": given})


def test_a_port_that_is_taken_is_refused() -> None:
    """The message says what to do instead."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = str(server.getsockname()[1])
        with pytest.raises(SystemExit, match=f"Port {taken} is taken .* make run PORT=8001"):
            run.port({"PORT": taken})


def test_a_port_that_is_free_is_taken() -> None:
    """Spaces around the number do no harm."""
    port = free_port()
    assert run.port({"PORT": f" {port} "}) == port


def test_without_the_demo_company_no_account_is_published() -> None:
    """Only the address is said where the demo accounts cannot sign in."""
    assert "@example.com" not in announce.text(8000, with_demo=False)


@pytest.mark.django_db
def test_the_demo_accounts_are_looked_up() -> None:
    """An empty database has nobody to publish."""
    assert not announce.has_demo()


def test_settings_that_cannot_be_are_said_in_one_line(checkout: Path) -> None:
    """A wrong DATABASE_URL ends the start without a trace of the code."""
    done = subprocess.run(
        [sys.executable, "-m", "cexp.run"],
        cwd=checkout,
        env=own_environment(PORT=str(free_port()), DATABASE_URL="mysql://db/x"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "DATABASE_URL cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
