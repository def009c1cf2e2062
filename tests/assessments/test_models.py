"""What the database refuses of assessments, and what it takes: each rule from both sides."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction

from assessments.actions.review import return_for_changes
from assessments.models import (
    AccessEntry,
    Assessment,
    Cycle,
    Evidence,
    EvidenceLink,
    EvidenceSuggestion,
    Review,
    State,
    StatementRating,
    Submission,
    SubmittedRating,
    Transition,
)
from assessments.models.log import AccessKind
from skills.models import Statement
from tests.assessments.report_cases import sent
from tests.cast import NOON, TODAY, Cast, answer, begin, evidence, link, rating_of

Refused = AbstractContextManager[Any]


def refused(constraint: str) -> Refused:
    return pytest.raises(IntegrityError, match=constraint)


def taken() -> Refused:
    return nullcontext()


def update(row: Any, **fields: Any) -> None:
    """Past all forms and actions, in a transaction of its own."""
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**fields)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"claim": 0}, taken()),
        ({"claim": 3}, taken()),
        ({"claim": 4}, refused("rating_0_to_3")),
        ({"claim": None, "not_applicable": True, "reason": "Não atendo."}, taken()),
        ({"claim": 2, "not_applicable": True, "reason": "Não atendo."}, refused("rating_0_to_3")),
        ({"not_applicable": True, "reason": ""}, refused("not_applicable_has_a_reason")),
    ],
)
def test_an_answer_is_a_rating_or_not_applicable(
    draft: Assessment, fields: dict[str, Any], outcome: Refused
) -> None:
    with outcome:
        update(rating_of(draft, "CEXP.3.1"), **fields)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"target": 7}, taken()),
        ({"target": 8}, refused("levels_on_the_ladder")),
        ({"start_level": 0}, refused("levels_on_the_ladder")),
        ({"role_target": None}, taken()),
        ({"role_target": 9}, refused("levels_on_the_ladder")),
    ],
)
def test_levels_are_on_the_ladder(draft: Assessment, fields: dict[str, Any], outcome: Refused) -> None:
    with outcome:
        update(draft, **fields)


@pytest.mark.parametrize(
    ("state", "moments", "is_taken"),
    [
        (State.SUBMITTED, "s", True),
        (State.WITHDRAWN, "s", True),
        (State.IN_REVIEW, "sr", True),
        (State.RETURNED, "srd", True),
        (State.VALIDATED, "srd", True),
        (State.REOPENED, "srd", True),
        (State.REOPENED, "s", True),
        (State.NOT_REVIEWED, "s", True),
        (State.NOT_REVIEWED, "sr", True),
        (State.DRAFT, "s", False),
        (State.SUBMITTED, "", False),
        (State.SUBMITTED, "sr", False),
        (State.WITHDRAWN, "sr", False),
        (State.IN_REVIEW, "s", False),
        (State.IN_REVIEW, "srd", False),
        (State.RETURNED, "sr", False),
        (State.VALIDATED, "sr", False),
        (State.REOPENED, "", False),
        (State.REOPENED, "sd", False),
        (State.NOT_REVIEWED, "", False),
        (State.NOT_REVIEWED, "sd", False),
    ],
)
def test_a_state_agrees_with_its_moments(draft: Assessment, state: str, moments: str, is_taken: bool) -> None:
    answer(draft, "CEXP.3.1", 3)
    sent(draft)
    fields = {
        "state": state,
        "submitted_at": NOON if "s" in moments else None,
        "review_started_at": NOON if "r" in moments else None,
        "decided_at": NOON if "d" in moments else None,
    }
    with taken() if is_taken else pytest.raises(IntegrityError):
        update(draft, **fields)


def test_what_was_sent_has_a_submission_and_a_draft_has_none(draft: Assessment) -> None:
    with refused("sent_has_a_submission"):
        update(draft, state=State.SUBMITTED, submitted_at=NOON)
    answer(draft, "CEXP.3.1", 3)
    submission = sent(draft)
    with refused("assessment_"):
        update(draft, state=State.DRAFT, submitted_at=None, latest_submission=submission)


def test_one_assessment_a_person_skill_and_cycle(draft: Assessment) -> None:
    with refused("assessment_once_a_cycle"):
        Assessment.objects.bulk_create(
            [
                Assessment(
                    employee=draft.employee,
                    skill=draft.skill,
                    cycle=draft.cycle,
                    target=4,
                    start_level=3,
                    started_at=NOON,
                )
            ]
        )


def test_one_row_a_statement(draft: Assessment) -> None:
    statement = Statement.objects.get(code="CEXP.3.1")
    with refused("rating_once_a_statement"):
        StatementRating.objects.create(assessment=draft, statement=statement)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"started_on": TODAY, "ended_on": TODAY, "ongoing_on": None}, taken()),
        (
            {"started_on": TODAY, "ended_on": TODAY - dt.timedelta(1), "ongoing_on": None},
            refused("ends_after"),
        ),
        ({"ended_on": None, "ongoing_on": TODAY}, taken()),
        ({"ended_on": None, "ongoing_on": None}, refused("ended_or_ongoing")),
        ({"ended_on": TODAY, "ongoing_on": TODAY}, refused("ended_or_ongoing")),
        ({"url": ""}, taken()),
        ({"url": "http://wiki/x"}, taken()),
        ({"url": "javascript:alert(1)"}, refused("link_is_http")),
    ],
)
def test_evidence_has_dates_and_a_link_that_make_sense(
    cast: Cast, fields: dict[str, Any], outcome: Refused
) -> None:
    with outcome:
        update(evidence(cast.ana), **fields)


def test_evidence_is_linked_once_and_to_one_s_own(draft: Assessment, cast: Cast) -> None:
    item, rating = evidence(cast.ana), rating_of(draft, "CEXP.3.1")
    link(draft, "CEXP.3.1", item)
    with refused("evidence_linked_once"), transaction.atomic():
        EvidenceLink.objects.create(evidence=item, rating=rating, created_at=NOON)
    with pytest.raises(ValidationError, match="your own"):
        EvidenceLink(evidence=evidence(cast.bruno), rating=rating, created_at=NOON).clean()


def test_deleting_evidence_takes_its_links_and_no_answer(draft: Assessment, cast: Cast) -> None:
    item = evidence(cast.ana)
    link(draft, "CEXP.3.1", item)
    Evidence.objects.get(pk=item.pk).delete()
    assert not EvidenceLink.objects.exists()
    assert draft.ratings.count() == 26


def test_a_return_has_a_reason_and_a_decision_a_result(draft: Assessment, cast: Cast) -> None:
    answer(draft, "CEXP.3.1", 3)
    review = return_for_changes(submission=sent(draft), reason="Falta o nível 2.", by=cast.marta, at=NOON)
    with refused("returned_with_a_reason"):
        update(review, reason="")
    with refused("decided_with_a_result"):
        update(review, result=None)
    with refused("decided_with_a_result"):
        update(review, decision="")
    assert Review.objects.get().reason == "Falta o nível 2."


@pytest.fixture
def kept(draft: Assessment, cast: Cast) -> list[Any]:
    """One row of each table that is written once."""
    answer(draft, "CEXP.3.1", 3)
    submission = sent(draft)
    entry = AccessEntry.objects.create(by=cast.helena, at=NOON, kind=AccessKind.EXPORT_LEVELS, reason="Anual")
    return [submission, SubmittedRating.objects.all()[0], Transition.objects.get(), entry]


def test_what_is_written_once_is_neither_changed_nor_deleted(kept: list[Any]) -> None:
    """Submissions, their ratings, transitions and the access log."""
    assert {type(row) for row in kept} == {Submission, SubmittedRating, Transition, AccessEntry}
    for row in kept:
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(id=row.pk + 1)
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")


def test_one_cycle_is_open_at_a_time(cycle: Cycle) -> None:
    other = Cycle(name="2027", submit_by=NOON, review_by=NOON + dt.timedelta(1))
    other.opened_at, other.policy = NOON, {}
    with refused("one_open_at_a_time"), transaction.atomic():
        other.save()
    update(cycle, closed_at=NOON)
    other.save()


@pytest.mark.parametrize("field", ["purpose_pt", "purpose_ru", "purpose_en", "policy", "opened_at"])
def test_an_open_cycle_keeps_its_purpose_and_policy(cycle: Cycle, field: str) -> None:
    changed = {"policy": {}, "opened_at": NOON - dt.timedelta(1)}.get(field, "Outro propósito")
    with pytest.raises(DatabaseError, match="frozen_when_open"):
        update(cycle, **{field: changed})


def test_an_open_cycle_s_dates_can_move(cycle: Cycle) -> None:
    update(cycle, review_by=cycle.review_by + dt.timedelta(7))
    with refused("submit_before_review"):
        update(cycle, review_by=cycle.submit_by)


def test_a_person_who_has_assessed_is_not_deleted(draft: Assessment) -> None:
    """Nothing of the company's record hangs in the air."""
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.employee.delete()


