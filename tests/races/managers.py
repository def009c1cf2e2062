"""What managers do with Ana's assessment: rate, judge, decide, be away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from assessments.actions.accept import accept_the_rest
from assessments.actions.beside import answer_essence, keep_notes
from assessments.actions.deadlines import TAKE_BACK
from assessments.actions.delegation import delegate_reviews, end_delegation
from assessments.actions.errors import (
    ActionError,
    EssenceCommentMissingError,
    EvidenceChangedError,
    NotDeterminedError,
    NotSettledError,
)
from assessments.actions.judge import confirm_evidence, judge_link, take_confirmation_back
from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.actions.take_back import take_back_decision
from assessments.models import Delegation, EssenceAnswer, LinkVerdict, PrivateNote, Review, State
from assessments.models.beside import Essence
from assessments.models.verdict import Verdict
from assessments.results.review.essence import mark_of
from people.models import User
from tests.races.life import WAITING, Employee


class Managers(Employee):
    """Marta reviews, or whom HR chose in her place; while she is away Carla may, too."""

    def __init__(self) -> None:
        super().__init__()
        self.delegation: Delegation | None = None

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

    @precondition(lambda self: self.was_sent)
    @rule(verdict=st.sampled_from(Verdict))
    def manager_judges(self, verdict: Verdict) -> None:
        """What the one link of evidence shows."""
        sent = self.submission
        place = next(item["link"] for row in sent.document["statements"] for item in row["evidence"])
        saved = LinkVerdict.objects.filter(review__submission=sent).values_list("version", flat=True).first()

        def judge() -> None:
            judge_link(
                submission=sent,
                link_id=place,
                verdict=verdict,
                reason="Outro time fez isso.",
                version=saved or 0,
                by=self.reviewer,
                at=self.at,
            )

        if self.attempt(self.state in WAITING, judge):
            self.state = State.IN_REVIEW

    @precondition(lambda self: self.was_sent)
    @rule(do=st.sampled_from([confirm_evidence, take_confirmation_back]))
    def manager_confirms(self, do: Callable[..., object]) -> None:
        """Or takes it back. What was worded anew since it was sent is not what was read."""
        sent = self.submission
        changed = [] if self.text == self.sent_text else [EvidenceChangedError]

        def confirm() -> None:
            do(submission=sent, evidence_id=self.item.pk, by=self.reviewer, at=self.at)

        if self.attempt(self.state in WAITING, confirm, *changed):
            self.state = State.IN_REVIEW

    @precondition(lambda self: self.was_sent)
    @rule(answer=st.sampled_from(Essence), comment=st.sampled_from(["", "Quase."]))
    def manager_writes_beside(self, answer: str, comment: str) -> None:
        """The essence and the notes begin nothing."""
        sent = self.submission
        said = EssenceAnswer.objects.filter(submission=sent).first() or EssenceAnswer()
        note = PrivateNote.objects.filter(submission=sent, author=self.reviewer).first() or PrivateNote()
        who: dict[str, Any] = {"submission": sent, "by": self.reviewer, "at": self.at}

        def write() -> None:
            mark = mark_of(said.answer, said.comment)
            answer_essence(answer=answer, comment=comment, level=2, mark=mark, **who)
            keep_notes(text="Rever em maio.", mark=mark_of(note.text), **who)

        self.attempt(self.state in WAITING, write)

    @precondition(lambda self: self.delegation is None)
    @rule(days=st.integers(0, 20))
    def marta_goes_away(self, days: int) -> None:
        first = self.at.date()
        last = first + dt.timedelta(days=days)
        self.delegation = delegate_reviews(
            delegate=self.cast.carla, starts_on=first, ends_on=last, by=self.cast.marta, at=self.at
        )

    @precondition(lambda self: self.delegation is not None)
    @rule()
    def marta_is_back(self) -> None:
        if self.delegation:
            end_delegation(delegation=self.delegation, by=self.cast.marta, at=self.at)
        self.delegation = None

    @property
    def carla_may(self) -> bool:
        """On Marta's days, for what is Marta's to review."""
        is_away = self.delegation is not None and self.at.date() <= self.delegation.ends_on
        return is_away and self.reviewer == self.cast.marta

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
            EssenceCommentMissingError,
        ):
            self.decided(State.VALIDATED, by=self.reviewer)

    @precondition(lambda self: self.was_sent)
    @rule()
    def manager_returns(self) -> None:
        sent = self.submission
        if self.attempt(
            self.state in WAITING,
            lambda: return_for_changes(submission=sent, reason="Falta.", by=self.reviewer, at=self.at),
        ):
            self.decided(State.RETURNED, by=self.reviewer)

    @precondition(lambda self: self.was_sent and self.delegation is not None)
    @rule()
    def delegate_returns(self) -> None:
        sent, carla = self.submission, self.cast.carla

        def give_back() -> None:
            return_for_changes(submission=sent, reason="Falta.", by=carla, at=self.at)

        if self.attempt(self.state in WAITING and self.carla_may, give_back):
            self.decided(State.RETURNED, by=carla)

    def decided(self, state: str, *, by: User) -> None:
        self.state, self.decided_at, self.decided_by = state, self.at, by
        self.touched, self.responded, self.is_new = False, False, True

    @precondition(lambda self: self.was_sent)
    @rule(minutes=st.sampled_from([0, 14, 16]))
    def manager_takes_the_decision_back(self, minutes: int) -> None:
        """At once, in the last minute, or too late."""
        sent = self.submission
        self.at += dt.timedelta(minutes=minutes)
        in_time = self.decided_at is not None and self.at <= self.decided_at + TAKE_BACK
        may = (
            self.state in {State.VALIDATED, State.RETURNED}
            and in_time
            and not self.responded
            and (self.decided_by == self.reviewer or self.carla_may)
        )
        # An answer given again as it was sent leaves the decision as it was: either is right.
        unsure = may and self.state == State.RETURNED and self.touched

        def take_back() -> None:
            take_back_decision(submission=sent, by=self.decided_by, at=self.at)

        if self.attempt(may, take_back, *([ActionError] if unsure else [])):
            self.state, self.decided_at = State.IN_REVIEW, None
