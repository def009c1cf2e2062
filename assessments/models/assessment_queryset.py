"""The questions that the product asks about assessments, in its own words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import connections, models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from assessments.models.cycle import Cycle
from assessments.models.routing import GIVEN, delegated, in_charge, should_review
from assessments.models.states import EDITABLE, GOING_ON, REOPENABLE, SENT, WITH_REVIEWER
from people.models import User
from people.querysets import ids_below, ids_led

if TYPE_CHECKING:
    from assessments.models.assessment import Assessment

IDS = "SELECT id FROM ({found}) waiting"
COUNT = "SELECT count(*) FROM ({found}) waiting"
SAVED_AT = """
    SELECT max(updated_at) FROM assessments_statementrating WHERE assessment_id = assessments_assessment.id
"""

# How many comments each statement has, and whether one came since the employee last wrote there and the state
# last changed: ``{"12": [3, true]}``, null without any.
COMMENTS = """
    SELECT jsonb_object_agg(statement_id, jsonb_build_array(number, came IS NOT NULL AND came > seen))
    FROM (
        SELECT comment.statement_id, count(*) AS number,
            max(comment.at) FILTER (WHERE comment.by_id <> own.employee_id) AS came,
            greatest(
                max(comment.at) FILTER (WHERE comment.by_id = own.employee_id),
                (SELECT max(at) FROM assessments_transition WHERE assessment_id = own.id)
            ) AS seen
        FROM assessments_statementcomment comment
        JOIN assessments_assessment own ON own.id = comment.assessment_id
        WHERE comment.assessment_id = assessments_assessment.id
        GROUP BY comment.statement_id, own.id
    ) threads
"""


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def editable(self) -> Self:
        return self.filter(state__in=EDITABLE)

    def with_reviewer(self) -> Self:
        return self.filter(state__in=WITH_REVIEWER)

    def sent(self) -> Self:
        return self.filter(state__in=SENT)

    def at_hand(self, cycle: Cycle | None) -> Self:
        """Those of a cycle, and of any other what somebody has still to do something about."""
        return self.filter(Q(cycle=cycle) | Q(state__in=GOING_ON) | Q(contested_at__isnull=False))

    def of_cycle(self, cycle: Cycle) -> Self:
        return self.filter(cycle=cycle)

    def below(self, manager: User, on: dt.date) -> Self:
        """Of the people below a manager in the tree, whatever the state."""
        return self.filter(employee_id__in=ids_below(manager, on))

    def readable_by(self, reader: User, on: dt.date) -> Self:
        """Their own, and what was sent by those whom they review or may review."""
        sent = Q(state__in=SENT) & in_charge(reader, on)
        return self.filter(Q(employee=reader) | sent | delegated(reader, on))

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
        found, params = should_review(reviewer, on)
        return self.filter(pk__in=RawSQL(IDS.replace("{found}", found), params))

    def count_waiting_for(self, reviewer: User, on: dt.date) -> int:
        """How many those are. Every page of a reviewer asks."""
        found, params = should_review(reviewer, on)
        with connections[self.db].cursor() as cursor:
            cursor.execute(COUNT.replace("{found}", found), params)
            count: tuple[int] = cursor.fetchone()
        return count[0]

    def with_nobody_to_review(self, on: dt.date) -> Self:
        """What waits without a reviewer: HR chose nobody who is still there, and no manager is left."""
        return self.with_reviewer().exclude(GIVEN).exclude(employee_id__in=ids_led(on))

    def assigned(self) -> Self:
        """Those for which HR chose a reviewer who is still there."""
        return self.filter(GIVEN)

    def overdue(self, now: dt.datetime) -> Self:
        """What still waits after the cycle's reviews should have ended."""
        return self.with_reviewer().filter(cycle__review_by__lt=now)

    def reopenable(self) -> Self:
        """What HR can give back to the employee: decided for good, or closed as not reviewed."""
        return self.filter(state__in=REOPENABLE)

    def of_person(self, typed: str) -> Self:
        """Of people whose name or e-mail contains what was typed."""
        return self.filter(Q(employee__name__icontains=typed) | Q(employee__email__icontains=typed))

    def in_company(self) -> Self:
        """With what a list of many people's says of each; neither ratings nor results."""
        return self.select_related("employee", "skill", "cycle", "assigned_reviewer")

    def oldest_first(self) -> Self:
        return self.order_by("submitted_at", "id")

    def last_closed_first(self) -> Self:
        return self.order_by("-cycle__submit_by", F("decided_at").desc(nulls_last=True), "-id")

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

    def with_comments(self) -> Self:
        """With how many comments each statement has, and whether any is new to the employee."""
        return self.annotate(comment_counts=RawSQL(COMMENTS, [], models.JSONField()))

    def with_saved_at(self) -> Self:
        """With the moment at which an answer was last saved, null before the first."""
        return self.annotate(saved_at=RawSQL(SAVED_AT, [], models.DateTimeField()))
