"""What a manager of the demo company does with a submission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from assessments.actions.accept import accept_as_supported, accept_the_rest
from assessments.actions.beside import answer_essence
from assessments.actions.judge import confirm_evidence, judge_link
from assessments.actions.log import log_opening
from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.models import ReviewRating, Submission
from assessments.models.log import AccessKind
from assessments.models.verdict import Verdict
from assessments.results.review.essence import mark_of
from people.models import User


class Reviewed:
    """A review as ``planned`` says it: verdicts, confirmations, ratings, what is accepted, the essence."""

    def __init__(
        self, submission: Submission, planned: Mapping[str, Any], *, by: User, at: dt.datetime
    ) -> None:
        self.submission, self.planned = submission, planned
        self.who: dict[str, Any] = {"submission": submission, "by": by, "at": at}
        self.sent = {row["code"]: row for row in submission.document["statements"]}

    def go_through(self) -> None:
        self.open(AccessKind.SUBMISSION, self.submission.pk)
        for short, reason in self.planned.get("does_not_show", {}).items():
            item = self.opened_item(short)
            judge_link(
                link_id=item["link"], verdict=Verdict.DOES_NOT_SHOW, reason=reason, version=0, **self.who
            )
        for short in self.planned.get("confirmed", ()):
            confirm_evidence(evidence_id=self.opened_item(short)["id"], **self.who)
        for short, said in self.planned.get("ratings", {}).items():
            self.rate(f"CEXP.{short}", *said)
        accepted = [f"CEXP.{short}" for short in self.planned.get("accepted", ())]
        versions = {self.sent[code]["id"]: self.version_of(code) for code in accepted}
        if versions:
            accept_as_supported(versions=versions, **self.who)
        if "essence" in self.planned:
            level, answer, comment = self.planned["essence"]
            answer_essence(answer=answer, comment=comment, level=level, mark=mark_of("", ""), **self.who)

    def decide(self, decision: str) -> None:
        if decision == "validated":
            accept_the_rest(**self.who)
            validate(**self.who)
        elif decision == "returned":
            return_for_changes(reason=self.planned["reason"], **self.who)

    def open(self, kind: AccessKind, object_id: int) -> None:
        log_opening(
            kind=kind,
            person_id=self.submission.assessment.employee_id,
            object_id=object_id,
            by=self.who["by"],
            at=self.who["at"],
            submission_id=None if kind == AccessKind.SUBMISSION else self.submission.pk,
        )

    def opened_item(self, short: str) -> dict[str, Any]:
        """The one item of a statement, as it was sent, opened by the reviewer."""
        item: dict[str, Any] = self.sent[f"CEXP.{short}"]["evidence"][0]
        self.open(AccessKind.EVIDENCE, item["id"])
        return item

    def rate(self, code: str, rating: int, comment: str, basis: str = "") -> None:
        rate_in_review(
            statement_id=self.sent[code]["id"],
            answer=rating,
            comment=comment,
            basis=basis,
            version=self.version_of(code),
            **self.who,
        )

    def version_of(self, code: str) -> int:
        return ReviewRating.objects.version_of(self.submission, self.sent[code]["id"])
