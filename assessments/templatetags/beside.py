"""Looking up what belongs to a statement in what was read for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(counts: Mapping[int, int], key: int) -> int:
    """How many, of which there may be none: ``{{ counts|of:statement.id }}``."""
    return counts.get(key, 0)
