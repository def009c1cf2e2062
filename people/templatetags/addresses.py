"""Addresses of numbered things, for pages that hold dozens: Django's ``url`` asks the resolver each time."""

from functools import lru_cache

from django import template
from django.urls import reverse

register = template.Library()

# Numbers that no route holds by itself; each stands for one argument.
FIRST_STAND_IN = 990_000_001


@register.simple_tag
def address(name: str, *numbers: int | str) -> str:
    """The path of a route whose arguments are all numbers: ``{% address 'assessments:level' 12 4 %}``."""
    return _pattern(name, len(numbers)) % tuple(map(int, numbers))


@lru_cache
def _pattern(name: str, count: int) -> str:
    stand_ins = range(FIRST_STAND_IN, FIRST_STAND_IN + count)
    path = reverse(name, args=stand_ins).replace("%", "%%")
    for number in stand_ins:
        path = path.replace(str(number), "%d")
    return path
