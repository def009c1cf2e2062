"""An assessment as it stands now, read from the tables in two queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from assessments.models import Assessment, Evidence, EvidenceLink, StatementRating
from assessments.results.sheet import EvidenceFacts, GivenAnswer, Header, Sheet, sheet
from people.models import User
from skills.catalogue import SkillDefinition, definition


def live_sheet(assessment: Assessment, *, reader: User, on: dt.date) -> Sheet:
    """The assessment, which comes from ``for_page``, in the reader's languages, scored on a day."""
    return sheet(
        header=header_of(assessment, on=on),
        skill=definition_for(assessment, reader),
        given=given_answers(assessment),
    )


def definition_for(assessment: Assessment, reader: User) -> SkillDefinition:
    return definition(assessment.skill_id, assessment.skill.framework.version, *reader.reader)


def header_of(assessment: Assessment, *, on: dt.date) -> Header:
    return Header(
        assessment_id=assessment.pk,
        employee_id=assessment.employee_id,
        employee=assessment.employee.name,
        job_title=getattr(assessment, "job_title", None) or "",
        cycle=assessment.cycle.name,
        state=assessment.state,
        target=assessment.target,
        role_target=assessment.role_target,
        start_level=assessment.start_level,
        on=on,
        policy=assessment.cycle.scoring_policy,
    )


def given_answers(assessment: Assessment) -> dict[int, GivenAnswer]:
    """What was answered, by statement id, with the evidence of each."""
    linked = evidence_by_rating(assessment)
    rows = StatementRating.objects.filter(assessment=assessment).values_list(
        "id", "statement_id", "claim", "not_applicable", "reason", "version"
    )
    return {
        statement_id: GivenAnswer(
            rating_id=rating_id,
            statement_id=statement_id,
            answer="na" if not_applicable else claim,
            reason=reason,
            version=version,
            evidence=tuple(linked[rating_id]),
        )
        for rating_id, statement_id, claim, not_applicable, reason, version in rows.order_by("id")
    }


def evidence_by_rating(assessment: Assessment) -> dict[int, list[tuple[int, EvidenceFacts]]]:
    """Link id and item of every link of the assessment, in the order in which they were made."""
    found: dict[int, list[tuple[int, EvidenceFacts]]] = defaultdict(list)
    links = EvidenceLink.objects.filter(rating__assessment=assessment).in_order()
    for rating_id, link_id, *fields in links.values_list("rating_id", "id", *EVIDENCE_FIELDS):
        found[rating_id].append((link_id, evidence_facts(*fields)))
    return found


EVIDENCE_COLUMNS = (
    "id",
    "title",
    "situation",
    "action",
    "result",
    "started_on",
    "ended_on",
    "ongoing_on",
    "url",
    "language",
    "confirmed_at",
    "origin_id",
)
EVIDENCE_FIELDS = tuple(f"evidence__{column}" for column in EVIDENCE_COLUMNS)


def evidence_facts(*columns: Any) -> EvidenceFacts:
    """The facts of one row of EVIDENCE_COLUMNS."""
    row: dict[str, Any] = dict(zip(EVIDENCE_COLUMNS, columns, strict=True))
    is_confirmed = row.pop("confirmed_at") is not None
    origin = row.pop("origin_id") or row["id"]
    return EvidenceFacts(**row, is_confirmed=is_confirmed, origin=origin)


def facts_of(evidence: Evidence) -> EvidenceFacts:
    return evidence_facts(*(getattr(evidence, column) for column in EVIDENCE_COLUMNS))
