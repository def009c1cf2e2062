"""How right the matching is on example texts that it was not shown: ``python -m tools.bench.matching_folds``.

The examples of every statement are left out in turn, a fifth at a time; so are the texts on other work. An
example has one right statement here, its own, where people would accept a neighbour too: a strict measure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from assessments.matching import Document, Matcher
from assessments.matching_report import Judged, Labelled, judge, table

PROJECT = Path(__file__).resolve().parents[2]
FOLDS = 5


def judged(language: str) -> Iterator[Judged]:
    rows: list[dict[str, Any]] = json.loads((PROJECT / "fixtures/cexp_indicators.json").read_text())
    mine = [row["fields"] for row in rows if row["fields"]["language"] == language]
    of_skill = {row["kind"]: row["text"].splitlines() for row in mine if "skill" in row}
    for fold in range(FOLDS):
        shown, asked = _split(mine, fold, language)
        other = of_skill["unrelated"]
        asked += [_label(language, None, text) for text in other[fold::FOLDS] if ";" not in text]
        unrelated = [text for number, text in enumerate(other) if number % FOLDS != fold]
        matcher = Matcher(language, shown, audience=of_skill["audience"], unrelated=unrelated)
        yield from judge(asked, _suggesting(matcher))


def _split(rows: list[dict[str, Any]], fold: int, language: str) -> tuple[list[Document], list[Labelled]]:
    shown: dict[str, Document] = {}
    asked: list[Labelled] = []
    for row in (row for row in rows if "statement" in row):
        code = row["statement"][1]
        lines = row["text"].splitlines()
        if row["kind"] == "examples":
            asked += [_label(language, code, text) for text in lines[fold::FOLDS]]
            lines = [text for number, text in enumerate(lines) if number % FOLDS != fold]
        known = shown.get(code, Document(statement=code, level=int(code.split(".")[1]), texts=()))
        shown[code] = replace(known, texts=(*known.texts, *lines))
    return list(shown.values()), asked


def _label(language: str, best: str | None, text: str) -> Labelled:
    return Labelled(id="", language=language, text=text, best=best)


def _suggesting(matcher: Matcher) -> Any:
    return lambda item: [match.statement for match in matcher.suggest(item.text)]


if __name__ == "__main__":
    print(table([each for language in ("pt", "ru") for each in judged(language)]))
