"""A company to look around in: two sites, thirty people, assessments in every state that a person can reach.

Everything is done by the same actions as in the pages, at moments of the past; ``fixtures/demo`` says who and
what. There, ``claims`` and ``support`` give one character a statement: a rating, a space for none, and for
the support ``s`` for an item that is stale, ``1`` for one without a result, ``2`` for one without a link.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from assessments.actions.accept import accept_the_rest
from assessments.actions.assess import choose_starting_level, rate_statement, start_assessment
from assessments.actions.cycles import close_cycle, open_cycle
from assessments.actions.evidence import create_evidence, edit_evidence, link_evidence
from assessments.actions.review import rate_in_review, return_for_changes, validate
from assessments.actions.send import submit, withdraw
from assessments.models import Assessment, Cycle, Evidence, Notice, ReviewRating
from assessments.models.review import Basis
from assessments.scoring import ScoringPolicy
from people.clock import day_of
from people.models import Membership, Team, User
from skills.models import RoleProfile, Skill

PUBLISHED = "cexp-demo-2026"
FOLDER = settings.BASE_DIR / "fixtures" / "demo"
HIRED_ON = dt.date(2024, 2, 1)


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text())


class Company:
    """Makes the demo company as of a moment, in one transaction."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at
        self.company = read("company.json")
        self.evidence = {(row["lang"], row["statement"]): row for row in read("evidence.json")}
        self.skill = Skill.objects.select_related("framework").get(code="CEXP")
        self.people: dict[str, User] = {}
        self.items: dict[tuple[int, str], Evidence] = {}

    @transaction.atomic
    def make(self) -> None:
        self.make_people()
        self.make_teams()
        for cycle in self.company["cycles"]:
            self.run_cycle(cycle)
        # It all happened long ago: nobody gets mail about it.
        Notice.objects.waiting().drop(at=self.at)

    def make_people(self) -> None:
        password = make_password(PUBLISHED)
        for row in self.company["people"]:
            person = User(
                email=row["email"],
                name=row["name"],
                language=row["language"],
                official_language="ru" if row["language"] == "ru" else "pt",
                timezone="Europe/Moscow" if row["language"] == "ru" else "America/Sao_Paulo",
                is_hr=row.get("is_hr", False),
                is_staff=row.get("is_staff", False),
                password=password,
            )
            person.full_clean()
            person.save()
            self.people[person.email] = person

    def make_teams(self) -> None:
        teams: dict[str | None, Team] = {}
        for row in self.company["teams"]:
            teams[row["name"]] = Team.objects.create(
                name=row["name"],
                parent=teams.get(row["parent"]),
                channel=row["channel"],
                manager=self.people.get(row["manager"]),
            )
        profiles = {profile.code: profile for profile in RoleProfile.objects.all()}
        for row in self.company["people"]:
            Membership.objects.create(
                user=self.people[row["email"]],
                team=teams[row["team"]],
                role_profile=profiles.get(row["role"]),
                job_title=row["job_title"],
                starts_on=HIRED_ON,
            )

    def run_cycle(self, row: Mapping[str, Any]) -> None:
        opened_at = self.at - dt.timedelta(days=row["opened_days_ago"])
        cycle = Cycle.objects.create(
            name=row["name"],
            purpose_pt=row["purpose_pt"],
            purpose_ru=row["purpose_ru"],
            purpose_en=row["purpose_en"],
            submit_by=end_of_day(opened_at + dt.timedelta(days=row["submit_days"])),
            review_by=end_of_day(opened_at + dt.timedelta(days=row["review_days"])),
        )
        admin = self.people["admin@example.com"]
        open_cycle(cycle=cycle, policy=ScoringPolicy(), by=admin, at=opened_at)
        closed = row["closed_days_ago"]
        closed_at = None if closed is None else self.at - dt.timedelta(days=closed)
        for person in self.company["people"]:
            for planned in person["assessments"]:
                if planned["cycle"] == cycle.name:
                    Story(self, self.people[person["email"]], planned, until=closed_at or self.at).tell()
        if closed_at:
            close_cycle(cycle=cycle, by=admin, at=closed_at)

    def item(self, owner: User, code: str, support: str, at: dt.datetime) -> Evidence:
        """The owner's item for a statement, cut to the support that it should give; mended if it is there."""
        row = self.evidence[owner.language[:2], code]
        fields = cut(row, support, day_of(at))
        known = self.items.get((owner.pk, code))
        if known is None:
            known = create_evidence(fields=fields, by=owner, at=at, on=day_of(at))
        else:
            known = edit_evidence(
                evidence=known, fields=fields, version=known.version, by=owner, at=at, on=day_of(at)
            )
        self.items[owner.pk, code] = known
        return known


