"""One assessment's life: what a reader of the rules would expect of it, and what its employee does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assessments.actions.assess import rate_statement
from assessments.actions.errors import ActionError
from assessments.actions.evidence import edit_evidence
from assessments.actions.respond import respond
from assessments.actions.send import submit, withdraw
from assessments.models import Assessment, Cycle, State, Submission
from assessments.models.assessment import StatementRatingQuerySet
from assessments.models.contest import Answer
from assessments.results.recomputed import differences
from skills.models import Skill
from tests.cast import NOON, Cast, begin, evidence, link

EDITABLE = {State.DRAFT, State.RETURNED, State.WITHDRAWN, State.REOPENED}
WAITING = {State.SUBMITTED, State.IN_REVIEW}
MINUTES = st.sampled_from([1, 14, 16, 60 * 24, 60 * 24 * 13, 60 * 24 * 40])


def refusal_of(act: Callable[[], Any]) -> ActionError | None:
    """Why it was not done; None where it was."""
    try:
        with transaction.atomic():
            act()
    except ActionError as error:
        return error
    return None


class Employee(RuleBasedStateMachine):
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
        self.decided_at: dt.datetime | None = None
        self.decided_by = self.cast.marta
        self.reviewer = self.cast.marta
        # What stands in the way of taking a decision back, or of answering it.
        self.touched = self.responded = self.contested = self.second_has_rated = False
        self.digests: dict[int, str] = {}
        # One item of evidence, and what it said when it was sent.
        self.item = evidence(self.cast.ana)
        self.text = self.sent_text = self.item.action
        link(self.assessment, "CEXP.2.1", self.item)
        # Whether something was sent or decided that nobody has held against its facts yet.
        self.is_new = False

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
            self.of_level(level).update(claim=claim, version=1)
        if is_sent:
            self.employee_sends()

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        self.at += dt.timedelta(minutes=minutes)

    @rule(level=st.sampled_from([2, 3]), claim=st.integers(0, 3))
    def employee_rates(self, level: int, claim: int) -> None:
        """The first statement of the level."""
        rating = self.of_level(level).in_order()[0]

        def save() -> None:
            rate_statement(
                assessment=self.assessment,
                rating_id=rating.pk,
                answer=claim,
                version=rating.version,
                by=self.cast.ana,
                at=self.at,
            )

        if self.attempt(self.state in EDITABLE, save):
            self.touched = True

    def of_level(self, level: int) -> StatementRatingQuerySet:
        found: StatementRatingQuerySet = self.assessment.ratings.all()
        return found.filter(statement__skill_level__level__number=level)

    @rule(text=st.sampled_from(["Conduzi 24 entrevistas.", "Conduzi 30 entrevistas."]))
    def employee_words_the_evidence(self, text: str) -> None:
        """At any time; it is theirs."""
        fields = {"title": self.item.title, "action": text}
        self.item = edit_evidence(
            evidence=self.item,
            fields=fields,
            version=self.item.version,
            by=self.cast.ana,
            at=self.at,
            on=self.at.date(),
        )
        self.text, self.touched = text, True

    @rule()
    def employee_sends(self) -> None:
        may = self.state in EDITABLE

        def send() -> None:
            submit(assessment=self.assessment, by=self.cast.ana, at=self.at, on=self.at.date())

        if self.attempt(may, send):
            self.state, self.decided_at, self.sent_text = State.SUBMITTED, None, self.text
            self.is_new = True
            self.touched = self.responded = False

    @precondition(lambda self: self.was_sent)
    @rule()
    def employee_takes_it_back(self) -> None:
        def take_back() -> None:
            withdraw(assessment=self.assessment, by=self.cast.ana, at=self.at)

        if self.attempt(self.state == State.SUBMITTED, take_back):
            self.state = State.WITHDRAWN

    @precondition(lambda self: self.was_sent)
    @rule(answer=st.sampled_from([Answer.AGREED, Answer.CONTESTED]), days=st.sampled_from([0, 14, 15]))
    def employee_answers(self, answer: Answer, days: int) -> None:
        """At once, on the last day, or too late."""
        self.at += dt.timedelta(days=days)
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
            self.second_has_rated = False

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
    def what_is_stored_is_what_scoring_says(self) -> None:
        """Results and documents; and what was sent before stays what it was."""
        if not self.is_new:
            return
        found = dict(self.assessment.submissions.values_list("pk", "digest"))
        assert self.digests.items() <= found.items()
        assert list(differences()) == []
        self.digests, self.is_new = found, False
