"""Saying again what one said in the last cycle."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.assess import rate_statement
from assessments.actions.errors import NothingOfferedError
from assessments.models import Assessment, EvidenceLink, StatementRating
from assessments.results.assess.offers import offers
from people.models import User


@transaction.atomic
def confirm_offer(
    *, assessment: Assessment, rating_id: int, version: int, by: User, at: dt.datetime
) -> StatementRating:
    """Takes over the last cycle's answer, with the evidence that was linked to it and still exists.

    Raises NothingOfferedError where the statement is answered or was not then; StaleError and
    NotEditableError as saving an answer does.
    """
    offer = offers(assessment).get(rating_id)
    if offer is None:
        raise NothingOfferedError
    rating = rate_statement(
        assessment=assessment,
        rating_id=rating_id,
        answer=offer.answer,
        reason=offer.reason,
        version=version,
        by=by,
        at=at,
    )
    before = EvidenceLink.objects.of_owner(by).of_statement_in(assessment.previous_id, rating.statement_id)
    EvidenceLink.objects.bulk_create(
        [EvidenceLink(evidence_id=item, rating=rating, created_at=at) for item in before],
        ignore_conflicts=True,
    )
    return rating
