"""A company of any size: twenty people made by the product's own actions, and copies of them made in SQL."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, models, transaction
from psycopg import sql

from assessments import models as assessed
from assessments.actions.accept import accept_the_rest
from assessments.actions.assess import choose_starting_level, start_assessment
from assessments.actions.cycles import open_cycle
from assessments.actions.evidence import create_evidence
from assessments.actions.review import validate
from assessments.actions.send import submit
from assessments.models import Assessment, Cycle, Evidence, EvidenceLink
from assessments.scoring import ScoringPolicy
from people.clock import day_of
from people.models import Membership, Team, User
from skills.models import RoleProfile, Skill

ORIGINALS = 20
# Rows of the originals have ids up to this, in every table; a copy's are so many higher for each copy.
STRIDE = 10_000
TEAM_SIZES = (10, 50, 200)
REST = 25
NAMES = ("Ana Souza", "Bruno Araújo", "Irina Sokolova", "Davi Conceição", "Ольга Смирнова")
ITEMS = 8


class Company:
    def __init__(self, at: dt.datetime) -> None:
        self.at, self.on = at, day_of(at)
        self.skill = Skill.objects.select_related("framework").get(code="CEXP")
        self.managers: list[User] = []

    def make(self, people: int) -> None:
        self.make_managers(people)
        self.open_cycle()
        for number in range(ORIGINALS):
            self.make_original(number)
        with transaction.atomic():
            copy_originals(-(-people // ORIGINALS) - 1)
            self.place_people()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.make_drafter()

    def make_managers(self, people: int) -> None:
        """HR, and a leader for every team: the three that are measured, then as many as it takes."""
        rest = max(0, people - sum(TEAM_SIZES))
        count = len(TEAM_SIZES) + -(-rest // REST) + 1
        self.hr = User.objects.create(email="hr@example.org", name="Helena", is_hr=True)
        self.managers = User.objects.bulk_create(
            User(email=f"lead{number}@example.org", name=f"Lead {number}") for number in range(count)
        )
        root = Team.objects.create(name="Company")
        self.teams = Team.objects.bulk_create(
            Team(name=f"Team {number}", parent=root, manager=manager, channel="shop")
            for number, manager in enumerate(self.managers)
        )

    def open_cycle(self) -> None:
        purposes = {f"purpose_{language}": "Planning development." for language in ("pt", "ru", "en")}
        ends = {"submit_by": self.at + dt.timedelta(days=10), "review_by": self.at + dt.timedelta(days=20)}
        open_cycle(
            cycle=Cycle.objects.create(name="2026", **purposes, **ends),
            policy=ScoringPolicy(),
            by=self.hr,
            at=self.at,
        )

    def make_original(self, number: int) -> None:
        """Two of three are validated by the leader of the first team, the others wait."""
        assessment = self.answered(f"person{number}", NAMES[number % len(NAMES)], number)
        self.join(assessment.employee, self.teams[0])
        submission = submit(assessment=assessment, by=assessment.employee, at=self.at, on=self.on)
        if number % 3 < 2:
            accept_the_rest(submission=submission, by=self.managers[0], at=self.at)
            validate(submission=submission, by=self.managers[0], at=self.at)

    def answered(self, account: str, name: str, number: int) -> Assessment:
        """A draft with 26 answers and eight pieces of evidence, linked three times each."""
        person = User.objects.create(email=f"{account}@example.org", name=name)
        choose_starting_level(skill=self.skill, level=3, by=person, at=self.at)
        target = 4 + number % 3
        assessment = start_assessment(
            skill=self.skill, target=target, start_level=3, by=person, at=self.at, on=self.on
        )
        ratings = list(assessment.ratings.in_order())
        for place, rating in enumerate(ratings):
            rating.claim, rating.updated_at = max(0, 3 - (place * 7 + number * 5) % 11 // 4), self.at
            rating.save(update_fields=["claim", "updated_at"])
        for item in range(ITEMS):
            evidence = self.evidence(person, item, number)
            linked = ratings[item::ITEMS][:3]
            EvidenceLink.objects.bulk_create(
                EvidenceLink(evidence=evidence, rating=rating, created_at=self.at) for rating in linked
            )
        return assessment

    def evidence(self, person: User, item: int, number: int) -> Evidence:
        is_checked = (item + number) % 3 > 0
        fields = {
            "title": f"Pesquisa pós-venda {item} da pessoa {number}",
            "situation": "As reclamações chegavam por três canais e ninguém as lia em conjunto. " * 3,
            "action": f"Conduzi {20 + item} entrevistas, desenhei a jornada e reuni as três áreas. " * 3,
            "result": "As reclamações caíram 18% em três meses. " * (item % 4),
            "started_on": self.on - dt.timedelta(days=200),
            "ended_on": self.on - dt.timedelta(days=100 + 500 * (item % 4)),
            "url": f"https://wiki.example.org/{number}/{item}" if is_checked else "",
        }
        fields["started_on"] = min(fields["started_on"], fields["ended_on"])
        return create_evidence(fields=fields, by=person, at=self.at, on=self.on)

    def place_people(self) -> None:
        """The first ten, the next fifty, the next two hundred; then teams of twenty-five."""
        Membership.objects.all().delete()
        profiles = list(RoleProfile.objects.order_by("id"))
        employees = Assessment.objects.order_by("employee_id").values_list("employee_id", flat=True)
        edges = [sum(TEAM_SIZES[: size + 1]) for size in range(len(TEAM_SIZES))]
        Membership.objects.bulk_create(
            Membership(
                user_id=employee,
                team=self.teams[_team(place, edges)],
                role_profile=profiles[place % len(profiles)],
                job_title="Analista",
                starts_on=dt.date(2025, 1, 1),
            )
            for place, employee in enumerate(employees)
        )

    def make_drafter(self) -> None:
        self.draft = self.answered("drafter", "Ana Souza", 1)
        self.join(self.draft.employee, self.teams[-1])

    def join(self, person: User, team: Team) -> None:
        Membership.objects.create(user=person, team=team, job_title="Analista", starts_on=self.on)

    def readers(self) -> dict[str, User]:
        leaders = {f"leader{size}": self.managers[place] for place, size in enumerate(TEAM_SIZES)}
        return {"employee": self.draft.employee, "hr": self.hr, **leaders}

    def facts(self) -> dict[str, Any]:
        """Of the draft, and of a submission that waits for the leader of fifty."""
        waiting = Assessment.objects.of_cycle(self.draft.cycle).below(self.managers[1], self.on)
        return {
            "assessment": self.draft.pk,
            "ratings": list(self.draft.ratings.in_order().values_list("id", flat=True)),
            "submission": waiting.with_reviewer().values_list("latest_submission_id", flat=True).first(),
            "skill": self.skill.pk,
            "cycle": self.draft.cycle_id,
            "small_team": self.teams[0].pk,
            "team_of_50": self.teams[1].pk,
        }


def _team(place: int, edges: list[int]) -> int:
    for number, edge in enumerate(edges):
        if place < edge:
            return number
    return len(edges) + (place - edges[-1]) // REST


COPIED: tuple[type[models.Model], ...] = (
    User,
    assessed.StartingLevel,
    assessed.Evidence,
    assessed.Assessment,
    assessed.StatementRating,
    assessed.EvidenceLink,
    assessed.Submission,
    assessed.SubmittedRating,
    assessed.Review,
    assessed.ReviewRating,
    assessed.Transition,
)


def copy_originals(copies: int) -> None:
    """Every row that the originals have, ``copies`` times, each copy with ids of its own."""
    with connection.cursor() as cursor:
        # What is copied was checked when it was made.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in COPIED:
            cursor.execute(_copying(table), {"copies": copies, "stride": STRIDE})
            cursor.execute(_sequence(table))
        cursor.execute("SET LOCAL session_replication_role = origin")


# Columns that name a person, and say which one the row is about; others name a leader, who is not copied.
OWN = ("employee_id", "owner_id")


def _copying(table: type[models.Model]) -> sql.Composed:
    columns = [field.column for field in table._meta.concrete_fields]
    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {values} FROM {table} AS original "
        "CROSS JOIN generate_series(1, %(copies)s) AS copy WHERE {which}"
    ).format(
        table=sql.Identifier(table._meta.db_table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(_value(field) for field in table._meta.concrete_fields),
        which=sql.SQL(
            "id IN (SELECT employee_id FROM assessments_assessment WHERE id <= %(stride)s)"
            if table is User
            else "id <= %(stride)s"
        ),
    )


def _value(field: Any) -> sql.Composable:
    column = sql.Identifier("original", field.column)
    if field.column == "email":
        return sql.SQL("copy || '.' || {}").format(column)
    if field.column == "name":
        return sql.SQL("{} || ' ' || copy").format(column)
    related = field.related_model
    is_moved = field.primary_key or (related in COPIED and (related is not User or field.column in OWN))
    return sql.SQL("{} + copy * %(stride)s").format(column) if is_moved else column


def _sequence(table: type[models.Model]) -> sql.Composed:
    return sql.SQL(
        "SELECT setval(pg_get_serial_sequence({name}, 'id'), (SELECT max(id) FROM {table}))"
    ).format(name=sql.Literal(table._meta.db_table), table=sql.Identifier(table._meta.db_table))
