"""Assessments that reports are made of."""

import datetime as dt

from assessments.actions.review import rate_in_review
from assessments.actions.send import submit
from assessments.models import Assessment, Review, Submission
from people.models import User
from skills.models import Statement
from tests.assessments.review_cases import validated
from tests.cast import NOON, TODAY, answer, answer_level, evidence, link

STALE_END = dt.date(2022, 5, 31)


def worked_example(assessment: Assessment) -> None:
    """Level 3 attained; level 4 claimed at 16 of 18 points and supported at 10, as the design's example."""
    owner = assessment.employee
    full = evidence(owner)
    answer_level(assessment, 3, 3)
    for position in range(1, 6):
        link(assessment, f"CEXP.3.{position}", full)
    for position, claim in enumerate((3, 2, 2, 3, 3, 3), start=1):
        answer(assessment, f"CEXP.4.{position}", claim)
    for code in ("CEXP.4.1", "CEXP.4.5"):
        link(assessment, code, full)
    link(assessment, "CEXP.4.2", evidence(owner, title="Mapa da jornada do app", result="", url=""))
    link(assessment, "CEXP.4.4", evidence(owner, title="Projeto do balcão", ended_on=STALE_END))
    link(assessment, "CEXP.4.6", evidence(owner, title="Painel de métricas", url=""))


def sent(assessment: Assessment) -> Submission:
    return submit(assessment=assessment, by=assessment.employee, at=NOON, on=TODAY)


def reviewed(submission: Submission, *, by: User, lower: dict[str, int] | None = None) -> Review:
    """Validated as the evidence supports it, but for the statements that the reviewer rates otherwise."""
    for code, rating in (lower or {}).items():
        rate_in_review(
            submission=submission,
            statement_id=Statement.objects.get(code=code).pk,
            answer=rating,
            comment="Vi só uma parte.",
            basis="conversation",
            version=0,
            by=by,
            at=NOON + dt.timedelta(hours=1),
        )
    return validated(submission=submission, by=by, at=NOON + dt.timedelta(hours=2))
