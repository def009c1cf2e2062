"""A line of the review queue, joined here: a page holds dozens of them."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.models.review import Decision
from assessments.results.review.queue import Decided, Waiting
from people.dates import written_day, written_moment
from people.html import fill
from people.templatetags.addresses import address

register = template.Library()

WHOSE = (
    '<th scope="row" class="wide"><a href="{}"><bdi>{}</bdi></a></th><td>{}</td>'
    '<td class="number" data-label="{}">{}</td>'
)
CELL = '<td data-label="{}">{}</td>'
PILL = '<span class="pill">{}</span>'
GAP = '<span class="pill pill-gap">{}</span>'
OK = '<span class="pill pill-ok"><span aria-hidden="true">✓&nbsp;</span>{}</span>'


@register.simple_tag
def waiting_cells(item: Waiting) -> SafeString:
    """Whose it is, when it was sent, until when to review it, and how far it is."""
    pills = [fill(GAP, _("overdue"))] if item.is_overdue else []
    pills.append(fill(PILL, _("begun") if item.is_begun else _("waiting")))
    if item.is_delegated:
        pills.append(fill(PILL, _("delegated")))
    sent = fill(CELL, _("Sent"), written_day(item.sent_at))
    until = fill(CELL, _("Review by"), written_moment(item.review_by))
    return _whose(item) + sent + until + fill("<td>{}</td>", SafeString(" ".join(pills)))


@register.simple_tag
def decided_cells(item: Decided) -> SafeString:
    """Whose it is, the decision, and who made it."""
    pills = _decision(item)
    if item.is_contested:
        pills += SafeString(" ") + fill(GAP, pgettext("assessment", "contested"))
    by = fill(CELL, _("Decided by"), fill("<bdi>{}</bdi>", item.by))
    return _whose(item) + fill("<td>{}</td>", pills) + by


def _whose(item: Waiting | Decided) -> SafeString:
    at = address("assessments:review", item.submission_id)
    return fill(WHOSE, at, item.employee, item.skill, _("Target level"), item.target)


def _decision(item: Decided) -> SafeString:
    if item.decision == Decision.RETURNED:
        return fill(GAP, pgettext("assessment", "returned"))
    if item.level is None:
        return fill(OK, pgettext("assessment", "validated"))
    return fill(OK, _("validated: level %(level)s") % {"level": item.level})
