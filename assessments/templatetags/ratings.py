"""The choices of a rating, which every statement of a page repeats."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.forms.assess import RATINGS
from assessments.scoring import Rating

register = template.Library()


@register.simple_tag
def rating_choices(shows: Rating | None) -> SafeString:
    """The radio buttons with one of them chosen, in the active language."""
    return _choices(shows, get_language() or "en")


@lru_cache(maxsize=64)
def _choices(shows: Rating | None, language: str) -> SafeString:
    return render_to_string("assessments/assess/choices.html", {"ratings": RATINGS, "shows": shows})
