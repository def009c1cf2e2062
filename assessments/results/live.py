"""An assessment as it stands now, read from the tables in two queries."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from typing import Any

from django.db import connection

from assessments.models import Assessment
from assessments.results.sheet import EvidenceFacts, FileFacts, GivenAnswer, Header, Sheet, sheet
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
    return {
        statement_id: GivenAnswer(
            rating_id=rating_id,
            statement_id=statement_id,
            answer="na" if not_applicable else claim,
            reason=reason,
            version=version,
            evidence=tuple(linked[rating_id]),
        )
        for rating_id, statement_id, claim, not_applicable, reason, version in _rows(RATINGS, assessment)
    }


# Every page of an assessment asks these two: composing them anew would cost several times what asking does.
RATINGS = """
    SELECT id, statement_id, claim, not_applicable, reason, version
    FROM assessments_statementrating WHERE assessment_id = %s ORDER BY id
"""
LINKED = """
    SELECT link.rating_id, link.id, evidence.id, evidence.title, evidence.situation, evidence.action,
        evidence.result, evidence.started_on, evidence.ended_on, evidence.ongoing_on, evidence.url,
        evidence.language, evidence.confirmed_at, evidence.origin_id,
        (SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name, 'size', size, 'sha256', sha256)
            ORDER BY position, id) FROM assessments_evidencefile WHERE evidence_id = evidence.id)
    FROM assessments_evidencelink link
    JOIN assessments_statementrating rating ON rating.id = link.rating_id
    JOIN assessments_evidence evidence ON evidence.id = link.evidence_id
    WHERE rating.assessment_id = %s ORDER BY link.created_at, link.id
"""


def _rows(statement: str, assessment: Assessment) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [assessment.pk])
        return list(cursor.fetchall())


def evidence_by_rating(assessment: Assessment) -> dict[int, list[tuple[int, EvidenceFacts]]]:
    """Link id and item of every link of the assessment, in the order in which they were made."""
    found: dict[int, list[tuple[int, EvidenceFacts]]] = defaultdict(list)
    for rating_id, link_id, *fields, files in _rows(LINKED, assessment):
        found[rating_id].append((link_id, evidence_facts(*fields, json.loads(files or "[]"))))
    return found


# As LINKED has them, its files read.
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
    "file_rows",
)


def evidence_facts(*columns: Any) -> EvidenceFacts:
    """The facts of one row of EVIDENCE_COLUMNS."""
    row: dict[str, Any] = dict(zip(EVIDENCE_COLUMNS, columns, strict=True))
    is_confirmed = row.pop("confirmed_at") is not None
    origin = row.pop("origin_id") or row["id"]
    files = tuple(FileFacts(**file) for file in row.pop("file_rows"))
    return EvidenceFacts(**row, is_confirmed=is_confirmed, origin=origin, files=files)
