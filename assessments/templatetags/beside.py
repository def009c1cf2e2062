"""What stands folded on the card of each statement of a review, joined here: a page has dozens."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.results.review.beside import Beside
from assessments.results.review.page import ReviewSheet
from assessments.results.review.rows import Row
from people.html import fill
from people.templatetags.addresses import address

register = template.Library()

# Asked for when it is unfolded.
FOLDED = (
    '<details class="{0}" id="{0}-{1}" hx-get="{2}" hx-trigger="toggle once" hx-target="this"'
    ' hx-swap="outerHTML"><summary id="{0}-summary-{1}">{3}<span class="visually-hidden"> {4}</span>'
    '</summary><a href="{2}">{5}</a></details>'
)


@register.simple_tag
def kept_folded(page: ReviewSheet, row: Row) -> SafeString:
    """The comments that the reviewer has kept."""
    at = address("assessments:kept", page.submission.pk, row.id)
    return _folded("kept", row, at, _("Kept comments"))


@register.simple_tag
def thread_folded(page: ReviewSheet, row: Row, beside: Beside) -> SafeString:
    """The thread of the statement, with how many comments it has."""
    count = beside.comments.get(row.id, 0)
    said = (
        ngettext("%(n)s comment", "%(n)s comments", count) % {"n": count} if count else _("Write a comment")
    )
    at = address("assessments:thread", page.submission.assessment_id, row.id)
    return _folded("thread", row, at, said)


def _folded(name: str, row: Row, at: str, said: str) -> SafeString:
    opens = _("Open it as a page")
    return fill(FOLDED, name, row.id, at, said, row.answer.statement.short_code, opens)
