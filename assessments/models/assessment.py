"""One employee, one skill, one cycle, one target level; and the claims that it is made of."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment_queryset import AssessmentQuerySet
from assessments.models.checks import rated_or_not_applicable
from assessments.models.cycle import Cycle
from assessments.models.states import EDITABLE, REOPENABLE, SENT, WITH_REVIEWER, State
from assessments.scoring import Rating
from people.models import User
from skills.models import Skill, Statement

if TYPE_CHECKING:
    from assessments.models.submission import Submission

__all__ = [
    "EDITABLE",
    "REOPENABLE",
    "SENT",
    "WITH_REVIEWER",
    "Assessment",
    "AssessmentQuerySet",
    "StartingLevel",
    "State",
    "StatementRating",
    "StatementRatingQuerySet",
]


class StartingLevel(models.Model):
    """The level whose essence a person picked as describing their work, before rating anything."""

    employee = models.ForeignKey(User, models.CASCADE, related_name="starting_levels")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "skill"], name="starting_level_once"),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=7), name="starting_level_on_the_ladder"
            ),
        ]

    def __str__(self) -> str:
        return str(self.level)


class Assessment(models.Model):
    """An employee's assessment; its state says who holds the pen."""

    employee = models.ForeignKey(User, models.PROTECT, related_name="assessments", verbose_name=_("employee"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+", verbose_name=_("skill"))
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="assessments", verbose_name=_("cycle"))
    target = models.PositiveSmallIntegerField(_("target level"))
    role_target = models.PositiveSmallIntegerField(_("target level of the role"), null=True)
    # The last one of the same skill that was sent: its answers are offered here.
    previous = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    start_level = models.PositiveSmallIntegerField(_("level begun at"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    review_started_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    # Since when the employee contests the validated level; null again once that is decided.
    contested_at = models.DateTimeField(null=True)
    # Who reviews it where HR chose somebody; null leaves it to the managers up the tree.
    assigned_reviewer = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    latest_submission: models.ForeignKey[Submission | None, Submission | None] = models.ForeignKey(
        "assessments.Submission", models.PROTECT, null=True, related_name="+"
    )

    # Annotated by AssessmentQuerySet.with_comments: number and whether any is new, by statement id as text.
    comment_counts: dict[str, tuple[int, bool]] | None
    # Annotated by AssessmentQuerySet.with_saved_at.
    saved_at: dt.datetime | None

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "skill", "cycle"],
                name="assessment_once_a_cycle",
                violation_error_message=_("You have begun this assessment already."),
            ),
            models.CheckConstraint(
                condition=Q(target__gte=1, target__lte=7, start_level__gte=1, start_level__lte=7)
                & (Q(role_target=None) | Q(role_target__gte=1, role_target__lte=7)),
                name="assessment_levels_on_the_ladder",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=State.DRAFT, submitted_at=None, review_started_at=None, decided_at=None)
                    | Q(
                        state__in=[State.SUBMITTED, State.WITHDRAWN],
                        submitted_at__isnull=False,
                        review_started_at=None,
                        decided_at=None,
                    )
                    | Q(
                        state=State.IN_REVIEW,
                        submitted_at__isnull=False,
                        review_started_at__isnull=False,
                        decided_at=None,
                    )
                    | Q(
                        state__in=[State.RETURNED, State.VALIDATED],
                        submitted_at__isnull=False,
                        review_started_at__isnull=False,
                        decided_at__isnull=False,
                    )
                    | (
                        Q(state__in=[State.REOPENED, State.NOT_REVIEWED], submitted_at__isnull=False)
                        & (Q(decided_at=None) | Q(review_started_at__isnull=False))
                    )
                ),
                name="assessment_state_agrees_with_its_moments",
            ),
            models.CheckConstraint(
                condition=Q(contested_at=None) | Q(state=State.VALIDATED),
                name="assessment_contested_once_validated",
            ),
            models.CheckConstraint(
                condition=Q(assigned_reviewer=None) | ~Q(assigned_reviewer=F("employee")),
                name="assessment_not_reviewed_by_oneself",
                violation_error_message=_("Nobody reviews themselves: choose somebody else."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, latest_submission=None)
                | (~Q(state=State.DRAFT) & Q(latest_submission__isnull=False)),
                name="assessment_sent_has_a_submission",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "state"], name="assessment_of_cycle_by_state")]

    def __str__(self) -> str:
        return f"{self.employee} · {self.skill} · {self.cycle}"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_with_reviewer(self) -> bool:
        return self.state in WITH_REVIEWER

    @property
    def is_reopenable(self) -> bool:
        return self.state in REOPENABLE

    def is_overdue(self, at: dt.datetime) -> bool:
        """Whether it still waits after the cycle's reviews should have ended."""
        return self.is_with_reviewer and self.cycle.review_by < at

    @property
    def is_sent(self) -> bool:
        return self.state in SENT


class StatementRatingQuerySet(models.QuerySet["StatementRating"]):
    def in_order(self) -> Self:
        return self.order_by("statement__skill_level__level__number", "statement__position", "id")

    def of_employee(self, employee: User) -> Self:
        return self.filter(assessment__employee=employee)

    def answered(self) -> Self:
        return self.filter(Q(claim__isnull=False) | Q(not_applicable=True))

    def unchanged(self, rating_id: int, version: int) -> Self:
        """The one row, if it is still as it was read and its assessment is still the employee's to change."""
        return self.filter(pk=rating_id, version=version, assessment__state__in=EDITABLE)


class StatementRating(models.Model):
    """The employee's claim for one statement; a row stands from the start, empty until answered."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="ratings")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    claim = models.PositiveSmallIntegerField(_("rating"), null=True)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    reason = models.TextField(_("why it is not applicable"), max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True)

    objects = StatementRatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "statement"], name="rating_once_a_statement"),
            models.CheckConstraint(
                condition=rated_or_not_applicable("claim"), name="rating_0_to_3_or_not_applicable"
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | ~Q(reason=""),
                name="rating_not_applicable_has_a_reason",
                violation_error_message=_("Say why this statement does not apply to your work."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.answer}"

    @property
    def answer(self) -> Rating | None:
        """0–3, "na", or None while unanswered: the form that scoring takes."""
        return "na" if self.not_applicable else self.claim

    @property
    def is_answered(self) -> bool:
        return self.answer is not None
