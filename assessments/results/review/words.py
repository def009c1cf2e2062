"""How a reviewer says a rating."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from assessments.scoring import Rating


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One segment of a rating."""

    value: int
    label: Promise
    note: str = ""


RATINGS = (
    Choice(value=0, label=pgettext_lazy("reviewer's rating", "Not yet")),
    Choice(value=1, label=pgettext_lazy("reviewer's rating", "Knows how")),
    Choice(value=2, label=pgettext_lazy("reviewer's rating", "Has done it")),
    Choice(value=3, label=pgettext_lazy("reviewer's rating", "Answers for it")),
)
NOT_APPLICABLE = pgettext_lazy("reviewer's rating", "Not applicable")
NOT_ANSWERED = pgettext_lazy("reviewer's rating", "Not answered")


def rating_word(answer: Rating | None) -> Promise:
    """As the reviewer says it."""
    if answer is None:
        return NOT_ANSWERED
    return RATINGS[answer].label if isinstance(answer, int) else NOT_APPLICABLE
