"""One employee, one skill, one cycle, one target level; and the claims that it is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models.checks import rated_or_not_applicable
from assessments.models.cycle import Cycle
from assessments.models.delegation import DELEGATING
from assessments.scoring import Rating
from people.models import User
from people.querysets import ids_above, ids_below, ids_led_by, nearest_manager_id
from skills.models import Skill, Statement

if TYPE_CHECKING:
    from assessments.models.submission import Submission


SAVED_AT = """
    SELECT max(updated_at) FROM assessments_statementrating WHERE assessment_id = assessments_assessment.id
"""


# Submissions that a person has decided on.
DECIDED_BY = """
    SELECT submission_id FROM assessments_review WHERE reviewer_id = %s AND decided_at IS NOT NULL
"""


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("assessment", "draft")
    SUBMITTED = "submitted", pgettext_lazy("assessment", "submitted")
    IN_REVIEW = "in_review", pgettext_lazy("assessment", "in review")
    RETURNED = "returned", pgettext_lazy("assessment", "returned")
    VALIDATED = "validated", pgettext_lazy("assessment", "validated")
    WITHDRAWN = "withdrawn", pgettext_lazy("assessment", "withdrawn")
    REOPENED = "reopened", pgettext_lazy("assessment", "reopened")
    NOT_REVIEWED = "not_reviewed", pgettext_lazy("assessment", "not reviewed")


# Who holds the pen: the employee in these states, the reviewer in those.
EDITABLE = (State.DRAFT, State.RETURNED, State.WITHDRAWN, State.REOPENED)
WITH_REVIEWER = (State.SUBMITTED, State.IN_REVIEW)
# What a manager may read beyond the status: something was sent and not taken back.
SENT = (
    State.SUBMITTED,
    State.IN_REVIEW,
    State.RETURNED,
    State.VALIDATED,
    State.REOPENED,
    State.NOT_REVIEWED,
)


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


# HR chose a reviewer who is still there.
GIVEN = Q(assigned_reviewer__isnull=False, assigned_reviewer__is_active=True)


def in_charge(reviewer: User, on: dt.date) -> Q:
    """Sent by somebody below in the tree, or given to the reviewer by HR."""
    return Q(state__in=SENT) & (Q(employee_id__in=ids_below(reviewer, on)) | Q(assigned_reviewer=reviewer))


def awaits(managers: str, params: Sequence[object], on: dt.date) -> Q:
    """Whom one of these managers should review: given to them, or led by them and given to nobody else."""
    given = Q(assigned_reviewer_id__in=RawSQL(managers, params))
    return given | (~GIVEN & Q(employee_id__in=ids_led_by(managers, params, on)))


def delegated(reviewer: User, on: dt.date) -> Q:
    """What waits for a manager who is away, and what the reviewer has decided for them.

    Never the reviewer's own, nor that of a manager above the reviewer.
    """
    decided = RawSQL(DECIDED_BY, [reviewer.pk])
    waiting = Q(state__in=WITH_REVIEWER) | Q(latest_submission_id__in=decided)
    others = ~Q(employee=reviewer) & ~Q(employee_id__in=ids_above(reviewer, on))
    return Q(state__in=SENT) & waiting & others & awaits(DELEGATING, [reviewer.pk, on, on], on)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def editable(self) -> Self:
        return self.filter(state__in=EDITABLE)

    def with_reviewer(self) -> Self:
        return self.filter(state__in=WITH_REVIEWER)

    def sent(self) -> Self:
        return self.filter(state__in=SENT)

    def of_cycle(self, cycle: Cycle) -> Self:
        return self.filter(cycle=cycle)

    def below(self, manager: User, on: dt.date) -> Self:
        """Of the people below a manager in the tree, whatever the state."""
        return self.filter(employee_id__in=ids_below(manager, on))

    def readable_by(self, reader: User, on: dt.date) -> Self:
        """Their own, and what was sent by those whom they review or may review."""
        return self.filter(Q(employee=reader) | in_charge(reader, on) | delegated(reader, on))

    def readable_for_page(self, reader: User, on: dt.date) -> AssessmentQuerySet:
        """Those ``for_page``; who reviews nobody reads what is their own, with no look through the tree."""
        if reader.may_review:
            return self.readable_by(reader, on).for_page()
        return reader.assessments.of_known_person()

    def reviewable_by(self, reviewer: User, on: dt.date) -> Self:
        """What waits and this person may decide on: of all below, given by HR, or delegated."""
        return self.with_reviewer().filter(in_charge(reviewer, on) | delegated(reviewer, on))

    def waiting_for(self, reviewer: User, on: dt.date) -> Self:
        """What this person should review: as the nearest manager, chosen by HR, or for who is away."""
        own = self.with_reviewer().exclude(employee=reviewer)
        return own.filter(awaits("SELECT %s::bigint", [reviewer.pk], on) | delegated(reviewer, on))

    def delegated_to(self, reviewer: User, on: dt.date) -> Self:
        """Of what waits, that which is another manager's to review and not this person's own."""
        own = awaits("SELECT %s::bigint", [reviewer.pk], on)
        return self.with_reviewer().filter(delegated(reviewer, on)).exclude(own)

    def with_nobody_to_review(self, on: dt.date) -> Self:
        """What waits without a reviewer: HR chose nobody who is still there, and no manager is left."""
        nearest = nearest_manager_id("assessments_assessment.employee_id", on)
        return self.with_reviewer().exclude(GIVEN).alias(nearest=nearest).filter(nearest=None)

    def newest_first(self) -> Self:
        return self.order_by("-cycle__submit_by", "-id")

    def for_page(self) -> Self:
        """With all that a page about one assessment says of it, in one query."""
        return self.of_known_person().select_related("employee")

    def of_known_person(self) -> Self:
        """As ``for_page``, for those that are reached through the person: whose they are is known then."""
        return self.select_related("cycle", "skill__framework")

    def up_to(self, assessment: Assessment) -> Self:
        """That one and the same person's earlier ones of the skill, oldest cycle first."""
        same = self.filter(employee=assessment.employee_id, skill=assessment.skill_id)
        until = same.filter(cycle__submit_by__lte=assessment.cycle.submit_by)
        return until.order_by("cycle__submit_by", "id")

    def with_results(self) -> Self:
        """With the stored results of what was sent last and of its review."""
        stored = self.select_related("latest_submission__review")
        return stored.defer("latest_submission__document")

    def with_saved_at(self) -> Self:
        """With the moment at which an answer was last saved, null before the first."""
        return self.annotate(saved_at=RawSQL(SAVED_AT, [], models.DateTimeField()))


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
                condition=Q(assigned_reviewer=None) | ~Q(assigned_reviewer=models.F("employee")),
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