def test_answers_read_as_scoring_takes_them(cast: Cast, draft: Assessment) -> None:
    rating = rating_of(draft, "CEXP.3.1")
    assert (rating.answer, rating.is_answered) == (None, False)
    assert answer(draft, "CEXP.3.1", 0).answer == 0
    assert answer(draft, "CEXP.3.1", "na", "Não atendo.").answer == "na"
    assert begin(cast.bruno, draft.skill).ratings.answered().count() == 0


@pytest.mark.parametrize(
    ("score", "outcome"),
    [
        (0, taken()),
        (1, taken()),
        (-0.1, refused("suggestion_score_0_to_1")),
        (1.1, refused("suggestion_score_0_to_1")),
    ],
)
def test_a_suggestion_has_a_score_of_0_to_1(cast: Cast, score: float, outcome: Refused) -> None:
    first, second = Statement.objects.order_by("pk")[:2]
    item = evidence(cast.ana)
    item.suggestions.all().delete()
    item.suggestions.create(statement=first, score=0.5)
    with outcome:
        update(item.suggestions.create(statement=second, score=0.5), score=score)


def test_a_statement_is_suggested_once_for_an_item(cast: Cast) -> None:
    item, statement = evidence(cast.ana), Statement.objects.order_by("pk")[0]
    item.suggestions.all().delete()
    EvidenceSuggestion.objects.create(evidence=item, statement=statement, score=0.5)
    EvidenceSuggestion.objects.create(
        evidence=evidence(cast.bruno, action="", title="-"), statement=statement, score=0.5
    )
    with refused("evidence_suggested_once"), transaction.atomic():
        EvidenceSuggestion.objects.create(evidence=item, statement=statement, score=0.5)


def test_only_a_validated_level_is_contested(draft: Assessment) -> None:
    with refused("contested_once_validated"):
        update(draft, contested_at=NOON)


def test_nobody_is_assigned_to_review_themselves(draft: Assessment) -> None:
    with refused("not_reviewed_by_oneself"):
        update(draft, assigned_reviewer=draft.employee)
