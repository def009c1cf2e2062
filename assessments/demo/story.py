"""One assessment of the demo company, from its first answer to the state that it is to be in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assessments.actions.assess import choose_starting_level, rate_statement, start_assessment
from assessments.actions.comments import comment_on
from assessments.actions.evidence import link_evidence
from assessments.actions.hr import close_as_not_reviewed, reopen
from assessments.actions.send import submit, withdraw
from assessments.demo.contest import Answered
from assessments.demo.moments import ANSWERED, BEGUN, DECIDED, REVIEWED, SENT, at_work, days
from assessments.demo.review import Reviewed
from assessments.models import Assessment, Submission
from people.clock import day_of
from people.models import User

if TYPE_CHECKING:
    from assessments.demo.company import Company


class Story:
    """``until`` is when its cycle is closed, or now; ``planned`` counts its days back from there."""

    def __init__(
        self, company: Company, person: User, planned: Mapping[str, Any], *, until: dt.datetime
    ) -> None:
        self.company, self.person, self.planned, self.until = company, person, planned, until
        self.sent_at = at_work(until - days(planned["days_ago"]), SENT)

    def tell(self) -> None:
        assessment = self.answer()
        state = self.planned["state"]
        if state == "draft":
            return
        submission = self.send(assessment, self.sent_at)
        if state == "withdrawn":
            withdraw(assessment=assessment, by=self.person, at=self.sent_at + dt.timedelta(hours=3))
        elif state not in {"submitted", "not_reviewed"}:
            self.review(submission)
        self.talk(submission)
        self.hear_of_hr(assessment)

    def send(self, assessment: Assessment, at: dt.datetime) -> Submission:
        return submit(assessment=assessment, by=self.person, at=at, on=day_of(at))

    def answer(self) -> Assessment:
        start, at = self.planned["start"], at_work(self.sent_at - days(2), BEGUN)
        choose_starting_level(skill=self.company.skill, level=start, by=self.person, at=at)
        assessment = start_assessment(
            skill=self.company.skill,
            target=self.planned["target"],
            start_level=start,
            by=self.person,
            at=at,
            on=day_of(at),
        )
        ratings = {rating.statement.code: rating for rating in assessment.ratings.select_related("statement")}
        for code, claim, support in self.statements():
            rating = ratings[code]
            if claim != " ":
                rate_statement(
                    assessment=assessment,
                    rating_id=rating.pk,
                    answer=int(claim),
                    version=rating.version,
                    by=self.person,
                    at=at,
                )
            if support not in " 0":
                item = self.company.items.of(self.person, code, support, at)
                link_evidence(evidence=item, rating=rating, by=self.person, at=at)
        return assessment

    def statements(self) -> list[tuple[str, str, str]]:
        """Code, claim and support of every statement that is spoken of."""
        return [
            (f"CEXP.{level}.{position}", claim, support)
            for level, claims in self.planned["claims"].items()
            for position, (claim, support) in enumerate(
                zip(claims, self.planned["support"][level], strict=True), start=1
            )
        ]

    def review(self, submission: Submission) -> None:
        at = at_work(self.sent_at + days(1), REVIEWED)
        manager = self.manager_on(at)
        review = Reviewed(submission, self.planned.get("review", {}), by=manager, at=at)
        review.go_through()
        review.decide(self.planned.get("decided", self.planned["state"]))
        if "answer" in self.planned:
            Answered(self.company.people, self.planned["answer"], decided_at=at).tell(submission)

    def manager_on(self, at: dt.datetime) -> User:
        return User.objects.nearest_manager_of(self.person, day_of(at)).get()

    def talk(self, submission: Submission) -> None:
        """What the two write to each other about statements, a day apart."""
        ids = {row["code"]: row["id"] for row in submission.document["statements"]}
        for later, (short, who, text) in enumerate(self.planned.get("thread", ()), start=2):
            at = at_work(self.sent_at + days(later), ANSWERED)
            comment_on(
                assessment=submission.assessment,
                statement_id=ids[f"CEXP.{short}"],
                text=text,
                by=self.person if who == "employee" else self.manager_on(at),
                at=at,
            )

    def hear_of_hr(self, assessment: Assessment) -> None:
        """Closed some days after its cycle without a review; reopened; sent once more."""
        hr, planned = self.company.people["hr@example.com"], self.planned
        if "closed_after_days" in planned:
            closed_at = at_work(self.until + days(planned["closed_after_days"]), DECIDED)
            close_as_not_reviewed(assessment=assessment, by=hr, at=closed_at)
        if "reopened" in planned:
            days_ago, reason = planned["reopened"]
            reopen(
                assessment=assessment,
                reason=reason,
                by=hr,
                at=at_work(self.company.at - days(days_ago), DECIDED),
            )
        if "sent_again_days_ago" in planned:
            self.send(assessment, at_work(self.company.at - days(planned["sent_again_days_ago"]), SENT))
