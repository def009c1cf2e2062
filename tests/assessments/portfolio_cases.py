"""What the pages of a portfolio are tested with."""

from __future__ import annotations

import re

from assessments.models import Assessment, Cycle
from assessments.scoring import ScoringPolicy
from skills.models import Skill, Statement
from tests.assessments.test_evidence_portfolio import with_policy
from tests.cast import Cast, begin

JOURNEY = "Redesenhei a jornada do cliente com TI e operação, em três rodadas de teste."
PAYROLL = "Calculei as férias e a folha de pagamento e enviei ao sindicato."


def statement(code: str = "CEXP.4.3") -> int:
    return Statement.objects.get(code=code).pk


def titles(html: str) -> list[str]:
    """Of the items that a page shows, in their order."""
    return re.findall(r'<article class="card portfolio-item".*?<bdi>(.*?)</bdi>', html, re.DOTALL)


def next_years(cast: Cast, cycle: Cycle, skill: Skill) -> Assessment:
    """Ana's assessment in the cycle of 2027, which takes the place of the one that is open."""
    with_policy(cycle, cast, ScoringPolicy())
    return begin(cast.ana, skill)
