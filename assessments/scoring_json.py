"""Strict reading of JSON from outside: every refusal names the field that is wrong.

Nothing is converted or guessed. A bool is no number, 3.0 is no 3, "20260131" is no date.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NoReturn

SHOWN = 60
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FRACTION = re.compile(r"\d{1,9}(/\d{1,9})?", re.ASCII)


class CaseError(ValueError):
    """A case that cannot be scored: `field` says where, `problem` what is wrong there."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


def parse(data: bytes) -> object:
    """JSON text as Python values. Raises CaseError for anything that is not plain JSON in UTF-8."""
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_object)
    except CaseError:
        raise
    except UnicodeDecodeError:
        raise CaseError("input", "not UTF-8") from None
    except RecursionError:
        raise CaseError("input", "nested too deeply") from None
    except ValueError as error:
        raise CaseError("input", f"not JSON ({error})") from None


def inside(at: str, name: str) -> str:
    """The name of a field within another; names from outside are quoted and cut where they are not plain."""
    plain = name if name.isascii() and name.isidentifier() else json.dumps(name)
    short = plain if len(plain) <= SHOWN else plain[:SHOWN] + "..."
    return f"{at}.{short}" if at else short


def fields(
    value: object, at: str, *, required: Sequence[str], optional: Sequence[str] = ()
) -> dict[str, object]:
    """An object with all the required names and none beside the optional ones."""
    if not isinstance(value, dict):
        raise CaseError(at or "case", "must be an object")
    for name in value:
        if name not in required and name not in optional:
            raise CaseError(inside(at, str(name)), "unknown field")
    for name in required:
        if name not in value:
            raise CaseError(inside(at, name), "missing")
    return value


def listing(value: object, at: str, *, least: int = 0) -> list[object]:
    if not isinstance(value, list):
        raise CaseError(at, "must be a list")
    if len(value) < least:
        raise CaseError(at, f"must have at least {least}")
    return value


def text(value: object, at: str) -> str:
    if not isinstance(value, str) or not value:
        raise CaseError(at, "must be a string that is not empty")
    return value


def truth(value: object, at: str) -> bool:
    if not isinstance(value, bool):
        raise CaseError(at, "must be true or false")
    return value


def whole(value: object, at: str, *, low: int, high: int | None = None) -> int:
    """A whole number from `low` to `high`, or without an upper end."""
    fits = type(value) is int and low <= value and (high is None or value <= high)
    if not fits or not isinstance(value, int):
        limits = f"{low} or more" if high is None else f"from {low} to {high}"
        raise CaseError(at, f"must be a whole number, {limits}")
    return value


def day(value: object, at: str) -> date:
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise CaseError(at, "is a day that does not exist") from None
    raise CaseError(at, "must be a date like 2026-01-31")


def fraction(value: object, at: str) -> Fraction:
    """A share from 0 to 1 written as "85/100", "1" or "0"."""
    if not isinstance(value, str) or not FRACTION.fullmatch(value):
        raise CaseError(at, 'must be a fraction in a string, like "85/100"')
    try:
        share = Fraction(value)
    except ZeroDivisionError:
        raise CaseError(at, "has a denominator of 0") from None
    if share > 1:
        raise CaseError(at, "must be from 0 to 1")
    return share


def fraction_text(share: Fraction) -> str:
    """The fraction as people wrote it: in hundredths where that is exact."""
    if share.denominator == 1 or 100 % share.denominator:
        return str(share)
    return f"{share.numerator * 100 // share.denominator}/100"


def _no_number(name: str) -> NoReturn:
    raise CaseError("input", f"not JSON ({name} is no number)")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise CaseError(inside("", name), "given twice")
        found[name] = value
    return found
