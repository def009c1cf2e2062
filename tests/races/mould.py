"""Copies of one assessment as it stands: a round each, quicker than all that made it once more."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from itertools import count
from typing import TypeVar

from django.db import connection, models, transaction

from assessments.models import (
    Assessment,
    ContestedStatement,
    Response,
    Review,
    ReviewRating,
    State,
    StatementRating,
    Submission,
    SubmittedRating,
    Transition,
)
from people.models import Membership, User
from tests.races.arena import ROUNDS

Row = TypeVar("Row", bound=models.Model)
AT_ONCE = 10
NUMBERS = count()


def rounds(made: Assessment, number: int = ROUNDS) -> Iterator[Assessment]:
    """Assessments of as many new people, each exactly as this one stands, sent at most once."""
    mould = Mould(made)
    for first in range(0, number, AT_ONCE):
        copies = mould.copies(min(AT_ONCE, number - first))
        yield from copies
        clear_away(copies)


def sent_rounds(sent: Submission, number: int = ROUNDS) -> Iterator[Submission]:
    """The same, each by what was sent."""
    for assessment in rounds(sent.assessment, number):
        found = assessment.latest_submission
        assert found is not None
        yield found


def clear_away(played: Sequence[Assessment]) -> None:
    """Whatever still waits goes out of the reviewers' queues, or they would grow from round to round."""
    waiting = Assessment.objects.with_reviewer().filter(pk__in=[one.pk for one in played])
    waiting.update(state=State.NOT_REVIEWED)


class Mould:
    """All rows of one assessment, read once."""

    def __init__(self, made: Assessment) -> None:
        self.assessment = Assessment.objects.for_page().get(pk=made.pk)
        self.memberships = list(Membership.objects.filter(user=made.employee_id))
        self.steps = list(Transition.objects.filter(assessment=made))
        self.sent = list(Submission.objects.filter(assessment=made))
        self.reviews = list(Review.objects.filter(submission__in=self.sent))
        self.responses = list(Response.objects.filter(review__in=self.reviews))

    @transaction.atomic
    def copies(self, number: int) -> list[Assessment]:
        emails = [f"copy{next(NUMBERS)}@example.org" for _ in range(number)]
        people = User.objects.bulk_create([fresh(self.assessment.employee, email=email) for email in emails])
        made = [fresh(self.assessment, employee=person) for person in people]
        for assessment, key in zip(made, reserved(len(self.sent) * number), strict=False):
            assessment.latest_submission_id = key
        Membership.objects.bulk_create(
            [fresh(one, user=person) for person in people for one in self.memberships]
        )
        Assessment.objects.bulk_create(made)
        spread(StatementRating, "assessment", self.assessment, made)
        Transition.objects.bulk_create([self.step(step, one) for one in made for step in self.steps])
        for sent in self.sent:
            self.copy_sent(sent, made)
        return made

    def step(self, step: Transition, made: Assessment) -> Transition:
        """What its employee did, the new one did."""
        is_own = step.by_id == self.assessment.employee_id
        return fresh(step, assessment=made, by=made.employee if is_own else step.by)

    def copy_sent(self, sent: Submission, made: Sequence[Assessment]) -> None:
        new = [fresh(sent, assessment=one, pk=one.latest_submission_id) for one in made]
        for assessment, submission in zip(made, Submission.objects.bulk_create(new), strict=True):
            assessment.latest_submission = submission
        spread(SubmittedRating, "submission", sent, new)
        for review in self.reviews:
            reviews = Review.objects.bulk_create([fresh(review, submission=one) for one in new])
            spread(ReviewRating, "review", review, reviews)
            for response in self.responses:
                answers = Response.objects.bulk_create([fresh(response, review=one) for one in reviews])
                spread(ContestedStatement, "response", response, answers)


def fresh(row: Row, **changed: object) -> Row:
    """A row like this one that is not in the database yet."""
    new = copy.copy(row)
    new.pk, new._state.adding = None, True
    for name, value in changed.items():
        setattr(new, name, value)
    return new


def spread(kind: type[Row], name: str, owner: models.Model, owners: Sequence[models.Model]) -> None:
    """What one owner has, for each of the others."""
    rows = list(kind._default_manager.filter(**{name: owner}).order_by("pk"))
    kind._default_manager.bulk_create([fresh(row, **{name: one}) for one in owners for row in rows])


def reserved(number: int) -> list[int]:
    """Ids for submissions: an assessment that was sent names its own from the first moment on."""
    with connection.cursor() as cursor:
        asked = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(asked, [Submission._meta.db_table, number])
        return [row[0] for row in cursor.fetchall()]
