"""A statement under review, joined here: a page holds dozens of each part."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from assessments.models.review import Basis
from assessments.results.review.page import ReviewSheet
from assessments.results.review.rows import Lean, Row, Section
from assessments.results.review.told import Said, Told
from assessments.results.review.words import NOT_APPLICABLE, RATINGS, rating_word
from assessments.results.words import in_quotes
from assessments.scoring import Rating
from assessments.templatetags.review_parts import FORGERY, NOTHING, TYPED, act, part, say
from people.dates import written_day
from people.html import fill, fill_each

register = template.Library()

WORD = "<div {}>{}{}{}{}</div>"
THREE = '<dl class="three">{}{}{}</dl>'
VALUE = "<div{}><dt>{}</dt><dd>{}</dd></div>"
CURRENT = SafeString(' class="current"')
VERSION = '<input type="hidden" name="version" value="{}" form="rate-{}">'
# A press of the button must not be lost while another save replaces what stands around it: the button and its
# form stay, and what they send comes from the part beside them.
ACCEPT = (
    '<form class="accept" id="accept-form-{0}" {1}>{2}<button class="btn btn-small" id="accept-{0}">{3}'
    '<span class="visually-hidden"> {4}</span></button></form>'
)
ACCEPTED = '<input type="hidden" name="rating" value="{}:{}" form="{}">'
SETTLED = '<p class="settled"><span aria-hidden="true">✓ </span>{}</p>'
HINTS = "<div {}>{}</div>"
HINT = '<p class="hint">{}</p>'
REASON = '<p class="hint" dir="auto" hx-disable>{}</p>'
PROBLEM = '<p class="field-error">{}</p>'
CONFLICT = '<div class="notice notice-gap" hx-disable><p>{}</p><p dir="auto">{}</p><p dir="auto">{}</p></div>'
RATE = '<form class="rate" id="rate-{}" {} hx-trigger="{}">{}{}{}{}</form>'
# A choice is saved at once, a text when the hand rests or leaves it.
SAVES = "change, submit, input changed delay:1200ms from:find textarea"
COMMENT = (
    '<div class="comment"><label class="form-label" for="comment-{0}">{1}</label>'
    '<textarea class="form-control" name="comment" id="comment-{0}" rows="1" placeholder=" "'
    ' aria-describedby="hint-{0}">'
    "\n{2}</textarea></div>"
)
BASIS = (
    '<div class="basis"><label class="form-label" for="basis-{0}">{1}</label>'
    '<select class="form-select" name="basis" id="basis-{0}" aria-describedby="hint-{0}">'
    '<option value="">{2}</option>{3}</select></div>'
)
OPTION = '<option value="{}"{}>{}</option>'
SAVE = '<noscript><button class="btn btn-small">{}</button></noscript>'
STATE = "<div {}>{}{}{}</div>"
COMMENTED = "<h4>{}</h4>{}"
REST = (
    '<form class="accept" id="rest-form-{0}" {1}>{2}<button class="btn btn-small" id="rest-{0}">{3}'
    "</button></form>"
)


@register.simple_tag
def review_word(page: ReviewSheet, row: Row, *, oob: bool = False) -> SafeString:
    """The three values of a statement, and whether it is settled."""
    reason = row.answer.given.reason
    return fill(
        WORD,
        part("word", row.id, oob=oob, classes=_standing(page, row)),
        fill(VERSION, row.word.version, row.id) if page.is_open else NOTHING,
        _three(page, row),
        fill(REASON, say(_("Why it does not apply: %(reason)s"), reason=reason)) if reason else NOTHING,
        _acceptance(row) if page.is_open and row.is_answered else NOTHING,
    )


def _standing(page: ReviewSheet, row: Row) -> str:
    """The classes of a word: whether it differs, is accepted, or waits to be looked at."""
    classes = ["word"]
    if row.needs_grounds:
        classes.append("word-differs")
    elif row.word.is_settled and not row.word.is_own:
        classes.append("word-accepted")
    if page.is_open and (row.waits or row.lacks_grounds):
        classes.append("word-open")
    return " ".join(classes)


def _three(page: ReviewSheet, row: Row) -> SafeString:
    """After a contest it is the second reviewer's that counts: then no word says whose it is."""
    decided = _("validated") if page.is_validated else _("reviewer’s rating")
    whose = _("your rating") if page.is_open else decided
    return _values(str(row.claimed), str(row.supported), whose, str(row.rated), get_language())


