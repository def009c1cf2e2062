"""The matching of one text, against the skill that ships and against a framework of 3,000 statements.

Part of ``make bench``; ``python -m tools.bench.matching`` prints it alone, and needs no database. The large
framework is made of the texts that ship, six to a statement, dealt out in a fixed order.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessments.matching import LANGUAGES, Document, Matcher
from assessments.matching_lines import labelled
from tools.bench.table import Line, shown

PROJECT = Path(__file__).resolve().parents[2]
STATEMENTS, TEXTS_EACH = 3000, 6


@dataclass(frozen=True, kw_only=True)
class MatchingTimes:
    """Milliseconds of one text, warm, and of building the matcher; the goal is for one text."""

    name: str
    goal: float
    build: float
    p50: float
    p95: float

    def lines(self) -> Iterator[Line]:
        details = (f"{self.p50:.1f} / {self.p95:.1f}",)
        yield Line(what=self.name, limit="", value=self.p50, goal=self.goal, unit="ms", details=details)
        yield Line(what=f"{self.name}, built", limit="", value=self.build, goal=None, unit="ms")


def lines(rounds: int) -> Iterator[Line]:
    for language in LANGUAGES:
        for times in measured(language, rounds):
            yield from times.lines()


def measured(language: str, rounds: int) -> list[MatchingTimes]:
    documents, more = shipped(language)
    return [
        _times(f"matching, {language}, 26 statements", 5, language, documents, more, rounds),
        _times(
            f"matching, {language}, {STATEMENTS:,} statements", 60, language, large(documents), more, rounds
        ),
    ]


def shipped(language: str) -> tuple[list[Document], dict[str, list[str]]]:
    """The indicators of the skill's statements, and those of the skill itself."""
    rows: list[dict[str, Any]] = json.loads((PROJECT / "fixtures/cexp_indicators.json").read_text())
    texts: defaultdict[str, list[str]] = defaultdict(list)
    more: dict[str, list[str]] = {}
    for fields in (row["fields"] for row in rows if row["fields"]["language"] == language):
        if "statement" in fields:
            texts[fields["statement"][1]] += fields["text"].splitlines()
        else:
            more[fields["kind"]] = fields["text"].splitlines()
    found = [
        Document(statement=code, level=int(code.split(".")[1]), texts=tuple(written))
        for code, written in texts.items()
    ]
    return found, more


def large(documents: list[Document]) -> list[Document]:
    found = [text for document in documents for text in document.texts if len(text) > 60]
    return [
        Document(
            statement=f"X{number}.{number % 7 + 1}.1",
            level=number % 7 + 1,
            texts=tuple(found[(number * 7 + each * 131) % len(found)] for each in range(TEXTS_EACH)),
        )
        for number in range(STATEMENTS)
    ]


def _times(
    name: str,
    goal: float,
    language: str,
    documents: list[Document],
    more: dict[str, list[str]],
    rounds: int,
) -> MatchingTimes:
    begun = time.perf_counter()
    matcher = Matcher(language, documents, **more)
    built = time.perf_counter() - begun
    content = (PROJECT / "tests/data/evidence_heldout.json").read_bytes()
    texts = [item.text for item in labelled(content) if item.language == language]
    # Once to warm up: a word's stem and weights are worked out when it is first met.
    taken = [[_once(matcher, text) for text in texts] for _ in range(rounds + 1)][1:]
    flat = sorted(seconds * 1000 for turn in taken for seconds in turn)
    return MatchingTimes(
        name=name,
        goal=goal,
        build=built * 1000,
        p50=statistics.median(flat),
        p95=flat[int(len(flat) * 0.95)],
    )


def _once(matcher: Matcher, text: str) -> float:
    begun = time.perf_counter()
    matcher.suggest(text)
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(shown(lines(rounds=3)))
