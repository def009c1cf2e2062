"""Who is to know what happened to an assessment."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from assessments.actions.deadlines import TAKE_BACK
from assessments.actions.delegation import delegate_reviews, end_delegation
from assessments.actions.hr import assign_reviewer, reopen
from assessments.actions.notify import MAIL_AFTER, tell
from assessments.actions.respond import respond
from assessments.actions.review import return_for_changes
from assessments.actions.send import record, submit, withdraw
from assessments.models import Assessment, Notice, State, Submission
from assessments.models.contest import Answer
from assessments.models.notice import NoticeKind
from people.clock import start_of
from tests.assessments.mail_cases import DECIDED, IN_REVIEW, changed, decided, waiting
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import LATER, validated
from tests.cast import NOON, TODAY, Cast, answer_level, begin


def test_what_is_sent_is_told_to_the_nearest_manager(submission: Submission) -> None:
    """At once."""
    notice = Notice.objects.get()
    assert (notice.recipient.name, notice.kind, notice.due_at) == ("Marta", "submitted", NOON)


def test_whom_hr_chose_is_told_instead(draft: Assessment, cast: Cast) -> None:
    """The manager hears nothing."""
    worked_example(draft)
    draft.assigned_reviewer = cast.elena
    draft.save()
    sent(draft)
    assert waiting() == {("Elena", "submitted")}


def test_mail_that_waits_for_a_former_reviewer_is_not_sent(submission: Submission, cast: Cast) -> None:
    """HR has assigned another one, and another one again."""
    for chosen in (cast.elena, cast.carla, cast.elena):
        assign_reviewer(assessment=submission.assessment, reviewer=chosen, by=cast.helena, at=LATER)
        assert waiting() == {(chosen.name, "submitted")}


def test_who_reviews_for_a_manager_who_is_away_is_told_too(draft: Assessment, cast: Cast) -> None:
    """On the days of their absence, and where it is not the delegate's own."""
    worked_example(draft)
    answer_level(own := begin(cast.carla, draft.skill), 3, 3)
    delegate_reviews(delegate=cast.carla, starts_on=TODAY, ends_on=TODAY, by=cast.marta, at=NOON)
    sent(draft)
    assert waiting() == {("Marta", "submitted"), ("Carla", "submitted"), ("Carla", "delegated")}
    sent(own)
    assert Notice.objects.filter(transition__assessment=own).get().recipient == cast.marta


def test_a_delegate_is_told_when_the_days_begin(cast: Cast) -> None:
    """Once, on the first of them; at once where it is today. Ended before, it is told no more."""
    monday = TODAY + dt.timedelta(days=3)
    made = delegate_reviews(delegate=cast.carla, starts_on=monday, ends_on=monday, by=cast.marta, at=NOON)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.due_at) == (cast.carla, "delegated", start_of(monday))
    end_delegation(delegation=made, by=cast.marta, at=LATER)
    assert waiting() == set()
    delegate_reviews(delegate=cast.carla, starts_on=TODAY, ends_on=TODAY, by=cast.marta, at=NOON)
    assert Notice.objects.waiting().get().due_at == NOON


def test_without_a_manager_hr_is_told(draft: Assessment, cast: Cast) -> None:
    """They choose who reviews it."""
    worked_example(draft)
    cast.ana.memberships.all().delete()
    sent(draft)
    assert waiting() == {("Helena", "no_reviewer")}


def test_taken_back_before_it_was_mailed_only_that_is_told(submission: Submission, cast: Cast) -> None:
    """What was sent is no longer so."""
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    assert waiting() == {("Marta", "withdrawn")}


def test_a_returned_assessment_is_told_to_the_employee_later(submission: Submission, cast: Cast) -> None:
    """Once it can no longer be taken back; the manager who did it hears nothing."""
    return_for_changes(submission=submission, reason="Falta o resultado.", by=cast.marta, at=LATER)
    notice = Notice.objects.waiting().get()
    assert (notice.recipient, notice.kind, notice.due_at) == (cast.ana, "returned", LATER + MAIL_AFTER)
    assert MAIL_AFTER > TAKE_BACK == dt.timedelta(minutes=15)


def test_a_decision_that_is_taken_back_is_told_to_nobody(submission: Submission, cast: Cast) -> None:
    """What waited is dropped, and kept as such."""
    decided(submission.assessment, cast.marta)
    assert waiting() == {("Ana", "validated")}
    changed(submission.assessment, State.IN_REVIEW, by=cast.marta, **IN_REVIEW)
    assert waiting() == set()
    assert Notice.objects.get(kind="validated").dropped_at == LATER


def test_decided_again_it_is_told_once(submission: Submission, cast: Cast) -> None:
    """The last word."""
    decided(submission.assessment, cast.marta)
    changed(submission.assessment, State.IN_REVIEW, by=cast.marta, **IN_REVIEW)
    changed(submission.assessment, State.RETURNED, by=cast.marta, **DECIDED)
    assert waiting() == {("Ana", "returned")}


