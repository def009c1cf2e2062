"""Which pages are measured, against which limit, and how good they have to be."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.bench.client import Request
from tools.bench.timing import Source

# What one answer of the draft is posted with; the token is checked against the cookie alone.
TOKEN = "b" * 32
# Clients save statements from level 4 on; the first ones are left to the counting of SQL statements.
FIRST_SAVED = 7


@dataclass(frozen=True, kw_only=True)
class Page:
    """``path`` and ``limit`` are filled with the company's facts; a goal of None is measured all the same."""

    name: str
    path: str
    reader: str | None
    limit: str
    limit_name: str
    goal: float | None
    statements: int | None = None
    is_save: bool = False
    # Must not be slower in a company ten times as large.
    grows: bool = False


PAGES = (
    Page(name="sign-in", path="/accounts/login/", reader=None, limit="/bare/", limit_name="bare", goal=2.5),
    *(
        Page(
            name=name,
            path=path,
            reader="employee",
            limit="/own/{assessment}/",
            limit_name="own",
            goal=goal,
            statements=8 if goal else None,
            grows=goal is not None,
            is_save=name == "save an answer",
        )
        for name, path, goal in (
            ("first page", "/", None),
            ("skill", "/skills/CEXP/", None),
            ("assessment, level 4", "/assessments/{assessment}/levels/4/", 2),
            ("save an answer", "/assessments/{assessment}/ratings/{rating}/", None),
            ("gap report", "/assessments/{assessment}/report/", 2),
            ("evidence", "/evidence/", None),
        )
    ),
    Page(
        name="review of one submission",
        path="/reviews/{submission}/",
        reader="leader50",
        limit="/own/{assessment}/",
        limit_name="own",
        goal=None,
    ),
    Page(
        name="review queue",
        path="/reviews/",
        reader="leader50",
        limit="/own/{assessment}/",
        limit_name="own",
        goal=None,
    ),
    *(
        Page(
            name=f"team of {size}",
            path="/team/",
            reader=f"leader{size}",
            limit="/team/{team_of_50}/",
            limit_name="team",
            goal=1 if size == 50 else None,
            statements=8,
            grows=size == 50,
        )
        for size in (10, 50, 200)
    ),
    Page(
        name="team of 50",
        path="/team/",
        reader="leader50",
        limit="/team-fast/{team_of_50}/",
        limit_name="team-fast",
        goal=None,
    ),
)


def path_of(page: Page, facts: Mapping[str, Any]) -> str:
    """With the first answer where it is a save."""
    return page.path.format_map({**facts, "rating": facts["ratings"][0]})


def page_source(page: Page, facts: Mapping[str, Any]) -> Source:
    session = facts["sessions"][page.reader]["product"] if page.reader else ""
    if page.is_save:
        return saves(page, facts, session)
    request = Request(path=path_of(page, facts), cookies=f"sessionid={session}" if session else "")
    return lambda client: request


def limit_source(page: Page, facts: Mapping[str, Any]) -> Source:
    session = facts["sessions"][page.reader]["limits"] if page.reader else ""
    if page.limit_name == "own":
        session = facts["sessions"]["employee"]["limits"]
    request = Request(path=page.limit.format_map(facts), cookies=f"sessionid={session}" if session else "")
    return lambda client: request


def saves(page: Page, facts: Mapping[str, Any], session: str) -> Source:
    """Each client changes a statement of its own back and forth, with the version that it is at."""
    cookies = f"sessionid={session}; csrftoken={TOKEN}"
    headers = {"X-CSRFToken": TOKEN, "HX-Request": "true"}
    forms = {rating: save_forms() for rating in facts["ratings"]}

    def source(client: int) -> Request:
        rating = facts["ratings"][FIRST_SAVED + client]
        path = page.path.format_map({**facts, "rating": rating})
        return Request(path=path, cookies=cookies, headers=headers, form=next(forms[rating]))

    return source


def save_forms() -> Iterator[str]:
    return (f"answer={version % 4}&version={version}" for version in itertools.count())


def to_count(page: Page, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the counting of SQL statements is told; it saves where no client does."""
    return {
        "path": path_of(page, facts),
        "session": facts["sessions"][page.reader]["product"] if page.reader else None,
        "forms": list(itertools.islice(save_forms(), 2)) if page.is_save else [],
    }
