"""The whole life of an assessment, played at random by an employee, managers, HR and time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assessments.actions.accept import accept_the_rest
from assessments.actions.assess import rate_statement
from assessments.actions.contest import assign_second_reviewer, decide_contest, rate_contested
from assessments.actions.deadlines import TAKE_BACK
from assessments.actions.errors import ActionError, NotDeterminedError, NotSettledError
from assessments.actions.hr import assign_reviewer, close_as_not_reviewed, reopen
from assessments.actions.respond import respond
from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.actions.send import submit, withdraw
from assessments.actions.take_back import take_back_decision
from assessments.models import Assessment, Cycle, Response, Review, State, Submission
from assessments.models.contest import Answer
from assessments.results.frozen import digest_of
from assessments.results.recomputed import differences
from skills.models import Skill
from tests.cast import NOON, Cast, begin
from tests.races.arena import ROUNDS

EDITABLE = {State.DRAFT, State.RETURNED, State.WITHDRAWN, State.REOPENED}
WAITING = {State.SUBMITTED, State.IN_REVIEW}
# make races plays 2,000 lives.
EXAMPLES = ROUNDS
MINUTES = st.sampled_from([1, 14, 16, 60 * 24, 60 * 24 * 13, 60 * 24 * 40])


def refusal_of(act: Callable[[], Any]) -> ActionError | None:
    """Why it was not done; None where it was."""
    try:
        with transaction.atomic():
            act()
    except ActionError as error:
        return error
    return None


class Life(RuleBasedStateMachine):
    """Ana's assessment. ``state`` and the marks beside it are what a reader of the rules would expect."""

    cast: Cast
    cycle: Cycle
    skill: Skill

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.at = NOON
        self.assessment = begin(self.cast.ana, self.skill, target=3, start_level=2)
        self.state: str = State.DRAFT
        self.answered = False
        self.decided_at: dt.datetime | None = None
        self.decided_by = self.cast.marta
        self.reviewer = self.cast.marta
        # What stands in the way of taking a decision back, or of answering it.
        self.touched = self.responded = self.contested = False
        self.texts: dict[int, str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def attempt(self, may: bool, act: Callable[[], Any], *but: type[ActionError]) -> bool:
        """Does it: exactly what the rules allow succeeds, save for the reasons that are named."""
        refusal = refusal_of(act)
        if refusal is None:
            assert may, f"{self.state}: this should have been refused"
        else:
            assert not may or isinstance(refusal, but), f"{self.state}: {refusal!r}"
        return refusal is None

    @property
    def submission(self) -> Submission:
        self.assessment.refresh_from_db()
        found = self.assessment.latest_submission
        assert found is not None
        return found

    @property
    def was_sent(self) -> bool:
        return self.state != State.DRAFT

    @initialize(claims=st.tuples(st.integers(0, 3), st.integers(0, 3)), is_sent=st.integers(0, 3))
    def the_first_answers(self, claims: tuple[int, int], is_sent: int) -> None:
        """Both levels are rated; mostly it is sent."""
        for level, claim in zip((2, 3), claims, strict=True):
            self.employee_rates(level, claim)
        if is_sent:
            self.employee_sends()

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        self.at += dt.timedelta(minutes=minutes)

    @rule(level=st.sampled_from([2, 3]), claim=st.integers(0, 3))
    def employee_rates(self, level: int, claim: int) -> None:
        ratings = list(self.assessment.ratings.filter(statement__skill_level__level__number=level))

        def save() -> None:
            for rating in ratings:
                rate_statement(
                    assessment=self.assessment,
                    rating_id=rating.pk,
                    answer=claim,
                    version=rating.version,
                    by=self.cast.ana,
                    at=self.at,
                )

        if self.attempt(self.state in EDITABLE, save):
            self.answered = self.touched = True

    @precondition(lambda self: self.answered)
    @rule()
    def employee_sends(self) -> None:
        may = self.state in EDITABLE

        def send() -> None:
            submit(assessment=self.assessment, by=self.cast.ana, at=self.at, on=self.at.date())

        if self.attempt(may, send):
            self.state, self.decided_at = State.SUBMITTED, None
            self.touched = self.responded = False

    @precondition(lambda self: self.was_sent)
    @rule()
    def employee_takes_it_back(self) -> None:
        def take_back() -> None:
            withdraw(assessment=self.assessment, by=self.cast.ana, at=self.at)

        if self.attempt(self.state == State.SUBMITTED, take_back):
            self.state = State.WITHDRAWN

    @precondition(lambda self: self.was_sent)
    @rule(answer=st.integers(0, 3))
    def manager_rates(self, answer: int) -> None:
        sent = self.submission
        statement = sent.ratings.order_by("statement__code").values_list("statement_id", flat=True)[0]
        review = Review.objects.filter(submission=sent).first()
        version = review.ratings.get(statement_id=statement).version if review else 0

        def rate() -> None:
            rate_in_review(
                submission=sent,
                statement_id=statement,
                answer=answer,
                comment="Vi de perto.",
                basis="observation",
                version=version,
                by=self.reviewer,
                at=self.at,
            )

        if self.attempt(self.state in WAITING, rate):
            self.state = State.IN_REVIEW

    @precondition(lambda self: self.was_sent)
    @rule()
    def manager_accepts_the_rest(self) -> None:
        sent = self.submission
        if self.attempt(
            self.state in WAITING, lambda: accept_the_rest(submission=sent, by=self.reviewer, at=self.at)
        ):
            self.state = State.IN_REVIEW

    @precondition(lambda self: self.state in WAITING)
    @rule()
    def manager_accepts_and_validates(self) -> None:
        self.manager_accepts_the_rest()
        self.manager_validates()

    @precondition(lambda self: self.was_sent)
    @rule()
    def manager_validates(self) -> None:
        sent = self.submission
        if self.attempt(
            self.state in WAITING,
            lambda: validate(submission=sent, by=self.reviewer, at=self.at),
            NotDeterminedError,
            NotSettledError,
        ):
            self.decide(State.VALIDATED)

    @precondition(lambda self: self.was_sent)
    @rule()
    def manager_returns(self) -> None:
        sent = self.submission
        if self.attempt(
            self.state in WAITING,
            lambda: return_for_changes(submission=sent, reason="Falta.", by=self.reviewer, at=self.at),
        ):
            self.decide(State.RETURNED)

    def decide(self, state: str) -> None:
        self.state, self.decided_at, self.decided_by = state, self.at, self.reviewer
        self.touched = self.responded = False

    @precondition(lambda self: self.was_sent)
    @rule()
    def manager_takes_the_decision_back(self) -> None:
        sent = self.submission
        in_time = self.decided_at is not None and self.at <= self.decided_at + TAKE_BACK
        may = (
            self.state in {State.VALIDATED, State.RETURNED}
            and in_time
            and not self.responded
            and self.decided_by == self.reviewer
        )
        # An answer given again as it was sent leaves the decision as it was: either is right.
        unsure = may and self.state == State.RETURNED and self.touched

        def take_back() -> None:
            take_back_decision(submission=sent, by=self.decided_by, at=self.at)

        if self.attempt(may, take_back, *([ActionError] if unsure else [])):
            self.state, self.decided_at = State.IN_REVIEW, None

    @precondition(lambda self: self.was_sent)
    @rule(answer=st.sampled_from([Answer.AGREED, Answer.CONTESTED]))
    def employee_answers(self, answer: Answer) -> None:
        sent = self.submission
        statement = sent.ratings.order_by("statement__code").values_list("statement_id", flat=True)[0]
        in_time = self.decided_at is not None and (
            self.at.date() <= self.decided_at.date() + dt.timedelta(days=self.cycle.contest_days)
        )
        may = self.state == State.VALIDATED and in_time and not self.responded

        def answer_it() -> None:
            respond(
                assessment=self.assessment,
                decided_at=self.decided_at or self.at,
                answer=answer,
                contested={statement: "Fiz isso."} if answer == Answer.CONTESTED else {},
                by=self.cast.ana,
                at=self.at,
            )

        if self.attempt(may, answer_it):
            self.responded, self.contested = True, answer == Answer.CONTESTED

    @precondition(lambda self: self.contested)
    @rule(answer=st.integers(0, 3))
    def second_reviewer_decides(self, answer: int) -> None:
        response = Response.objects.get(review__submission=self.submission)
        first = Review.objects.get(submission=self.submission).result

        def decide() -> None:
            assign_second_reviewer(
                response=response, reviewer=self.cast.elena, by=self.cast.helena, at=self.at
            )
            row = response.statements.get()
            rate_contested(
                response=response,
                statement_id=row.statement_id,
                answer=answer,
                comment="Li tudo.",
                basis="evidence",
                version=row.version,
                by=self.cast.elena,
                at=self.at,
            )
            decide_contest(response=response, by=self.cast.elena, at=self.at)

        if self.attempt(True, decide, NotDeterminedError):
            self.contested = False
            response.refresh_from_db()
            assert response.first_result == first

    @precondition(lambda self: self.was_sent)
    @rule()
    def hr_assigns(self) -> None:
        def assign() -> None:
            assign_reviewer(
                assessment=self.assessment, reviewer=self.cast.elena, by=self.cast.helena, at=self.at
            )

        if self.attempt(self.state in WAITING, assign):
            self.reviewer = self.cast.elena

    @precondition(lambda self: self.was_sent)
    @rule()
    def hr_closes_it(self) -> None:
        may = self.state in WAITING and self.at > self.cycle.review_by

        def close() -> None:
            close_as_not_reviewed(assessment=self.assessment, by=self.cast.helena, at=self.at)

        if self.attempt(may, close):
            self.state = State.NOT_REVIEWED

    @precondition(lambda self: self.was_sent)
    @rule()
    def hr_reopens(self) -> None:
        may = self.state in {State.VALIDATED, State.NOT_REVIEWED} and not self.contested

        def open_again() -> None:
            reopen(assessment=self.assessment, reason="Novo trabalho.", by=self.cast.helena, at=self.at)

        if self.attempt(may, open_again):
            self.state, self.responded = State.REOPENED, False

    @invariant()
    def the_state_is_the_expected_one(self) -> None:
        found = Assessment.objects.get(pk=self.assessment.pk)
        assert (found.state, found.contested_at is not None) == (self.state, self.contested)

    @invariant()
    def the_history_has_no_gap(self) -> None:
        steps = list(self.assessment.transitions.order_by("at", "id").values_list("from_state", "to_state"))
        befores = [State.DRAFT, *(after for _, after in steps)]
        assert all(start == before for (start, _), before in zip(steps, befores, strict=False))
        assert befores[-1] == self.state

    @invariant()
    def what_was_sent_never_changes(self) -> None:
        for submission in self.assessment.submissions.all():
            assert digest_of(submission.document) == submission.digest
            assert self.texts.setdefault(submission.pk, submission.digest) == submission.digest

    @invariant()
    def stored_results_are_what_scoring_says(self) -> None:
        assert list(differences()) == []


@pytest.mark.django_db
def test_a_life_at_random(cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    class OnesLife(Life):
        pass

    OnesLife.cast, OnesLife.cycle, OnesLife.skill = cast, cycle, cexp
    run_state_machine_as_test(
        OnesLife,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not connection.needs_rollback
