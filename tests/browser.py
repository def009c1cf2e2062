"""A real Chromium for the tests marked ``browser``: the one on the PATH; pages come from ``live_server``.

Without one they are skipped, unless CI=true, where that is a failure. Use the fixtures ``page``, ``console``
(what the pages wrote to the browser's console) and ``accessible`` (axe on the page as it stands).
"""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cexp import programs

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing but the pages: no traffic of the browser's own, no first-run pages.
QUIET = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or chromium() is not None:
        return
    reason = f"no Chromium on the PATH (looked for {', '.join(NAMES)})"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sandbox = ["--no-sandbox"] if programs.is_root() else []
    return {"executable_path": chromium(), "args": [*QUIET, *sandbox]}


@pytest.fixture
def console(page: Page) -> list[str]:
    """Grows with every message and uncaught error of the page."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    return said


@pytest.fixture
def accessible(page: Page) -> Callable[[], None]:
    """Call it on a page: fails with what axe found there."""

    def check() -> None:
        options = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
        found = Axe().run(page, options=options).response["violations"]
        seen = [
            f"{rule['id']}: {rule['help']} {[node['target'] for node in rule['nodes']]}" for rule in found
        ]
        assert not seen, f"{page.url}\n" + "\n".join(seen)

    return check
