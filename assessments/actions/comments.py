"""Writing about a statement, where both sides read it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.errors import WrongStateError
from assessments.models import Assessment, StatementComment
from people.models import User


@transaction.atomic
def comment_on(
    *, assessment: Assessment, statement_id: int, text: str, by: User, at: dt.datetime
) -> StatementComment:
    """One line more in the thread of a statement, for good.

    Raises WrongStateError before anything was sent: nobody else would read it.
    """
    current = Assessment.objects.get(pk=assessment.pk)
    if current.latest_submission_id is None:
        raise WrongStateError(current.state)
    return StatementComment.objects.create(
        assessment=assessment, statement_id=statement_id, by=by, at=at, text=text
    )
