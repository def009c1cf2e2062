"""The whole life of an assessment, played at random by an employee, managers, HR and time."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from assessments.actions.contest import assign_second_reviewer, decide_contest, rate_contested
from assessments.actions.errors import NotDeterminedError
from assessments.actions.hr import (
    assign_reviewer,
    close_as_not_reviewed,
    close_cycle_as_not_reviewed,
    reopen,
)
from assessments.models import Cycle, Response, State
from skills.models import Skill
from tests.cast import Cast
from tests.races.arena import ROUNDS
from tests.races.life import WAITING
from tests.races.managers import Managers


class Life(Managers):
    """With the managers, HR and the second reviewer."""

    @precondition(lambda self: self.contested)
    @rule(answer=st.integers(0, 3))
    def second_reviewer_rates(self, answer: int) -> None:
        """Elena, whom HR chose for it."""
        response = self.response
        row = response.statements.get()

        def rate() -> None:
            assign_second_reviewer(
                response=response, reviewer=self.cast.elena, by=self.cast.helena, at=self.at
            )
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

        if self.attempt(True, rate):
            self.second_has_rated = True

    @precondition(lambda self: self.contested)
    @rule()
    def second_reviewer_decides(self) -> None:
        """Not before all that is contested is rated; the first result is kept."""
        response = self.response
        first = response.review.result

        def decide() -> None:
            decide_contest(response=response, by=self.cast.elena, at=self.at)

        if self.attempt(self.second_has_rated, decide, NotDeterminedError):
            self.contested, self.is_new = False, True
            assert self.response.first_result == first

    @property
    def response(self) -> Response:
        return Response.objects.select_related("review").get(review__submission=self.submission)

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

    @rule()
    def hr_closes_all(self) -> None:
        """Of the cycle, whatever waits."""
        is_waiting = self.state in WAITING

        def close() -> None:
            closed = close_cycle_as_not_reviewed(cycle=self.cycle, by=self.cast.helena, at=self.at)
            assert closed == int(is_waiting)

        if self.attempt(self.at > self.cycle.review_by, close) and is_waiting:
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