class Story:
    """One assessment from its first answer to the state that it is to be in."""

    def __init__(
        self, company: Company, person: User, planned: Mapping[str, Any], *, until: dt.datetime
    ) -> None:
        self.company, self.person, self.planned = company, person, planned
        self.sent_at = until - dt.timedelta(days=planned["days_ago"])
        self.begun_at = self.sent_at - dt.timedelta(days=2)

    def tell(self) -> None:
        assessment = self.answer()
        state = self.planned["state"]
        if state == "draft":
            return
        submit(assessment=assessment, by=self.person, at=self.sent_at, on=day_of(self.sent_at))
        if state == "withdrawn":
            withdraw(assessment=assessment, by=self.person, at=self.sent_at + dt.timedelta(hours=3))
        elif state != "submitted":
            self.review(assessment)

    def answer(self) -> Assessment:
        start, at = self.planned["start"], self.begun_at
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
                item = self.company.item(self.person, code, support, at)
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

    def review(self, assessment: Assessment) -> None:
        assessment.refresh_from_db()
        submission = assessment.submissions.get()
        at = self.sent_at + dt.timedelta(days=1)
        manager = User.objects.nearest_manager_of(self.person, day_of(at)).get()
        for short, (rating, comment) in self.planned.get("review", {}).items():
            rated = submission.ratings.select_related("statement").get(statement__code=f"CEXP.{short}")
            version = ReviewRating.objects.version_of(submission, rated.statement_id)
            rate_in_review(
                submission=submission,
                statement_id=rated.statement_id,
                answer=rating,
                comment=comment,
                basis=Basis.OBSERVATION,
                version=version,
                by=manager,
                at=at,
            )
        if self.planned["state"] == "validated":
            accept_the_rest(submission=submission, by=manager, at=at)
            validate(submission=submission, by=manager, at=at)
        elif self.planned["state"] == "returned":
            return_for_changes(submission=submission, reason=self.planned["reason"], by=manager, at=at)


def cut(row: Mapping[str, Any], support: str, today: dt.date) -> dict[str, Any]:
    """The fields of an item that gives a support of 1, s (stale), 2 or 3 on a day."""
    recent = today - dt.timedelta(days=120)
    ended = recent - dt.timedelta(days=365 * 4) if support == "s" else recent
    return {
        "title": row["title"],
        "situation": row["situation"],
        "action": row["action"],
        "result": "" if support == "1" else row["result"] or RESULTS[row["lang"]],
        "started_on": ended - dt.timedelta(days=45),
        "ended_on": ended,
        "url": (row["url"] or f"https://wiki.example.com/{row['statement'].lower()}")
        if support in "s3"
        else "",
        "language": row["lang"],
    }


RESULTS = {
    "pt": "As reclamações sobre o tema caíram 18% em três meses.",
    "ru": "Жалоб на эту тему за три месяца стало на 18% меньше.",
}


def end_of_day(moment: dt.datetime) -> dt.datetime:
    """Eight in the evening, UTC, of the moment's day."""
    return moment.replace(hour=20, minute=0, second=0, microsecond=0)
