"""Texts for the matching as files carry them: JSON lines, or one JSON list of labelled texts. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assessments.matching_report import Labelled
from assessments.matching_words import LANGUAGES

# Where there is no "text", it is made of these, as a portfolio keeps them.
PARTS = ("title", "situation", "action", "result")


class BadLineError(ValueError):
    """A line that cannot be read; the message is the reason."""


@dataclass(frozen=True, kw_only=True)
class Given:
    id: str | int
    language: str
    text: str


def given(line: bytes) -> Given | None:
    """The text of a line, None for an empty line. Raises BadLineError."""
    if not line.strip():
        return None
    return _given(_object(line))


def labelled(content: bytes) -> list[Labelled]:
    """A labelled file: a JSON list, or an object per line. Raises BadLineError, with the place."""
    rows = _list(content) if content.lstrip().startswith(b"[") else content.splitlines()
    return list(_labelled(rows))


def _labelled(rows: Iterable[Any]) -> Iterator[Labelled]:
    for number, row in enumerate(rows, 1):
        try:
            if not isinstance(row, bytes):
                yield _label(row)
            elif row.strip():
                yield _label(_object(row))
        except BadLineError as error:
            raise BadLineError(f"{number}: {error}") from error


def _label(row: Any) -> Labelled:
    found = _given(row)
    best, acceptable = row.get("best"), row.get("ok") or []
    if not (best is None or isinstance(best, str)):
        raise BadLineError('"best" is a statement or null')
    if not isinstance(acceptable, list) or not all(isinstance(each, str) for each in acceptable):
        raise BadLineError('"ok" is a list of statements')
    return Labelled(
        id=str(found.id), language=found.language, text=found.text, best=best, ok=tuple(acceptable)
    )


def _given(row: Any) -> Given:
    if not isinstance(row, dict):
        raise BadLineError("not an object")
    if isinstance(row.get("id"), bool) or not isinstance(row.get("id"), str | int):
        raise BadLineError('"id" is missing, or neither a text nor a number')
    if row.get("lang") not in LANGUAGES:
        raise BadLineError(f'"lang" is none of {", ".join(LANGUAGES)}')
    return Given(id=row["id"], language=row["lang"], text=_text(row))


def _text(row: dict[str, Any]) -> str:
    parts = [row[part] for part in PARTS if row.get(part)]
    text = row["text"] if "text" in row else "\n".join(map(str, parts)) or None
    if not isinstance(text, str):
        raise BadLineError('"text" is missing, or not a text')
    return text


def _object(line: bytes) -> Any:
    try:
        row = json.loads(line.decode("utf-8"))
        # Half a surrogate pair can be written in JSON and nowhere else.
        json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeError as error:
        raise BadLineError("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BadLineError("not JSON") from error
    return row


def _list(content: bytes) -> list[Any]:
    rows = _object(content)
    if not isinstance(rows, list):
        raise BadLineError("not a list")
    return rows
