"""The exports of a whole company against their limits, and the memory that they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tools.bench.client import Connection, Request
from tools.bench.pages import TOKEN
from tools.bench.servers import Server, forget_peak, resident
from tools.bench.timing import Effort, Target, Times, in_turn, once

MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    path: str
    suffix: str
    limit: str
    limit_name: str
    goal: float | None
    # Megabytes above the server at rest.
    memory: int


FILES = (
    File(
        name="all ratings, CSV",
        path="/reports/statements/",
        suffix="csv",
        limit="/copy/",
        limit_name="copy",
        goal=2,
        memory=10,
    ),
    File(
        name="all levels, CSV",
        path="/reports/levels/",
        suffix="csv",
        limit="/copy/",
        limit_name="copy",
        goal=None,
        memory=10,
    ),
    File(
        name="all ratings, XLSX",
        path="/reports/statements/",
        suffix="xlsx",
        limit="/xlsx/ratings/",
        limit_name="xlsx, per rating",
        goal=1.2,
        memory=100,
    ),
    File(
        name="all levels, XLSX",
        path="/reports/levels/",
        suffix="xlsx",
        limit="/xlsx/people/",
        limit_name="xlsx, per person",
        goal=2,
        memory=100,
    ),
)


@dataclass(frozen=True, kw_only=True)
class FileTimes:
    file: File
    ours: Times
    limit: Times
    # Bytes above the server at rest, at the most; None where the system does not tell.
    memory: int | None


def export(file: File, facts: Mapping[str, Any], *, scope: str) -> Request:
    """The form as HR sends it, with everything that may be shown."""
    asked = {
        "cycle": facts["cycle"],
        "skill": facts["skill"],
        "scope": scope,
        "file_format": file.suffix,
        "provisional": "on",
        "reason": "Measuring how long it takes",
    }
    return Request(
        path=file.path,
        cookies=f"sessionid={facts['sessions']['hr']['product']}; csrftoken={TOKEN}",
        headers={"X-CSRFToken": TOKEN},
        form=urlencode(asked),
    )


def measured(
    file: File, facts: Mapping[str, Any], *, server: Server, limits: Server, effort: Effort
) -> FileTimes:
    """Best on a server just started: memory that an earlier file took would hide that of this one."""
    memory = _memory(file, facts, server)
    request, limit = export(file, facts, scope="company"), Request(path=file.limit)
    with Connection(limits.port) as connection:
        # Both workers come to hold in memory what the limit is fed from.
        for _ in range(2):
            once(connection, limit, keep=False)
            connection.close()
    ours, theirs = in_turn(
        Target(port=server.port, source=lambda client: request),
        Target(port=limits.port, source=lambda client: limit),
        effort.file_rounds,
        keep=False,
    )
    return FileTimes(file=file, ours=ours, limit=theirs, memory=memory)


def _memory(file: File, facts: Mapping[str, Any], server: Server) -> int | None:
    """At the most, above a server that has answered the same for a small team."""
    small = export(file, facts, scope=str(facts["small_team"]))
    with Connection(server.port) as connection:
        for _ in range(4):
            once(connection, small, keep=False)
            connection.close()
    workers = server.workers()
    at_rest = [resident(pid, peak=False) for pid in workers]
    for pid in workers:
        forget_peak(pid)
    with Connection(server.port) as connection:
        once(connection, export(file, facts, scope="company"), keep=False)
    peaks = [resident(pid, peak=True) for pid in workers]
    grown = [peak - rest for peak, rest in zip(peaks, at_rest, strict=True) if peak and rest]
    return max(grown, default=None)
