"""The time that a line of a CV or a review names: "mar 2024 – atual", "2022-2023", "с марта 2024 по н. в.".

Pure: no Django, no database, no clock. Portuguese, Russian and English.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

FIRST_YEAR = 1950
_MONTHS = """
jan janeiro january янв январь января январе
fev fevereiro feb february фев февр февраль февраля феврале
mar março march мар март марта марте
abr abril apr april апр апрель апреля апреле
mai maio may май мая мае
jun junho june июн июнь июня июне
jul julho july июл июль июля июле
ago agosto aug august авг август августа августе
set setembro sep sept september сен сент сентябрь сентября сентябре
out outubro oct october окт октябрь октября октябре
nov novembro november ноя нояб ноябрь ноября ноябре
dez dezembro dec december дек декабрь декабря декабре
"""
MONTHS = {
    name: number for number, line in enumerate(_MONTHS.strip().splitlines(), 1) for name in line.split()
}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"


def _point(side: str) -> str:
    """A year, with a month or a day before it or without."""
    numbers = rf"(?:(?:(?P<{side}day>\d{{1,2}})[./])?(?P<{side}month>\d{{1,2}})[./])"
    name = rf"(?:(?P<{side}name>{_NAMES})\b\.?(?:\s{{0,2}}/|\s{{1,2}}(?:de\s{{1,2}})?)?)"
    return rf"(?:{numbers}|{name})?(?P<{side}year>{_YEAR})(?:\s?(?:гг?\.|год[ауе]?\b|г\b))?"


_NOW = (
    r"atual(?:mente)?|hoje|(?:o\s)?(?:presente|momento)|agora|present|now|current|today"
    r"|н\.?\s?в\b\.?|наст\.?\s?вр\.?|настоящ\w{2,3}\s(?:время|момент)|сейчас|сегодня"
)
_BETWEEN = r"(?:\s{0,3}[–—−-]\s{0,3}|\s{1,3}(?:a|até|по|до|to|until|till)\s{1,3})"
_ONLY_MONTH = rf"(?P<alone>{_NAMES})\b\.?"
# A digit, sign or bracket before or after makes it a telephone number, a version or an amount.
RANGE = re.compile(
    rf"(?<![\w./+)-])(?<!\)\s)(?:(?:с|со|from|de)\s)?(?:(?:{_point('a')}|{_ONLY_MONTH})){_BETWEEN}"
    rf"(?:{_point('b')}|(?P<now>{_NOW}))(?![\w/-])"
    rf"|\b(?:desde|since|с|со)\s(?:{_point('c')})(?![\w/-])",
    re.IGNORECASE,
)
# What stands between a time and the text beside it.
EDGE = " \t:;,.|()[]–—-"


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day; without a last one it goes on."""

    started_on: dt.date
    ended_on: dt.date | None


def has_range(text: str) -> bool:
    return RANGE.search(text) is not None


def without_ranges(text: str) -> str:
    return RANGE.sub(" ", text)


def without_edge_range(text: str) -> str:
    """The text without the time that it begins with, or that its first line ends in: "2024 – atual: …"."""
    first, end, rest = text.partition("\n")
    found = RANGE.search(first)
    before, after = (first[: found.start()], first[found.end() :]) if found else ("", "")
    if not found:
        return text
    if not re.search(r"\w", before):
        return f"{after.lstrip(EDGE)}{end}{rest}".strip() or text
    is_apart = before.rstrip().endswith(tuple("([,;|–—-"))
    return f"{before.rstrip(EDGE)}{end}{rest}" if is_apart and not re.search(r"\w", after) else text


def plain_span(text: str, latest: dt.date) -> Span | None:
    """The one time that the text names; None where there is none, several, or one that cannot be.

    A time that has begun and whose end is not past on ``latest`` is taken to go on.
    """
    found = list(RANGE.finditer(text))
    return _span(found[0], latest) if len(found) == 1 else None


def _span(found: re.Match[str], latest: dt.date) -> Span | None:
    start = _start(found)
    is_open = bool(found["now"] or found["cyear"])
    end = None if is_open else _day(found, "b", is_last=True)
    if start is None or start > latest or (end is None and not is_open):
        return None
    if end and end < start:
        return None
    return Span(start, end if end and end <= latest else None)


def _start(found: re.Match[str]) -> dt.date | None:
    if found["alone"]:
        return _first(int(found["byear"]), MONTHS[found["alone"].lower()]) if found["byear"] else None
    return _day(found, "c" if found["cyear"] else "a", is_last=False)


def _first(year: int, month: int) -> dt.date:
    return dt.date(year, month, 1)


def _day(found: re.Match[str], side: str, *, is_last: bool) -> dt.date | None:
    """The first or the last day that the point means; None for what is in no calendar."""
    year, name = int(found[f"{side}year"]), found[f"{side}name"]
    month = MONTHS[name.lower()] if name else int(found[f"{side}month"] or 0)
    day = int(found[f"{side}day"] or 0)
    has_month = bool(name or found[f"{side}month"])
    if has_month and not 1 <= month <= 12:
        return None
    month = month or (12 if is_last else 1)
    length = calendar.monthrange(year, month)[1]
    if year < FIRST_YEAR or day > length or (found[f"{side}day"] and not day):
        return None
    return dt.date(year, month, day or (length if is_last else 1))
