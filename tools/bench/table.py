"""What was found, line by line, with the goal beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADINGS = (
    "what",
    "limit",
    "ratio",
    "goal",
    "",
    "SQL",
    "p50 / p95 ms",
    "limit's",
    "8 clients: p50 / p95 ms",
    "requests/s",
    "limit's",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """``value`` is a ratio to the limit, or a number with a unit; None where the system does not tell it."""

    what: str
    limit: str
    value: float | None
    goal: float | None
    unit: str = "×"
    statements: int | None = None
    statements_goal: int | None = None
    details: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        pairs = [(self.value, self.goal), (self.statements, self.statements_goal)]
        known = [found <= goal for found, goal in pairs if found is not None and goal is not None]
        return "" if not known else "met" if all(known) else "MISSED"

    def cells(self) -> tuple[str, ...]:
        statements = "" if self.statements is None else str(self.statements)
        if statements and self.statements_goal is not None:
            statements = f"{statements} of {self.statements_goal}"
        return (
            self.what,
            self.limit,
            "–" if self.value is None else _number(self.value, self.unit),
            "" if self.goal is None else f"≤ {self.goal:g} {self.unit}",
            self.verdict,
            statements,
            *self.details,
        )


def _number(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if unit == "×" else f"{value:.1f} {unit}"


def shown(lines: Iterable[Line]) -> str:
    """Columns under their headings, as a table of Markdown."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    full = [(*row, *[""] * (len(HEADINGS) - len(row))) for row in rows]
    widths = [max(len(row[place]) for row in full) for place in range(len(HEADINGS))]
    rule = ["-" * width for width in widths]
    return "\n".join(_row(row, widths) for row in [full[0], tuple(rule), *full[1:]])


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
