"""``make bench``: how long our pages take, as multiples of the least that any program on this stack must do.

Absolute times say something of the machine; the ratio to a limit, measured side by side in the same run, says
something of the product. It is a measurement, not a gate: it ends with 0 whatever it finds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from cexp import embedded
from tools.bench import servers
from tools.bench.client import Request
from tools.bench.files import FILES, MEGABYTE, File, FileTimes
from tools.bench.files import measured as measured_file
from tools.bench.matching import lines as matching_lines
from tools.bench.pages import PAGES, Page, limit_source, page_source, path_of, to_count
from tools.bench.servers import Server, serving
from tools.bench.table import Line, shown
from tools.bench.timing import Effort, Target, Times, by_eight, in_turn, warm_up
from tools.bench.weight import weights

FULL = Effort(pairs=200, seconds=0.8, turns=3, file_rounds=3, is_fresh=True)
QUICK = Effort(pairs=3, seconds=0.05, turns=1, file_rounds=1, is_fresh=False)
SMALL, LARGE = "skill_ladder", "large"
WEIGHED = ("sign-in", "assessment, level 4")


class Bench:
    """One company of each size in databases of their own, and what is measured on them."""

    def __init__(self, cluster: embedded.Cluster, effort: Effort, *, only: str) -> None:
        self.cluster, self.effort = cluster, effort
        self.asked_pages = [page for page in PAGES if only in page.name]
        self.asked_files = [file for file in FILES if only in file.name]
        self.asks_scoring, self.asks_matching = only in "scoring", only in "matching"
        secret = servers.new_secret()
        self.environ = {name: servers.environment(cluster, name, secret=secret) for name in (SMALL, LARGE)}
        self.facts: dict[str, dict[str, Any]] = {}
        self.stack, self.running = ExitStack(), dict[tuple[str, str], Server]()

    def server(self, database: str, settings: str = servers.PRODUCT) -> Server:
        """One that runs until the end."""
        environ = self.environ[database]
        key = environ["DATABASE_URL"], settings
        if key not in self.running:
            self.running[key] = self.stack.enter_context(serving(environ, settings=settings))
        return self.running[key]

    @property
    def asks_company(self) -> bool:
        return bool(self.asked_pages or self.asked_files or self.asks_scoring)

    def prepare(self, people: int, large: int) -> None:
        servers.run(self.environ[SMALL], "-m", "cexp.prepare")
        if large == people:
            self.environ[LARGE] = self.environ[SMALL]
        else:
            self.copy_database()
            self.make_company(LARGE, large)
        self.make_company(SMALL, people)
        self.facts.setdefault(LARGE, self.facts[SMALL])

    def copy_database(self) -> None:
        """As it is before there is anybody in it."""
        address = {**self.cluster.address(), "dbname": "postgres"}
        with psycopg.connect(make_conninfo("", **address), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {LARGE} TEMPLATE {SMALL}")

    def make_company(self, database: str, people: int) -> None:
        say(f"Making a company of {people:,} people …")
        self.facts[database] = json.loads(self.inside(database, "company", str(people)))

    def inside(self, database: str, *arguments: str, given: object = None) -> str:
        command = ("-m", "tools.bench.inside", *arguments)
        return servers.run(self.environ[database], *command, given=json.dumps(given))

    def lines(self) -> Iterator[Line]:
        if self.asked_pages:
            yield from self.pages()
        if self.asked_files:
            yield from self.files()
        if self.asks_scoring:
            yield from self.scoring()
        if self.asks_matching:
            say("Matching …")
            yield from matching_lines(self.effort.file_rounds)

    def pages(self) -> Iterator[Line]:
        asked = [to_count(page, self.facts[SMALL]) for page in self.asked_pages]
        counts = json.loads(self.inside(SMALL, "statements", given=asked))
        for page, count in zip(self.asked_pages, counts, strict=True):
            yield self.page(page, count)
        yield from (line for page in self.asked_pages if page.name in WEIGHED for line in self.weight(page))
        if self.facts[LARGE] is not self.facts[SMALL]:
            yield from (self.growth(page) for page in self.asked_pages if page.grows)

    def page(self, page: Page, count: int) -> Line:
        say(f"{page.name} …")
        ours, limits = self.server(SMALL), self.server(SMALL, servers.LIMITS)
        one = Target(port=ours.port, source=page_source(page, self.facts[SMALL]))
        other = Target(port=limits.port, source=limit_source(page, self.facts[SMALL]))
        for target in (one, other):
            warm_up(target, self.effort)
        mine, least = in_turn(one, other, self.effort.pairs)
        crowd, least_crowd = by_eight(one, other, self.effort)
        details = (both(mine), both(least), both(crowd), f"{crowd.rate:.0f}", f"{least_crowd.rate:.0f}")
        return Line(
            what=page.name,
            limit=f"L-{page.limit_name}",
            value=mine.p50 / least.p50,
            goal=page.goal,
            statements=count,
            statements_goal=page.statements,
            details=details,
        )

    def growth(self, page: Page) -> Line:
        say(f"{page.name} in the larger company …")
        one = Target(port=self.server(LARGE).port, source=page_source(page, self.facts[LARGE]))
        other = Target(port=self.server(SMALL).port, source=page_source(page, self.facts[SMALL]))
        for target in (one, other):
            warm_up(target, self.effort)
        mine, least = in_turn(one, other, self.effort.pairs)
        return Line(
            what=f"{page.name}, large company",
            limit="small company",
            value=mine.p50 / least.p50,
            goal=1.1,
            details=(both(mine), both(least)),
        )

    def weight(self, page: Page) -> Iterator[Line]:
        session = self.facts[SMALL]["sessions"][page.reader]["product"] if page.reader else ""
        request = Request(
            path=path_of(page, self.facts[SMALL]), cookies=f"sessionid={session}" if session else ""
        )
        first, later = weights(self.server(SMALL).port, request)
        yield Line(what=f"{page.name}, first visit", limit="", value=first / 1000, goal=130, unit="kB")
        yield Line(what=f"{page.name}, cached", limit="", value=later / 1000, goal=15, unit="kB")

    def files(self) -> Iterator[Line]:
        limits = self.server(LARGE, servers.LIMITS)
        for file in self.asked_files:
            say(f"{file.name} …")
            is_fresh, environ = self.effort.is_fresh, self.environ[LARGE]
            with serving(environ) if is_fresh else nullcontext(self.server(LARGE)) as ours:
                found = measured_file(file, self.facts[LARGE], server=ours, limits=limits, effort=self.effort)
            yield from file_lines(file, found)

    def scoring(self) -> Iterator[Line]:
        say("Scoring …")
        rounds = str(self.effort.file_rounds)
        taken = json.loads(self.inside(LARGE, "scoring", rounds, given=self.facts[LARGE]))
        for name, key, goal in (
            ("all stored results, read", "read", 1.5),
            ("all stored results, as the file of levels", "filed", None),
            ("all cases, scored again", "recomputed", 20),
        ):
            times = (f"{taken[key] * 1000:.0f}", f"{taken['limit'] * 1000:.0f}")
            yield Line(
                what=name, limit="L-score", value=taken[key] / taken["limit"], goal=goal, details=times
            )


def file_lines(file: File, found: FileTimes) -> Iterator[Line]:
    yield Line(
        what=file.name,
        limit=f"L-{file.limit_name}",
        value=found.ours.p50 / found.limit.p50,
        goal=file.goal,
        details=(f"{found.ours.p50 * 1000:.0f}", f"{found.limit.p50 * 1000:.0f}"),
    )
    memory = None if found.memory is None else found.memory / MEGABYTE
    yield Line(what=f"{file.name}, memory", limit="at rest", value=memory, goal=file.memory, unit="MB")


def both(times: Times) -> str:
    return f"{times.p50 * 1000:.1f} / {times.p95 * 1000:.1f}"


def say(line: str) -> None:
    print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000, help="in the company whose pages are measured")
    parser.add_argument("--large", type=int, default=10_000, help="in the one that is exported and scored")
    parser.add_argument("--quick", action="store_true", help="a few requests of each: numbers mean nothing")
    parser.add_argument("--only", default="", help="lines with this word: team, CSV, scoring, matching …")
    asked = parser.parse_args()
    with servers.cluster() as cluster:
        bench = Bench(cluster, QUICK if asked.quick else FULL, only=asked.only)
        if bench.asks_company:
            bench.prepare(asked.people, asked.large)
        with bench.stack:
            lines = list(bench.lines())
    say(f"\nPages: {asked.people:,} people; files and scoring: {asked.large:,} people.\n")
    say(shown(lines))


if __name__ == "__main__":
    main()
