"""A fixed cast: everybody that a test needs to meet, made once per test.

::

    Araçari (no manager)
    ├── Contact centre, led by Marta: Marta, Ana, Bruno
    │   └── Night shift, led by Carla: Carla, Davi
    └── Shop, led by Elena: Elena, Irina
    Outside any team: Helena (HR), Admir (administrator), Novo (nothing begun)
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command

from assessments.actions.assess import rate_statement, start_assessment
from assessments.actions.cycles import open_cycle
from assessments.actions.evidence import create_evidence, link_evidence
from assessments.models import Assessment, Cycle, Evidence, StatementRating
from assessments.scoring import ScoringPolicy
from people.models import Channel, Membership, Team, User
from skills.models import RoleProfile, Skill

NOON = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
TODAY = NOON.date()
PASSWORD = "a-long-enough-password"


@dataclass(frozen=True)
class Cast:
    ana: User
    bruno: User
    marta: User
    carla: User
    davi: User
    irina: User
    elena: User
    helena: User
    admir: User
    novo: User


def person(name: str, **fields: Any) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name, **fields)


def join(user: User, team: Team, role: str, title: str) -> None:
    profile = RoleProfile.objects.get(code=role)
    Membership.objects.create(
        user=user, team=team, role_profile=profile, job_title=title, starts_on=dt.date(2025, 1, 1)
    )


@pytest.fixture
def cexp(db: None) -> Skill:
    """The skill that ships, loaded from its fixture."""
    if not Skill.objects.filter(code="CEXP").exists():
        call_command("loaddata", "sfia9_cexp", verbosity=0)
    return Skill.objects.select_related("framework").get(code="CEXP")


@pytest.fixture
def cast(cexp: Skill) -> Cast:
    ana, bruno, marta, carla, davi = (person(name) for name in ("Ana", "Bruno", "Marta", "Carla", "Davi"))
    irina, elena = person("Irina", language="ru"), person("Elena", language="ru")
    helena, admir = person("Helena", is_hr=True, language="en"), person("Admir", is_staff=True, language="en")
    root = Team.objects.create(name="Araçari")
    centre = Team.objects.create(
        name="Contact centre", parent=root, channel=Channel.CONTACT_CENTRE, manager=marta
    )
    night = Team.objects.create(
        name="Night shift", parent=centre, channel=Channel.CONTACT_CENTRE, manager=carla
    )
    shop = Team.objects.create(name="Shop", parent=root, channel=Channel.SHOP, manager=elena)
    for user, team in ((marta, centre), (carla, night), (elena, shop)):
        join(user, team, "tactical", "Manager")
    for user, team in ((ana, centre), (bruno, centre), (davi, night), (irina, shop)):
        join(user, team, "analyst", "Analyst")
    return Cast(ana, bruno, marta, carla, davi, irina, elena, helena, admir, novo=person("Novo"))


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    """An open cycle."""
    planned = Cycle.objects.create(
        name="2026",
        purpose_pt="Planejar o desenvolvimento.",
        purpose_ru="Планирование развития.",
        purpose_en="Planning development.",
        submit_by=dt.datetime(2026, 12, 1, 21, 0, tzinfo=dt.UTC),
        review_by=dt.datetime(2026, 12, 15, 21, 0, tzinfo=dt.UTC),
    )
    return open_cycle(cycle=planned, policy=ScoringPolicy(), by=cast.admir, at=NOON)


@pytest.fixture
def draft(cast: Cast, cycle: Cycle, cexp: Skill) -> Assessment:
    """Ana's assessment, begun at level 3 with target 4 and nothing answered."""
    return begin(cast.ana, cexp)


def begin(user: User, skill: Skill, *, target: int = 4, start_level: int = 3) -> Assessment:
    return start_assessment(skill=skill, target=target, start_level=start_level, by=user, at=NOON, on=TODAY)


def rating_of(assessment: Assessment, code: str) -> StatementRating:
    return assessment.ratings.get(statement__code=code)


def answer(assessment: Assessment, code: str, value: int | str | None, reason: str = "") -> StatementRating:
    rating = rating_of(assessment, code)
    return rate_statement(
        assessment=assessment,
        rating_id=rating.pk,
        answer=value,
        reason=reason,
        version=rating.version,
        by=assessment.employee,
        at=NOON,
    )


def answer_level(assessment: Assessment, level: int, value: int) -> None:
    """The same answer for every statement of a level."""
    for rating in assessment.ratings.filter(statement__skill_level__level__number=level).select_related(
        "statement"
    ):
        answer(assessment, rating.statement.code, value)


def evidence(owner: User, **fields: Any) -> Evidence:
    """A complete, corroborated item (strength 3), unless told otherwise."""
    complete = {
        "title": "Pesquisa pós-venda",
        "action": "Conduzi 24 entrevistas.",
        "result": "O churn caiu 1,4 p.p.",
        "url": "https://wiki.example.org/pesquisa",
    }
    return create_evidence(fields={**complete, **fields}, by=owner, at=NOON, on=TODAY)


def link(assessment: Assessment, code: str, item: Evidence) -> None:
    link_evidence(evidence=item, rating=rating_of(assessment, code), by=assessment.employee, at=NOON)
