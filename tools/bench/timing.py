"""Time pages against their limits, side by side: what disturbs the machine meets both alike."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from tools.bench.client import BenchError, Connection, Request

# Gives the next request of the client of this number.
Source = Callable[[int], Request]
CLIENTS = 8


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How long to measure: pairs of requests by one client; seconds of a turn, and turns, by eight.

    ``is_fresh``: every file has a server of its own, which costs its start.
    """

    pairs: int
    seconds: float
    turns: int
    file_rounds: int
    is_fresh: bool


@dataclass(frozen=True, kw_only=True)
class Times:
    """Seconds that requests took; with several clients also how many were answered in a second."""

    seconds: list[float]
    rate: float = 0.0

    @property
    def p50(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]


@dataclass(frozen=True, kw_only=True)
class Target:
    """Something to ask a server for."""

    port: int
    source: Source


def once(connection: Connection, request: Request, *, keep: bool = True) -> float:
    """Seconds from the first byte sent to the last one read."""
    begun = time.perf_counter()
    answer = connection.fetch(request, keep=keep)
    taken = time.perf_counter() - begun
    if answer.status != HTTPStatus.OK:
        raise BenchError(f"{request.path} answers {answer.status}: {answer.body[:300]!r}")
    return taken


def in_turn(one: Target, other: Target, pairs: int, *, keep: bool = True) -> tuple[Times, Times]:
    """One client that asks for both, one after the other."""
    found: tuple[list[float], list[float]] = ([], [])
    with Connection(one.port) as first, Connection(other.port) as second:
        for _ in range(pairs):
            found[0].append(once(first, one.source(0), keep=keep))
            found[1].append(once(second, other.source(0), keep=keep))
    return Times(seconds=found[0]), Times(seconds=found[1])


def by_eight(one: Target, other: Target, effort: Effort) -> tuple[Times, Times]:
    """Eight clients that ask for the one, then for the other, in several turns."""
    turns = [(_crowd(one, effort.seconds), _crowd(other, effort.seconds)) for _ in range(effort.turns)]
    return _joined([turn[0] for turn in turns]), _joined([turn[1] for turn in turns])


def warm_up(target: Target, effort: Effort) -> None:
    """All threads of all workers have seen the page before it is measured."""
    _crowd(target, effort.seconds / 2)


def _joined(turns: list[Times]) -> Times:
    return Times(
        seconds=[taken for turn in turns for taken in turn.seconds],
        rate=statistics.median(turn.rate for turn in turns),
    )


def _crowd(target: Target, seconds: float) -> Times:
    found: list[float] = []
    errors: list[Exception] = []
    begun = time.perf_counter()

    def client(number: int) -> None:
        try:
            with Connection(target.port) as connection:
                while time.perf_counter() < begun + seconds:
                    found.append(once(connection, target.source(number)))
        except (BenchError, OSError) as error:
            errors.append(error)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return Times(seconds=found, rate=len(found) / (time.perf_counter() - begun))
