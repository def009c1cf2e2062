"""What may speak for the statements of one level page: suggestions that were kept when items were saved."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import connection

from assessments.matching import MOST_SUGGESTIONS
from assessments.results.assess.level_page import LevelPage, Suggestion

# Every level page asks this: composing it anew would cost several times what asking does. The page's own
# ratings come first, or PostgreSQL would look through everybody's of the same statements.
OF_RATINGS = """
    WITH rating AS MATERIALIZED (
        SELECT id, statement_id FROM assessments_statementrating WHERE id = ANY(%s)
    )
    SELECT rating.id, evidence.id, suggestion.statement_id, evidence.title, evidence.language,
        suggestion.terms
    FROM assessments_evidencesuggestion suggestion
    JOIN assessments_evidence evidence ON evidence.id = suggestion.evidence_id
    JOIN rating ON rating.statement_id = suggestion.statement_id
    WHERE evidence.owner_id = %s AND suggestion.dismissed_at IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM assessments_evidencelink link
            WHERE link.rating_id = rating.id AND link.evidence_id = evidence.id
        )
    ORDER BY suggestion.score DESC, evidence.id
"""


def with_suggestions(page: LevelPage) -> LevelPage:
    """The page with at most three suggestions a card, in one query; a page that is locked has none."""
    if page.is_locked:
        return page
    found = suggested_items(page.assessment.employee_id, [int(card.id) for card in page.cards])
    cards = (replace(card, suggested=tuple(found[int(card.id)][:MOST_SUGGESTIONS])) for card in page.cards)
    return replace(page, cards=tuple(cards))


def suggested_items(owner_id: int, rating_ids: Collection[int]) -> Mapping[int, list[Suggestion]]:
    with connection.cursor() as cursor:
        cursor.execute(OF_RATINGS, [list(rating_ids), owner_id])
        rows = cursor.fetchall()
    found: dict[int, list[Suggestion]] = defaultdict(list)
    for rating_id, evidence_id, statement_id, title, language, terms in rows:
        found[rating_id].append(
            Suggestion(
                evidence_id=evidence_id,
                statement_id=statement_id,
                title=title,
                language=language,
                terms=tuple(json.loads(terms)),
            )
        )
    return found