@lru_cache
def _values(claimed: str, supported: str, whose: str, rated: str, language: str | None) -> SafeString:
    """Few are different, and they are the same for everybody who reads a language."""
    return fill(
        THREE,
        fill(VALUE, "", _("claimed"), claimed),
        fill(VALUE, "", _("supported"), supported),
        fill(VALUE, CURRENT, whose, rated),
    )


def _acceptance(row: Row) -> SafeString:
    """What accepting it would send, and how it is settled."""
    sends = fill(ACCEPTED, row.id, row.word.version, f"accept-form-{row.id}")
    if not row.word.is_settled:
        return sends
    if row.word.is_own:
        return sends + fill(SETTLED, _("rated by you"))
    done = _("agreed: not applicable") if row.is_not_applicable else _("accepted as supported")
    return sends + fill(SETTLED, done)


@register.simple_tag
def review_accept(page: ReviewSheet, row: Row, token: str) -> SafeString:
    """The one key that settles a statement."""
    if not row.is_answered:
        return NOTHING
    text = _("Agree: not applicable") if row.is_not_applicable else _("Accept as supported")
    form = act("assessments:review_accept", page.submission.pk)
    return fill(ACCEPT, row.id, form, fill(FORGERY, token), text, row.answer.statement.short_code)


@register.simple_tag
def review_hints(page: ReviewSheet, row: Row, *, oob: bool = False) -> SafeString:
    """What is to be said about the rating: below it, so that nothing moves under the hand."""
    said = _attempt(row) + (_hint(page, row) if page.is_open else NOTHING)
    return fill(HINTS, part("hint", row.id, oob=oob, classes="hints"), said)


def _attempt(row: Row) -> SafeString:
    """What was wrong with a rating that was not saved, or both where somebody was first."""
    if row.attempt is None:
        return NOTHING
    if row.attempt.problems:
        return fill_each(PROBLEM, ((text,) for text in row.attempt.problems))
    saved, typed = row.word, row.attempt
    return fill(
        CONFLICT,
        _(
            "This was rated elsewhere in the meantime. Save again to replace it, or reload the page to keep"
            " it."
        ),
        say(_("Saved: %(rating)s. %(comment)s"), rating=row.rated, comment=saved.comment),
        say(_("Yours, not saved: %(rating)s. %(comment)s"), rating=typed.rated, comment=typed.comment),
    )


def _hint(page: ReviewSheet, row: Row) -> SafeString:
    """What a rating that differs asks for."""
    if not row.needs_grounds:
        return NOTHING
    name = page.sheet.header.employee
    if not row.word.comment:
        text = _(
            "Your rating differs from what the evidence supports: say why in the comment, which %(name)s will"
            " read."
        )
    elif not row.word.basis:
        text = _("Your rating differs from what the evidence supports: say what it is based on.")
    else:
        text = _("Your rating differs from what the evidence supports: %(name)s will read the comment.")
    return fill(HINT, say(text, name=name))


@register.simple_tag
def review_form(page: ReviewSheet, row: Row, token: str) -> SafeString:
    """The reviewer's rating with its comment and basis. Only the choices are ever swapped."""
    return fill(
        RATE,
        row.id,
        act("assessments:review_rate", page.submission.pk, row.id),
        SAVES,
        fill(FORGERY, token),
        review_choices(row),
        fill(COMMENT, row.id, _("Comment"), row.shown.comment),
        _basis(row) + fill(SAVE, _("Save the rating")),
    )


def _basis(row: Row) -> SafeString:
    listed = _bases(row.shown.basis, get_language())
    return fill(BASIS, row.id, _("Based on"), _("Choose one"), listed)


