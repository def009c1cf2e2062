"""What the employee answers to a validated level, and what a second reviewer makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.checks import rated_or_not_applicable
from assessments.models.review import Basis, Review
from assessments.scoring import Rating
from people.above import next_above_id
from people.models import User
from skills.models import Statement


class Answer(models.TextChoices):
    AGREED = "agreed", _("agreed")
    NOTED = "noted", _("agreed, with a note")
    CONTESTED = "contested", _("contested")


CONTESTED = "SELECT count(*) FROM assessments_contestedstatement WHERE response_id = assessments_response.id"


def _decider(on: dt.date) -> Case:
    above = next_above_id(
        person="assessments_assessment.employee_id", first="assessments_review.reviewer_id", on=on
    )
    return Case(When(second_reviewer__is_active=True, then=F("second_reviewer_id")), default=above)


class ResponseQuerySet(models.QuerySet["Response"]):
    def for_page(self) -> Self:
        """With all that a page about a contest says of it, in one query."""
        return self.select_related(
            "second_reviewer",
            "review__reviewer",
            "review__submission__assessment__employee",
            "review__submission__assessment__cycle",
            "review__submission__assessment__skill__framework",
        )

    def for_list(self) -> Self:
        """With what a line about each says, and how many statements it is about; oldest first."""
        about = self.select_related(
            "review__reviewer",
            "review__submission__assessment__employee",
            "review__submission__assessment__skill",
        ).defer("review__submission__document")
        # Not counted by grouping: that would repeat every look-up of who decides.
        contested = RawSQL(CONTESTED, [], models.IntegerField())
        return about.annotate(contested=contested).order_by("at", "id")

    def open_contests(self) -> Self:
        """What waits for a second reviewer's decision, and still is about the level of record."""
        return self.filter(
            answer=Answer.CONTESTED,
            decided_at=None,
            review__submission__assessment__contested_at__isnull=False,
            review__submission=F("review__submission__assessment__latest_submission"),
        )

    def with_decider(self, on: dt.date) -> Self:
        """With the id of who is to decide: whom HR chose while they are there, else the next manager up."""
        return self.annotate(decider_id=_decider(on))

    def deciders(self, assessments: Iterable[Assessment], on: dt.date) -> dict[int, int]:
        """Who decides on each of these assessments, by id; without those that nobody can decide on."""
        about = self.filter(review__submission__assessment__in=assessments).order_by("id")
        found = about.annotate(whom=_decider(on))
        rows = found.values_list("review__submission__assessment_id", "whom")
        return {assessment: decider for assessment, decider in rows if decider}

    def to_decide_by(self, person: User, on: dt.date) -> Self:
        """Open ones that this person decides, oldest first."""
        found = self.open_contests().alias(decider=_decider(on)).filter(decider=person.pk)
        return found.annotate(decider_id=Value(person.pk)).order_by("at", "id")

    def decided_by(self, person: User) -> Self:
        return self.filter(second_reviewer=person, decided_at__isnull=False)


class Response(models.Model):
    """The employee's one answer to a decision, within the days that the cycle gives.

    A contest names statements; a second reviewer rates those. ``first_result`` is the review's result before
    that; with the decision ``Review.result`` becomes the one that counts.
    """

    review = models.OneToOneField(Review, models.PROTECT, related_name="response")
    answer = models.CharField(max_length=10, choices=Answer)
    note = models.TextField(_("note"), max_length=2000, blank=True, default="")
    at = models.DateTimeField()
    second_reviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")
    first_result = models.JSONField(null=True)

    # Annotated by ResponseQuerySet.with_decider.
    decider_id: int | None
    # Annotated by ResponseQuerySet.for_list.
    contested: int

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=Answer.CONTESTED)
                | Q(second_reviewer=None, decided_at=None, first_result=None),
                name="response_decided_where_contested",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, first_result=None)
                | Q(decided_at__isnull=False, first_result__isnull=False, second_reviewer__isnull=False),
                name="response_decided_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} · {self.answer}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second reviewer's decision."""
        return self.answer == Answer.CONTESTED and self.decided_at is None


class ContestedStatementQuerySet(models.QuerySet["ContestedStatement"]):
    def in_order(self) -> Self:
        return self.order_by("statement__code", "id")

    def of_statement(self, statement_id: int) -> Self:
        return self.filter(statement_id=statement_id)

    def unchanged(self, statement_id: int, version: int) -> Self:
        """The one row, if it is still as it was read and the contest is not decided."""
        return self.filter(statement_id=statement_id, version=version, response__decided_at=None)

    def not_rated(self) -> Self:
        """Where the second reviewer has not said all: a rating, why, and what it rests on."""
        silent = Q(rating=None, not_applicable=False) | Q(comment="") | Q(basis="")
        return self.filter(silent).in_order()

    def stamp(self) -> int:
        """Grows with every change of these ratings."""
        return self.aggregate(total=models.Sum("version"))["total"] or 0


class ContestedStatement(models.Model):
    """One statement that the employee contests: their reason, the first rating, and the second beside it."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="statements")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=2000)
    first = models.PositiveSmallIntegerField(null=True)
    first_not_applicable = models.BooleanField(default=False)
    first_comment = models.TextField(max_length=2000, blank=True, default="")
    first_basis = models.CharField(max_length=12, choices=Basis, blank=True, default="")
    rating = models.PositiveSmallIntegerField(_("rating"), null=True)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    comment = models.TextField(_("comment"), max_length=2000, blank=True, default="")
    basis = models.CharField(_("based on"), max_length=12, choices=Basis, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    objects = ContestedStatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "statement"], name="contested_once"),
            models.CheckConstraint(
                condition=rated_or_not_applicable("rating"), name="contested_rating_0_to_3"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="contested_with_a_reason",
                violation_error_message=_("Say why you contest this rating."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response} · {self.statement}"

    @property
    def first_answer(self) -> Rating | None:
        """What the first reviewer said: 0–3, "na", or None."""
        return "na" if self.first_not_applicable else self.first

    @property
    def answer(self) -> Rating | None:
        """What the second reviewer says, in the same form; None until they have."""
        return "na" if self.not_applicable else self.rating
