"""Answers and evidence in words, for pages that show a sheet."""

from django import template

from assessments.results import words
from assessments.results.evidence.portfolio import Words
from assessments.results.evidence.portfolio import strength_words as words_of_strength
from assessments.results.sheet import LinkedEvidence
from assessments.scoring import Rating

register = template.Library()


@register.filter
def rating_words(rating: Rating | None) -> str:
    """As a report says it."""
    return words.rating_words(rating)


@register.filter
def in_quotes(text: str) -> str:
    """For the inside of a sentence's quotation marks."""
    return words.in_quotes(text)


@register.filter
def has_claim(rating: Rating | None) -> bool:
    """Whether it says something that evidence could carry."""
    return isinstance(rating, int) and rating > 0


@register.filter
def strength_words(linked: LinkedEvidence) -> Words:
    return words_of_strength(linked.strength, is_stale=linked.is_stale)
