"""Indicators: whose they are, and how they come from a fixture."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from cexp.prepare import FIXTURES
from skills.models import Framework, Indicator, Skill, Statement


def make(**fields: object) -> Indicator:
    return Indicator.objects.create(
        **{"language": "en", "kind": "activities", "text": "one\n\n two ", **fields}
    )


@pytest.fixture
def statement(cexp: Skill) -> Statement:
    return Statement.objects.get(code="CEXP.2.1")


def test_lines_are_the_words(statement: Statement) -> None:
    """One per line, without empty ones, also where the skill is frozen."""
    Framework.objects.freeze(statement.skill_level.skill.framework_id, at=timezone.now())
    assert make(statement=statement).lines == ("one", "two")


def test_kind_fits_its_owner(cexp: Skill, statement: Statement) -> None:
    """Audience and other work belong to a skill, everything else to a statement; one owner each."""
    make(skill=cexp, kind="audience")
    for wrong in (
        {"skill": cexp},
        {"statement": statement, "kind": "unrelated"},
        {"kind": "audience"},
        {"skill": cexp, "statement": statement},
        {"statement": statement, "language": "xx"},
        {"statement": statement, "kind": "xx"},
        {"statement": statement, "text": " \n"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(**wrong)


def test_a_kind_exists_once(cexp: Skill, statement: Statement) -> None:
    """Per owner and language."""
    for owner in ({"statement": statement}, {"skill": cexp, "kind": "unrelated"}):
        make(**owner)
        with pytest.raises(IntegrityError), transaction.atomic():
            make(**owner)


def test_a_change_moves_the_version(statement: Statement) -> None:
    """So that what is kept in memory is read again."""
    framework = statement.skill_level.skill.framework
    row = make(statement=statement)
    before = Framework.objects.get(pk=framework.pk).version
    row.text = "three"
    row.save()
    assert Framework.objects.get(pk=framework.pk).version > before


@pytest.mark.django_db
def test_the_fixtures_load_twice() -> None:
    """In the order of a start: the skill, then its indicators; the second time nothing is added."""
    Skill.objects.all().delete()
    Framework.objects.all().delete()
    counts = []
    for _ in range(2):
        call_command("loaddata", *FIXTURES, verbosity=0)
        counts.append(Indicator.objects.count())
    assert counts == [212, 212]
