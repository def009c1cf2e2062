"""What a person said of each statement in the last cycle, offered to be confirmed in this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db import connection

from assessments.models import Assessment
from assessments.results.assess.level_page import LevelPage, Offer
from assessments.scoring import NA

# The last answers, with the validated rating where there is one, of statements not answered now.
OFFERED = """
    SELECT rating.id, before.claim, before.not_applicable, before.reason, cycle.name,
        coalesce(word.rating::text, CASE WHEN word.not_applicable THEN 'na' END)
    FROM assessments_statementrating rating
    JOIN assessments_assessment assessment ON assessment.id = rating.assessment_id
    JOIN assessments_assessment previous ON previous.id = assessment.previous_id
    JOIN assessments_cycle cycle ON cycle.id = previous.cycle_id
    JOIN assessments_statementrating before
        ON before.assessment_id = previous.id AND before.statement_id = rating.statement_id
    LEFT JOIN assessments_review review
        ON review.submission_id = previous.latest_submission_id AND review.decision = 'validated'
    LEFT JOIN assessments_reviewrating word
        ON word.review_id = review.id AND word.statement_id = rating.statement_id
    WHERE assessment.id = %s AND rating.claim IS NULL AND NOT rating.not_applicable
        AND (before.claim IS NOT NULL OR before.not_applicable)
"""


def offers(assessment: Assessment) -> Mapping[int, Offer]:
    """By rating id; empty, and without a query, where there is no earlier assessment."""
    if assessment.previous_id is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(OFFERED, [assessment.pk])
        rows = cursor.fetchall()
    return {
        rating_id: Offer(
            answer=NA if is_na else claim,
            reason=reason,
            cycle=cycle,
            validated=NA if validated == "na" else validated and int(validated),
        )
        for rating_id, claim, is_na, reason, cycle, validated in rows
    }


def with_offers(page: LevelPage) -> LevelPage:
    """The page with the last cycle's answers on the cards without one; a page that is locked has none."""
    found = {} if page.is_locked else offers(page.assessment)
    if not found:
        return page
    return replace(page, cards=tuple(replace(card, offer=found.get(int(card.id))) for card in page.cards))
