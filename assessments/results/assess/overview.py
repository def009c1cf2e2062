"""All of a person's assessments, newest cycle first, and what can be begun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from assessments.models import Assessment, Cycle, Review, State
from assessments.models.review import Decision
from assessments.results.assess.starting import definition_of, skills_for
from assessments.results.live import definition_for
from assessments.results.report.last_validated import LastValidated, last_of, validated_levels
from assessments.results.words import level_text
from assessments.scoring import Result
from people.models import User
from skills.catalogue import SkillDefinition


@dataclass(frozen=True, kw_only=True)
class Past:
    """One assessment in the list, with the level that it gave when it was last sent or decided.

    ``last`` is the last validated level while it has none of its own.
    """

    assessment: Assessment
    skill: SkillDefinition
    answered: int
    result: Result | None
    is_validated: bool
    last: LastValidated | None

    @property
    def level_words(self) -> str:
        """The level held, never "none" and never 0; empty before anything is sent."""
        if self.result is None:
            return ""
        held = self.result.level if self.result.determined else self.result.at_least
        return level_text(held, settled=self.result.determined, lowest=self.skill.lowest)

    @property
    def last_words(self) -> str:
        return self.last.words(self.skill.lowest) if self.last else ""

    @property
    def pill(self) -> str:
        """The kind of pill that shows the state."""
        kinds = {State.VALIDATED: "ok", State.RETURNED: "gap", State.REOPENED: "gap"}
        return kinds.get(State(self.assessment.state), "")


@dataclass(frozen=True, kw_only=True)
class Overview:
    cycle: Cycle | None
    assessments: tuple[Past, ...]
    # Skills that can be begun in the open cycle.
    to_start: tuple[SkillDefinition, ...]
    is_late: bool
    zone: str

    @property
    def has_to_send(self) -> bool:
        """Whether the date until which to submit is about anything."""
        mine = (past.assessment for past in self.assessments)
        return bool(self.to_start) or any(one.cycle == self.cycle and one.is_editable for one in mine)


def overview(person: User, *, at: dt.datetime, on: dt.date) -> Overview:
    cycle = Cycle.objects.open().first()
    found, levels = list(_listed(person)), validated_levels(person)
    begun = {assessment.skill_id for assessment in found if cycle and assessment.cycle_id == cycle.pk}
    open_skills = skills_for(person, on=on)[0] if cycle else []
    return Overview(
        cycle=cycle,
        assessments=tuple(_past(assessment, person, last_of(levels, assessment)) for assessment in found),
        to_start=tuple(definition_of(skill, person) for skill in open_skills if skill.pk not in begun),
        is_late=cycle is not None and cycle.submit_by < at,
        zone=person.zone_name,
    )


def _listed(person: User) -> Iterable[Assessment]:
    given = Q(ratings__claim__isnull=False) | Q(ratings__not_applicable=True)
    return (
        person.assessments.for_page()
        .select_related("latest_submission__review")
        .defer("latest_submission__document")
        .annotate(answered=Count("ratings", filter=given))
        .newest_first()
    )


def _past(assessment: Assessment, person: User, last: LastValidated | None) -> Past:
    submission = assessment.latest_submission
    review: Review | None = getattr(submission, "review", None)
    is_validated = review is not None and review.decision == Decision.VALIDATED
    stored = review.result if review and is_validated else submission and submission.result
    # Closed as not reviewed is a state and never a level.
    if assessment.state == State.NOT_REVIEWED and not is_validated:
        stored = None
    return Past(
        assessment=assessment,
        skill=definition_for(assessment, person),
        answered=getattr(assessment, "answered", 0),
        result=Result.from_json(stored) if stored else None,
        is_validated=is_validated,
        last=None if is_validated else last,
    )
