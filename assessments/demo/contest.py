"""What an employee of the demo company answers to a decision, and what becomes of a contest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from assessments.actions.contest import assign_second_reviewer, decide_contest, open_contest, rate_contested
from assessments.actions.respond import respond
from assessments.demo.moments import ANSWERED, DECIDED, REVIEWED, at_work, days
from assessments.models import Response, Submission
from assessments.models.contest import Answer
from people.models import User


class Answered:
    """An answer two days after the decision; HR names who decides on the next, who reads and then decides."""

    def __init__(
        self, people: Mapping[str, User], planned: Mapping[str, Any], *, decided_at: dt.datetime
    ) -> None:
        self.people, self.planned, self.decided_at = people, planned, decided_at

    def on_day(self, number: int, hour: int) -> dt.datetime:
        return at_work(self.decided_at + days(number), hour)

    def tell(self, submission: Submission) -> None:
        ids = {row["code"]: row["id"] for row in submission.document["statements"]}
        response = self.respond(submission, ids)
        if "second" in self.planned:
            second = self.people[self.planned["second"]]
            hr = self.people["hr@example.com"]
            assign_second_reviewer(response=response, reviewer=second, by=hr, at=self.on_day(3, ANSWERED))
        if "decided" in self.planned:
            self.decide(response, ids, by=second, at=self.on_day(5, DECIDED))

    def respond(self, submission: Submission, ids: Mapping[str, int]) -> Response:
        reasons = self.planned.get("contested", {})
        return respond(
            assessment=submission.assessment,
            decided_at=self.decided_at,
            answer=Answer(self.planned["kind"]),
            note=self.planned.get("note", ""),
            contested={ids[f"CEXP.{short}"]: reason for short, reason in reasons.items()},
            by=submission.assessment.employee,
            at=self.on_day(2, ANSWERED),
        )

    def decide(self, response: Response, ids: Mapping[str, int], *, by: User, at: dt.datetime) -> None:
        open_contest(response=response, by=by, at=self.on_day(4, REVIEWED))
        for short, (rating, comment, basis) in self.planned["decided"]["ratings"].items():
            rate_contested(
                response=response,
                statement_id=ids[f"CEXP.{short}"],
                answer=rating,
                comment=comment,
                basis=basis,
                version=0,
                by=by,
                at=at,
            )
        decide_contest(response=response, reason=self.planned["decided"]["reason"], by=by, at=at)
