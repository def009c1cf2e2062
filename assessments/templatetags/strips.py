"""The cells of a strip, joined here: several times faster than in a template's loop."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from assessments.results.evidence.strip import Cell, StripLevel
from people.html import fill, fill_each
from people.templatetags.addresses import address
from skills.catalogue import StatementText

register = template.Library()

CELL = (
    '<li><a class="strip-{}" href="{}?statement={}#found" title="{}"{}><span class="code">{}</span>{}'
    ' <span class="visually-hidden">{}:</span> <span class="word">{}</span></a></li>'
)
DOTS = ' <span class="dots dots-{}" aria-hidden="true"><i></i><i></i><i></i></span>'
CURRENT = SafeString(' aria-current="true"')


@register.simple_tag
def strip_cells(row: StripLevel, statement: StatementText | None) -> SafeString:
    """A link per statement of a level, each opening what is behind it; ``statement`` is the current one."""
    portfolio = address("assessments:evidence")
    return fill_each(CELL, (_parts(cell, portfolio, statement) for cell in row.cells))


def _parts(cell: Cell, portfolio: str, statement: StatementText | None) -> tuple[object, ...]:
    is_current = statement is not None and statement.id == cell.statement.id
    current = CURRENT if is_current else ""
    dots = fill(DOTS, cell.kind) if cell.strongest else ""
    code, label = cell.statement.short_code, cell.label
    return cell.kind, portfolio, cell.id, label, current, code, dots, label, cell.words
