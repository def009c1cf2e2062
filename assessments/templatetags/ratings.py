"""The choices of a rating and the chips under them, which every statement of a page repeats."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.forms.assess import RATINGS
from assessments.results.assess.level_page import Card, Chip, LevelPage
from assessments.scoring import Rating
from people.html import fill
from people.templatetags.addresses import address

register = template.Library()

CHIP = (
    '<span class="dots dots-{}" role="img" aria-label="{}" title="{}"><i></i><i></i><i></i></span>'
    "<bdi>{}</bdi>"
)
PLAIN = '<li><span class="chip">{}</span></li>'
LINK = '<li><a class="chip{}" href="{}">{}</a></li>'
NAMED = '{}<span class="visually-hidden"> {}</span>'


@register.simple_tag
def rating_choices(shows: Rating | None) -> SafeString:
    """The radio buttons with one of them chosen, in the active language."""
    return _choices(shows, get_language() or "en")


@lru_cache(maxsize=64)
def _choices(shows: Rating | None, language: str) -> SafeString:
    return render_to_string("assessments/assess/choices.html", {"ratings": RATINGS, "shows": shows})


@register.simple_tag
def card_chips(card: Card, page: LevelPage) -> SafeString:
    """The evidence of a card, then what can be done beside it; joined here, for a page has dozens of them."""
    assessment, code = page.assessment, card.answer.statement.short_code
    level = address("assessments:level", assessment.pk, page.level.number)
    back = f"?next={level}%23{card.anchor}"
    chips = [_chip(chip, "" if page.is_locked else back) for chip in card.chips]
    if not page.is_locked:
        link = address("assessments:evidence_link", assessment.pk, card.id)
        chips.append(fill(LINK, " chip-add", link, fill(NAMED, _("+ evidence"), code)))
    if assessment.latest_submission_id:
        thread = address("assessments:thread", assessment.pk, card.answer.statement.id)
        chips.append(fill(LINK, "", thread, fill(NAMED, _comments(card, page), code)))
    return SafeString("".join(chips))


def _comments(card: Card, page: LevelPage) -> str:
    """How many there are, and whether the reader has not answered the last ones."""
    counts = page.assessment.comment_counts or {}
    number, is_new = counts.get(str(card.answer.statement.id), (0, False))
    if not number:
        return _("Comments")
    return (_("Comments: %(number)d, new") if is_new else _("Comments: %(number)d")) % {"number": number}


def _chip(chip: Chip, back: str) -> SafeString:
    """An item with its strength; a link to it where there is a page to come ``back`` to."""
    text = fill(CHIP, chip.strength, chip.words, chip.words, chip.title)
    if not back:
        return fill(PLAIN, text)
    return fill(LINK, "", address("assessments:evidence_edit", chip.id) + back, text)
