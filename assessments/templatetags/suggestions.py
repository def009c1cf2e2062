"""Suggestions on a level page's cards, joined here: several times faster than in a template's loop."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.results.level_page import Card, Suggestion
from people.templatetags.addresses import address

register = template.Library()

CARD = '<div class="suggestion suggested" hx-disable><p>{} {}</p>{}{}</div>'
FORM = (
    '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<input type="hidden" name="{}" value="{}">'
    '<button class="link-button">{}<span class="visually-hidden"> {}</span></button></form>'
)


@register.simple_tag
def card_suggestions(card: Card, assessment_id: int, level: int, token: str) -> SafeString:
    """Items that may speak for a card's statement, each to link or to dismiss; ``token`` against forgery."""
    link = address("assessments:evidence_link", assessment_id, card.id)
    back = f"{address('assessments:level', assessment_id, level)}#{card.anchor}"
    return SafeString("".join(_suggestion(found, link, back, token) for found in card.suggested))


def _suggestion(found: Suggestion, link: str, back: str, token: str) -> SafeString:
    dismiss = address("assessments:evidence_dismiss", found.evidence_id, found.statement_id)
    says = _("“<bdi>%(title)s</bdi>” seems to be about this:").replace("%(title)s", "{}")
    return format_html(
        CARD,
        format_html(says, found.title),
        _marked(found.terms, found.language),
        format_html(FORM, link, token, "evidence", found.evidence_id, _("Link this evidence"), found.title),
        format_html(FORM, dismiss, token, "next", back, _("Not this one"), found.title),
    )


def _marked(terms: Iterable[str], language: str) -> SafeString:
    """The words that matched, as in the template of the same."""
    return format_html_join(", ", '<mark lang="{}">{}</mark>', ((language, term) for term in terms))