@pytest.mark.parametrize("state", [State.REOPENED, State.NOT_REVIEWED])
def test_what_hr_does_is_told_to_the_employee_at_once(
    submission: Submission, cast: Cast, state: State
) -> None:
    """It cannot be taken back."""
    changed(submission.assessment, state, by=cast.helena)
    notice = Notice.objects.waiting().get(recipient=cast.ana)
    assert (notice.kind, notice.due_at) == (state.value, LATER)


@pytest.mark.parametrize("state", [State.REOPENED, State.NOT_REVIEWED])
def test_what_hr_does_is_told_to_whom_it_waited_for(submission: Submission, cast: Cast, state: State) -> None:
    changed(submission.assessment, state, by=cast.helena)
    assert waiting() == {("Ana", state.value), ("Marta", "moved_on")}


def test_a_reopened_decision_is_told_to_who_made_it(submission: Submission, cast: Cast) -> None:
    """Also where somebody else leads the person by now."""
    review = validated(submission=submission, by=cast.marta)
    review.credit(cast.elena, review.decided_at)
    review.save()
    cast.ana.memberships.all().delete()
    reopen(assessment=submission.assessment, reason="Erro no nível.", by=cast.helena, at=LATER)
    assert waiting() == {("Ana", "reopened"), ("Marta", "moved_on"), ("Elena", "moved_on")}


@pytest.mark.parametrize("answer", [Answer.AGREED, Answer.NOTED])
def test_an_answer_is_told_to_the_reviewer(submission: Submission, cast: Cast, answer: Answer) -> None:
    review = validated(submission=submission, by=cast.marta)
    respond(
        assessment=submission.assessment,
        decided_at=review.decided_at or LATER,
        answer=answer,
        note="De acordo." if answer == Answer.NOTED else "",
        by=cast.ana,
        at=LATER + dt.timedelta(hours=1),
    )
    assert waiting() == {("Marta", "moved_on")}


def test_a_review_that_begins_is_told_to_nobody(submission: Submission, cast: Cast) -> None:
    """And who reviews it need not hear that it waits."""
    changed(submission.assessment, State.IN_REVIEW, by=cast.marta, **IN_REVIEW)
    assert waiting() == set()


def test_nobody_hears_of_what_they_did_themselves(submission: Submission, cast: Cast) -> None:
    """HR reopens their own, say."""
    changed(submission.assessment, State.REOPENED, by=cast.ana)
    assert waiting() == {("Marta", "moved_on")}


def test_a_deactivated_person_is_told_nothing(submission: Submission, cast: Cast) -> None:
    """Nobody reads that address any more."""
    cast.ana.is_active = False
    cast.ana.save()
    submission.assessment.employee.refresh_from_db()
    changed(submission.assessment, State.REOPENED, by=cast.helena)
    assert waiting() == {("Marta", "moved_on")}


def test_a_record_that_changes_no_state_tells_what_its_action_says(
    submission: Submission, cast: Cast
) -> None:
    """A contest keeps the state: its action names whom it concerns, as often as it likes."""
    decided(submission.assessment, cast.marta)
    contested = record(submission.assessment, from_state=State.VALIDATED, by=cast.ana, at=LATER)
    for _ in range(2):
        tell([cast.marta, cast.ana], NoticeKind.CONTESTED, about=contested, by=cast.ana)
    assert waiting() == {("Marta", "contested")}
    assert Notice.objects.waiting().count() == 1


def test_who_read_the_evidence_is_told_whatever_follows(submission: Submission, cast: Cast) -> None:
    """The rest would be overtaken."""
    decision = decided(submission.assessment, cast.marta)
    tell([cast.ana], NoticeKind.EVIDENCE_READ, about=decision, by=cast.elena, at=LATER)
    record(submission.assessment, from_state=State.VALIDATED, by=cast.elena, at=LATER)
    assert waiting() == {("Ana", "evidence_read")}


def test_what_waits_about_another_assessment_is_left_alone(submission: Submission, cast: Cast) -> None:
    """Bruno's is still to be reviewed when Ana's is withdrawn."""
    other = begin(cast.bruno, submission.assessment.skill)
    answer_level(other, 3, 3)
    sent(other)
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    assert waiting() == {("Marta", "submitted"), ("Marta", "withdrawn")}


def test_what_is_rolled_back_is_told_to_nobody(draft: Assessment, cast: Cast) -> None:
    """The notice is made in the same transaction."""
    worked_example(draft)
    with transaction.atomic():
        submit(assessment=draft, by=cast.ana, at=NOON, on=TODAY)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("fields", [{"sent_at": NOON}, {"claimed_at": NOON, "dropped_at": NOON}])
def test_the_database_refuses_what_cannot_be(submission: Submission, fields: dict[str, dt.datetime]) -> None:
    """Sent without having been claimed; claimed and dropped."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(**fields)


def test_the_database_takes_what_can_be(submission: Submission) -> None:
    """Claimed, then sent; or dropped."""
    Notice.objects.update(claimed_at=NOON, sent_at=NOON)
    Notice.objects.update(claimed_at=None, sent_at=None, dropped_at=NOON)
    assert not Notice.objects.waiting().exists()
