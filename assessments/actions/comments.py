"""Writing about a statement, where both sides read it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.actions.errors import WrongStateError
from assessments.actions.notify import tell_of_comment
from assessments.actions.send import locked_assessment
from assessments.models import Assessment, StatementComment
from people.models import User


@transaction.atomic
def comment_on(
    *, assessment: Assessment, statement_id: int, text: str, by: User, at: dt.datetime
) -> StatementComment:
    """One line more in the thread of a statement, for good; the other side is told by mail.

    Raises WrongStateError before anything was sent: nobody else would read it.
    """
    # Of two who write at once the second one sees that a mail waits already.
    current = locked_assessment(assessment)
    if current.latest_submission_id is None:
        raise WrongStateError(current.state)
    written = StatementComment.objects.create(
        assessment=assessment, statement_id=statement_id, by=by, at=at, text=text
    )
    tell_of_comment(current, by=by, at=at)
    return written
