"""Makes the company: its people and teams, its cycles, and who reviews for whom."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from assessments.actions.cycles import close_cycle, open_cycle
from assessments.actions.delegation import delegate_reviews
from assessments.demo.items import Items
from assessments.demo.moments import BEGUN, at_work, days, end_of_day
from assessments.demo.story import Story
from assessments.models import Cycle, Notice
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
        self.items = Items(read("evidence.json"))
        self.skill = Skill.objects.select_related("framework").get(code="CEXP")
        self.people: dict[str, User] = {}

    @transaction.atomic
    def make(self) -> None:
        self.make_people()
        self.make_teams()
        for cycle in self.company["cycles"]:
            self.run_cycle(cycle)
        for row in self.company["delegations"]:
            self.delegate(row)
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
        opened_at = self.at - days(row["opened_days_ago"])
        cycle = Cycle.objects.create(
            name=row["name"],
            purpose_pt=row["purpose_pt"],
            purpose_ru=row["purpose_ru"],
            purpose_en=row["purpose_en"],
            submit_by=end_of_day(opened_at + days(row["submit_days"])),
            review_by=end_of_day(opened_at + days(row["review_days"])),
        )
        admin = self.people["admin@example.com"]
        open_cycle(cycle=cycle, policy=ScoringPolicy(), by=admin, at=opened_at)
        closed = row["closed_days_ago"]
        closed_at = None if closed is None else self.at - days(closed)
        for person in self.company["people"]:
            for planned in person["assessments"]:
                if planned["cycle"] == cycle.name:
                    Story(self, self.people[person["email"]], planned, until=closed_at or self.at).tell()
        if closed_at:
            close_cycle(cycle=cycle, by=admin, at=closed_at)

    def delegate(self, row: Mapping[str, Any]) -> None:
        starts_at = at_work(self.at - days(row["days_ago"]), BEGUN)
        delegate_reviews(
            delegate=self.people[row["delegate"]],
            starts_on=day_of(starts_at),
            ends_on=day_of(self.at + days(row["days_left"])),
            by=self.people[row["manager"]],
            at=starts_at,
        )