@lru_cache
def _bases(chosen: str, language: str | None) -> SafeString:
    """The same for everybody who reads a language."""
    selected = SafeString(" selected")
    options = ((value, selected if value == chosen else "", label) for value, label in Basis.choices)
    return fill_each(OPTION, options)


@register.simple_tag
def review_choices(row: Row, *, oob: bool = False) -> SafeString:
    """The choices of a rating with one of them made."""
    code = row.answer.statement.short_code
    inner = _choices(row.key, code, row.shown.answer, get_language() or "en")
    return fill("<div {}>{}</div>", part("choices", row.id, oob=oob), inner)


@lru_cache(maxsize=1024)
def _choices(key: str, code: str, value: Rating | None, language: str) -> SafeString:
    """Few are different, and they are the same for everybody."""
    context = {
        "id": key,
        "name": "rating",
        "legend": _("Your rating of %(code)s") % {"code": code},
        "options": RATINGS,
        "value": value,
        "na_label": NOT_APPLICABLE,
        "disabled": False,
    }
    return render_to_string("components/segmented.html", context)


@register.simple_tag
def review_state(page: ReviewSheet, section: Section, *, oob: bool = False) -> SafeString:
    """How much of a level is settled, what accepting the rest would send, and whether one item carries it."""
    number = section.level.number
    classes = "level-state" if section.waiting else "level-state level-settled"
    is_asked = page.is_open and section.asked
    sends = ((row.id, row.word.version, f"rest-form-{number}") for row in section.waiting)
    return fill(
        STATE,
        part("state", number, oob=oob, classes=classes),
        _looked_at(section) if is_asked else NOTHING,
        fill_each(ACCEPTED, sends) if is_asked else NOTHING,
        _lean(section.lean) if section.lean else NOTHING,
    )


def _looked_at(section: Section) -> SafeString:
    text = ngettext("%(settled)s of %(asked)s looked at", "%(settled)s of %(asked)s looked at", section.asked)
    return fill(
        "<p>{}{}</p>",
        NOTHING if section.waiting else SafeString('<span aria-hidden="true">✓ </span>'),
        say(text, settled=section.settled, asked=section.asked),
    )


def _lean(lean: Lean) -> SafeString:
    text = ngettext(
        "“%(title)s” carries all that the evidence supports here: %(of)s point.",
        "“%(title)s” carries %(points)s of the %(of)s points that the evidence supports here.",
        lean.of,
    )
    return fill(HINT, say(text, title=in_quotes(lean.title), points=lean.points, of=lean.of))


@register.simple_tag
def review_rest(page: ReviewSheet, section: Section, token: str) -> SafeString:
    """The key that accepts what a level still waits for."""
    if not (page.is_open and section.asked):
        return NOTHING
    number = section.level.number
    text = _("Accept the rest of level %(number)s as supported") % {"number": number}
    form = act("assessments:review_accept", page.submission.pk)
    return fill(REST, number, form, fill(FORGERY, token), text)


@register.simple_tag
def review_said(row: Row, told: Told | None) -> SafeString:
    """The comment of a decided review; of a contested statement, whose word each is."""
    contested = told.statements.get(row.id) if told else None
    if told and contested:
        reason = fill(COMMENTED, pgettext("statement", "Contested"), fill(TYPED, "p", contested.reason))
        return reason + SafeString("".join(map(_said, told.said(row.id))))
    if not row.word.comment:
        return NOTHING
    return fill(COMMENTED, _("Comment"), fill(TYPED, "p", row.word.comment))


def _said(said: Said) -> SafeString:
    """One reviewer's name, day, rating and basis, and the comment."""
    return fill(
        COMMENTED,
        say(_("%(name)s, %(date)s"), name=said.name, date=written_day(said.at)),
        fill("<p><b>{}</b>{}</p>", rating_word(said.rating), f" · {said.basis}" if said.basis else "")
        + (fill(TYPED, "p", said.comment) if said.comment else NOTHING),
    )
