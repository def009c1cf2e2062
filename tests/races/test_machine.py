"""The whole life of an assessment, played at random by an employee, managers, HR and time."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from assessments.actions.accept import accept_the_rest
from assessments.actions.contest import assign_second_reviewer, decide_contest, rate_contested
from assessments.actions.deadlines import TAKE_BACK
from assessments.actions.errors import ActionError, NotDeterminedError, NotSettledError
from assessments.actions.hr import assign_reviewer, close_as_not_reviewed, reopen
from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.actions.take_back import take_back_decision
from assessments.models import Cycle, Response, Review, State
from skills.models import Skill
from tests.cast import Cast
from tests.races.arena import ROUNDS
from tests.races.life import WAITING, Employee


class Life(Employee):
    """With the managers and HR."""

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


@pytest.mark.django_db
def test_a_life_at_random(cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    class OnesLife(Life):
        pass

    OnesLife.cast, OnesLife.cycle, OnesLife.skill = cast, cycle, cexp
    run_state_machine_as_test(
        OnesLife,
        settings=settings(
            max_examples=ROUNDS,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
