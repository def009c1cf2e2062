"""One link of evidence under review, joined here: a page holds dozens of them."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import date as formatted
from django.template.defaultfilters import filesizeformat, truncatechars
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.models.verdict import Verdict
from assessments.results.review.page import ReviewSheet
from assessments.results.review.rows import Judgement, LinkRow, Row
from assessments.results.sheet import EvidenceFacts
from assessments.results.words import STRENGTHS, in_quotes
from assessments.templatetags.review import CONFLICT, PROBLEM, SAVE, SAVES
from assessments.templatetags.review_parts import FORGERY, HIDDEN, NOTHING, TYPED, act, part, say
from people.html import fill, fill_each
from people.templatetags.addresses import address

register = template.Library()

ITEM = '<div class="evidence">{}{}{}</div>'
FACTS = "<div {}>{}{}{}{}</div>"
DOTS = (
    '<span class="dots dots-{0}" role="img" aria-label="{1}" title="{1}"><i></i><i></i><i></i></span>'
    '<b dir="auto" hx-disable>{2}</b>'
)
PILL = '<span class="pill{}">{}</span>'
CONFIRMED = '<span class="pill pill-ok"><span aria-hidden="true">✓ </span>{}</span>'
# The button stays where another save replaces what it stands beside; see ACCEPT.
CONFIRM = (
    '<form class="confirm" id="confirm-form-{0}" {1}>{2}<button class="link-button" id="confirm-{0}">{3}'
    '<span class="visually-hidden" dir="auto"> {4}</span></button></form>'
)
CONFIRMS = '<input type="hidden" name="confirmed" value="{}" form="confirm-form-{}">'
DETAILS = "<dl hx-disable>{}</dl>"
DETAIL = '<dt>{}</dt><dd dir="auto">{}</dd>'
NOT_SAID = '<span class="muted">{}</span>'
LINK = '<a href="{}" target="_blank" rel="noopener noreferrer nofollow"><bdi>{}</bdi></a>'
FILES = '<ul class="chips">{}</ul>'
FILE = (
    '<li><a class="chip file" href="{}"><bdi class="break">{}</bdi><small class="muted">{}</small></a></li>'
)
JUDGE = (
    '<form class="judge" {} hx-trigger="{}">{}<fieldset><legend class="visually-hidden">{}</legend>{}{}'
    "</fieldset>{}{}</form>"
)
CHOICE = (
    '<label class="verdict {0}"><input type="radio" name="verdict" id="verdict-{1}-{0}" value="{0}"{2}>'
    "<span>{3}</span></label>"
)
WHY = (
    '<div class="verdict-reason"><label class="form-label" for="reason-{0}">{1}</label>'
    '<textarea class="form-control" name="reason" id="reason-{0}" rows="1" aria-describedby="judged-{0}">'
    '\n{2}</textarea><p class="hint why-hint">{3}</p></div>'
)


@register.simple_tag
def review_evidence(page: ReviewSheet, row: Row, token: str) -> SafeString:
    """All the evidence of a statement, each item with its verdict."""
    if not row.links:
        return fill('<p class="muted">{}</p>', _("No evidence is linked to this statement."))
    return SafeString("".join(_item(page, row, link, token) for link in row.links))


def _item(page: ReviewSheet, row: Row, link: LinkRow, token: str) -> SafeString:
    facts = review_facts(page, link) + _confirm(page, link, token)
    judged = _form(page, row, link, token) if page.is_open else _verdict(link.saved)
    return fill(ITEM, facts, _details(page, link.linked.evidence), judged)


@register.simple_tag
def review_facts(page: ReviewSheet, link: LinkRow, *, oob: bool = False) -> SafeString:
    """How strong an item is here, its title and dates, and whether it is confirmed."""
    linked, facts = link.linked, link.linked.evidence
    return fill(
        FACTS,
        part("facts", link.id, oob=oob, classes="cluster"),
        fill(DOTS, linked.strength, STRENGTHS[linked.strength], facts.title),
        fill(PILL, "", _dates(facts)),
        fill(PILL, " pill-gap", _("stale")) if linked.is_stale else NOTHING,
        _confirmation(page, link),
    )


def _dates(facts: EvidenceFacts) -> str:
    began, ended = formatted(facts.started_on, "m/Y"), formatted(facts.ended_on, "m/Y")
    if ended:
        return f"{began} – {ended}" if began else ended
    return _("since %(day)s") % {"day": began} if began else _("going on")


def _confirmation(page: ReviewSheet, link: LinkRow) -> SafeString:
    """That it is confirmed, and what the button beside it would send."""
    pill = fill(CONFIRMED, _("confirmed")) if link.linked.evidence.is_confirmed else NOTHING
    if not (page.is_open and link.can_confirm):
        return pill
    return pill + fill(CONFIRMS, "0" if link.confirmed_now else "1", link.id)


def _confirm(page: ReviewSheet, link: LinkRow, token: str) -> SafeString:
    if not (page.is_open and link.can_confirm):
        return NOTHING
    facts = link.linked.evidence
    form = act("assessments:review_confirm", page.submission.pk, facts.id)
    return fill(CONFIRM, link.id, form, fill(FORGERY, token), review_confirming(link), facts.title)


@register.simple_tag
def review_confirming(link: LinkRow, *, oob: bool = False) -> SafeString:
    """What the button says that it does."""
    text = _("Take the confirmation back") if link.confirmed_now else _("Confirm evidence")
    return fill("<span {}>{}</span>", part("confirming", link.id, oob=oob), text)


def _details(page: ReviewSheet, facts: EvidenceFacts) -> SafeString:
    nothing = fill(NOT_SAID, _("not described"))
    rows: list[tuple[str, str]] = [(_("situation"), facts.situation)] if facts.situation else []
    rows += [(_("action"), facts.action or nothing), (_("result"), facts.result or nothing)]
    if facts.url:
        opens = address("assessments:review_open", page.submission.pk, facts.id)
        rows.append((_("link"), fill(LINK, opens, truncatechars(facts.url, 80))))
    if facts.files:
        rows.append((_("files"), _files(facts)))
    return fill(DETAILS, fill_each(DETAIL, rows))


def _files(facts: EvidenceFacts) -> SafeString:
    files = (
        (address("assessments:evidence_file", facts.id, file.id), file.name, filesizeformat(file.size))
        for file in facts.files
    )
    return fill(FILES, fill_each(FILE, files))


def _form(page: ReviewSheet, row: Row, link: LinkRow, token: str) -> SafeString:
    """The three verdicts, and why it does not show it. Only what was said about them is ever swapped."""
    legend = say(
        _("Does “%(title)s” show %(code)s?"),
        title=in_quotes(link.linked.evidence.title),
        code=row.answer.statement.short_code,
    )
    shown = link.shown
    choices = (
        (value, link.id, SafeString(" checked") if value == shown.verdict else "", label)
        for value, label in Verdict.choices
    )
    return fill(
        JUDGE,
        act("assessments:review_verdict", page.submission.pk, link.id),
        SAVES,
        fill(FORGERY, token),
        legend,
        fill_each(CHOICE, choices),
        fill(
            WHY,
            link.id,
            _("Why it does not show it"),
            shown.reason,
            _("Say why: it is saved with its reason."),
        ),
        review_judged(link),
        fill(SAVE, _("Save the answer")),
    )


@register.simple_tag
def review_judged(link: LinkRow, *, oob: bool = False) -> SafeString:
    """The version that was read, and what was wrong with an answer that was not saved."""
    version = fill(HIDDEN, "version", link.saved.version)
    return fill("<div {}>{}{}</div>", part("judged", link.id, oob=oob), version, _attempt(link))


def _attempt(link: LinkRow) -> SafeString:
    tried, saved = link.attempt, link.saved
    if tried is None:
        return NOTHING
    if tried.problems:
        return fill_each(PROBLEM, ((text,) for text in tried.problems))
    return fill(
        CONFLICT,
        _(
            "This was answered elsewhere in the meantime. Save again to replace it, or reload the page to"
            " keep it."
        ),
        say(_("Saved: %(verdict)s. %(reason)s"), verdict=saved.words, reason=saved.reason),
        say(_("Yours, not saved: %(verdict)s. %(reason)s"), verdict=tried.words, reason=tried.reason),
    )


def _verdict(saved: Judgement) -> SafeString:
    """What was said of it in a decided review."""
    if not saved.verdict:
        return NOTHING
    kind = " pill-ok" if saved.verdict == Verdict.SHOWS else " pill-gap"
    why = fill(TYPED, "p", saved.reason) if saved.verdict == Verdict.DOES_NOT_SHOW else NOTHING
    return fill(PILL, kind, saved.words) + why
