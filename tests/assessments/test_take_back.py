"""Taking a decision back: by who took it, for 15 minutes, while nobody has built on it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from assessments.actions.accept import accept_the_rest
from assessments.actions.assess import change_target
from assessments.actions.deadlines import TAKE_BACK
from assessments.actions.errors import (
    ActionError,
    AnsweredError,
    ChangedSinceError,
    NotEditableError,
    NotYoursError,
    TooLateError,
    WrongStateError,
)
from assessments.actions.evidence import delete_evidence, edit_evidence, unlink_evidence
from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.actions.take_back import take_back_decision
from assessments.models import (
    Assessment,
    EvidenceLink,
    Notice,
    Response,
    Review,
    State,
    Submission,
    Transition,
)
from assessments.models.notice import NoticeKind
from tests.assessments.report_cases import sent
from tests.assessments.review_cases import LATER, statement_id, word
from tests.cast import TODAY, Cast, answer, evidence, link

MINUTE = dt.timedelta(minutes=1)
SOON = LATER + MINUTE


@pytest.fixture
def returned(submission: Submission, cast: Cast) -> Submission:
    return_for_changes(submission=submission, reason="Falta o efeito.", by=cast.marta, at=LATER)
    return submission


@pytest.fixture
def validated(submission: Submission, cast: Cast) -> Submission:
    accept_the_rest(submission=submission, by=cast.marta, at=LATER)
    validate(submission=submission, by=cast.marta, at=LATER)
    return submission


def state_of(submission: Submission) -> str:
    return Assessment.objects.get(pk=submission.assessment_id).state


@pytest.mark.parametrize("decided", ["returned", "validated"])
def test_the_review_goes_on_as_it_was(
    decided: str, cast: Cast, submission: Submission, request: pytest.FixtureRequest
) -> None:
    """Its ratings stand, the moments agree, the history says what happened; it can be decided again."""
    rate_in_review(
        submission=submission,
        statement_id=statement_id("CEXP.4.1"),
        answer=2,
        comment="Vi.",
        basis="observation",
        version=0,
        by=cast.marta,
        at=LATER,
    )
    request.getfixturevalue(decided)
    take_back_decision(submission=submission, by=cast.marta, at=LATER + TAKE_BACK)
    review = Review.objects.get()
    assert (review.decision, review.decided_at, review.result) == ("", None, None)
    assert word(submission, "CEXP.4.1").comment == "Vi."
    last = Transition.objects.last()
    assert last is not None
    assert (last.from_state, last.to_state, last.by) == (decided, State.IN_REVIEW, cast.marta)
    accept_the_rest(submission=submission, by=cast.marta, at=LATER)
    validate(submission=submission, by=cast.marta, at=LATER + TAKE_BACK)
    assert state_of(submission) == State.VALIDATED


def test_the_reason_of_a_return_is_kept_to_be_used_again(cast: Cast, returned: Submission) -> None:
    take_back_decision(submission=returned, by=cast.marta, at=SOON)
    assert Review.objects.get().reason == "Falta o efeito."


def test_mail_that_waits_never_leaves(cast: Cast, returned: Submission) -> None:
    """What was sent stays sent."""
    sent_before = Notice.objects.get(kind=NoticeKind.SUBMITTED)
    waiting = Notice.objects.get(kind=NoticeKind.RETURNED)
    Notice.objects.those([sent_before]).update(claimed_at=LATER, sent_at=LATER, dropped_at=None)
    take_back_decision(submission=returned, by=cast.marta, at=SOON)
    after = Notice.objects.in_bulk([waiting.pk, sent_before.pk])
    assert (after[waiting.pk].dropped_at, after[sent_before.pk].dropped_at) == (SOON, None)


def test_after_15_minutes_it_stands(cast: Cast, validated: Submission) -> None:
    late = LATER + TAKE_BACK + dt.timedelta(microseconds=1)
    with pytest.raises(TooLateError):
        take_back_decision(submission=validated, by=cast.marta, at=late)
    assert state_of(validated) == State.VALIDATED


def test_it_is_taken_back_by_who_took_it(cast: Cast, validated: Submission) -> None:
    for other in (cast.carla, cast.ana, cast.helena):
        with pytest.raises(NotYoursError):
            take_back_decision(submission=validated, by=other, at=SOON)


def test_what_is_not_decided_is_not_taken_back(cast: Cast, submission: Submission) -> None:
    """Nothing begun, and taken back already."""
    with pytest.raises(WrongStateError):
        take_back_decision(submission=submission, by=cast.marta, at=LATER)
    accept_the_rest(submission=submission, by=cast.marta, at=LATER)
    validate(submission=submission, by=cast.marta, at=LATER)
    take_back_decision(submission=submission, by=cast.marta, at=SOON)
    with pytest.raises(WrongStateError):
        take_back_decision(submission=submission, by=cast.marta, at=SOON)


def test_what_was_sent_again_is_another_submission(cast: Cast, returned: Submission) -> None:
    sent(returned.assessment)
    with pytest.raises(WrongStateError):
        take_back_decision(submission=returned, by=cast.marta, at=SOON)
    assert state_of(returned) == State.SUBMITTED


def test_an_answered_decision_stands(cast: Cast, validated: Submission) -> None:
    Response.objects.create(review=Review.objects.get(), answer="agreed", at=SOON)
    with pytest.raises(AnsweredError):
        take_back_decision(submission=validated, by=cast.marta, at=SOON)


def answered(submission: Submission) -> None:
    answer(submission.assessment, "CEXP.4.2", 3)


def linked(submission: Submission) -> None:
    link(submission.assessment, "CEXP.4.3", evidence(submission.assessment.employee, title="Outra"))


def unlinked(submission: Submission) -> None:
    found = EvidenceLink.objects.filter(rating__assessment=submission.assessment).order_by("id")[0]
    unlink_evidence(link=found, by=submission.assessment.employee, at=SOON)


def aimed(submission: Submission) -> None:
    change_target(assessment=submission.assessment, target=5, by=submission.assessment.employee, at=SOON)


def edited(submission: Submission) -> None:
    ana = submission.assessment.employee
    item = ana.evidence.get(title="Mapa da jornada do app")
    fields = {"title": item.title, "result": "Caiu."}
    edit_evidence(evidence=item, fields=fields, version=item.version, by=ana, at=SOON, on=TODAY)


@pytest.mark.parametrize("change", [answered, linked, unlinked, aimed, edited])
def test_what_the_employee_went_on_with_is_theirs(
    cast: Cast, returned: Submission, change: Callable[[Submission], None]
) -> None:
    change(returned)
    with pytest.raises(ChangedSinceError):
        take_back_decision(submission=returned, by=cast.marta, at=SOON)
    assert state_of(returned) == State.RETURNED


def test_what_was_deleted_before_the_decision_is_no_change(cast: Cast, submission: Submission) -> None:
    """An item takes its links along whenever it is deleted; what was sent has its own copy."""
    item = cast.ana.evidence.get(title="Mapa da jornada do app")
    delete_evidence(evidence=item, by=cast.ana, at=LATER)
    return_for_changes(submission=submission, reason="Falta.", by=cast.marta, at=LATER)
    take_back_decision(submission=submission, by=cast.marta, at=SOON)
    assert state_of(submission) == State.IN_REVIEW


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(8))
def test_an_answer_and_taking_back_at_once(cast: Cast, returned: Submission, _round: int) -> None:
    """Exactly one wins, and what the loser is told agrees with what stands."""
    errors: dict[str, ActionError] = {}
    gate = threading.Barrier(2)

    def run(name: str, do: Callable[[], object]) -> None:
        gate.wait()
        try:
            do()
        except ActionError as error:
            errors[name] = error
        finally:
            connection.close()

    tasks = {
        "answer": lambda: answered(returned),
        "take back": lambda: take_back_decision(submission=returned, by=cast.marta, at=SOON),
    }
    threads = [threading.Thread(target=run, args=task) for task in tasks.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    claim = returned.assessment.ratings.get(statement__code="CEXP.4.2").claim
    if "answer" in errors:
        assert isinstance(errors["answer"], NotEditableError)
        assert (state_of(returned), claim) == (State.IN_REVIEW, 2)
    else:
        assert isinstance(errors["take back"], ChangedSinceError)
        assert (state_of(returned), claim) == (State.RETURNED, 3)
