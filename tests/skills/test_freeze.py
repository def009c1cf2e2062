"""A definition in use stays as it is; what was never official can be mended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from skills.actions import freeze
from skills.models import (
    Activity,
    Framework,
    LevelOfResponsibility,
    Skill,
    SkillLevel,
    Statement,
    StatementActivity,
    Text,
)

AT = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
Change = Callable[[], Any]


def first_level() -> SkillLevel:
    return SkillLevel.objects.get(level__number=2)


def official() -> Any:
    return Text.objects.filter(statement__code="CEXP.4.3", field="text", language="pt")


REFUSED: dict[str, Change] = {
    "framework's code": lambda: Framework.objects.update(code="sfia-10"),
    "framework's name": lambda: Framework.objects.update(name="SFIA 10"),
    "skill's code": lambda: Skill.objects.update(code="XXXX"),
    "level of responsibility deleted": lambda: LevelOfResponsibility.objects.filter(number=7).delete(),
    "skill level added": lambda: SkillLevel.objects.create(
        skill=Skill.objects.get(), level=LevelOfResponsibility.objects.get(number=7)
    ),
    "skill level deleted": lambda: first_level().delete(),
    "statement added": lambda: Statement.objects.create(
        skill_level=first_level(), position=3, code="CEXP.2.3"
    ),
    "statement moved": lambda: Statement.objects.filter(code="CEXP.2.2").update(position=3, code="CEXP.2.3"),
    "statement's code": lambda: Statement.objects.filter(code="CEXP.2.2").update(code="XXXX.2.2"),
    "statement deleted": lambda: Statement.objects.filter(code="CEXP.2.2").delete(),
    "activity added": lambda: Activity.objects.create(skill=Skill.objects.get(), position=9, loop="share"),
    "activity moved": lambda: Activity.objects.filter(position=8).update(position=9),
    "activity deleted": lambda: Activity.objects.filter(position=8).delete(),
    "official text": lambda: official().update(text="Outra coisa."),
    "official text's source": lambda: official().update(source="ours"),
    "official text's language": lambda: official().update(language="en"),
    "official text deleted": lambda: official().delete(),
    "beta text": lambda: Text.objects.filter(field="text", source="beta").update(text="Другое."),
    "official essence": lambda: Text.objects.filter(field="essence", source="official").update(text="Outra."),
    "official activity": lambda: Text.objects.filter(activity__position=1, source="official").update(
        text="Z"
    ),
}
ALLOWED: dict[str, Change] = {
    "reading help": lambda: Text.objects.filter(field="help").update(text="Mais claro."),
    "reading help deleted": lambda: Text.objects.filter(field="help").delete(),
    "our essence": lambda: Text.objects.filter(field="essence", source="ours").update(text="Mais claro."),
    "missing translation": lambda: Text.objects.create(
        statement=Statement.objects.get(code="CEXP.4.3"),
        field="text",
        language="en",
        source="official",
        text="Words.",
    ),
    "the same text again": lambda: [text.save() for text in official()],
    "activities of a statement": lambda: StatementActivity.objects.filter(activity__position=8).delete(),
    "another skill": lambda: Statement.objects.create(
        skill_level=SkillLevel.objects.create(
            skill=Skill.objects.create(framework=Framework.objects.get(), code="NEWS"),
            level=LevelOfResponsibility.objects.get(number=2),
        ),
        position=1,
        code="NEWS.2.1",
    ),
}


@pytest.fixture
def frozen(cexp: Skill) -> Skill:
    freeze(skill=cexp, at=AT)
    return Skill.objects.select_related("framework").get(pk=cexp.pk)


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_real_changes_are_refused_once_frozen(frozen: Skill, change: Change) -> None:
    """The database refuses to change what an assessment may have been answered against."""
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        change()


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_changes_are_free_before_freezing(cexp: Skill, change: Change) -> None:
    """Until its first assessment a definition can be put right."""
    change()


def test_frozen_frameworks_take_no_new_level(frozen: Skill) -> None:
    """A level of responsibility cannot be added under the assessments that use the others."""
    LevelOfResponsibility.objects.create(framework=Framework.objects.create(code="other", name="O"), number=1)
    Framework.objects.create(code="used", name="Used", frozen_at=AT)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        LevelOfResponsibility.objects.create(framework=Framework.objects.get(code="used"), number=1)


@pytest.mark.parametrize("change", ALLOWED.values(), ids=ALLOWED)
def test_what_is_ours_stays_mendable(frozen: Skill, change: Change) -> None:
    """Reading help, tags, missing translations and other skills can still come and change."""
    change()


def test_freezing_keeps_its_first_moment(frozen: Skill) -> None:
    """Freezing again, or loading a framework without the moment, leaves it as it is."""
    freeze(skill=frozen, at=AT + dt.timedelta(days=1))
    Framework.objects.update(frozen_at=None)
    Skill.objects.update(is_frozen=False)
    assert Framework.objects.get().frozen_at == AT
    assert Skill.objects.get().is_frozen


def test_a_later_skill_freezes_with_its_own_first_assessment(frozen: Skill) -> None:
    """A skill that comes into a framework in use can be built up, until somebody is assessed against it."""
    ALLOWED["another skill"]()
    later = Skill.objects.get(code="NEWS")
    level = SkillLevel.objects.get(skill=later)
    freeze(skill=later, at=AT)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Statement.objects.create(skill_level=level, position=2, code="NEWS.2.2")


def test_freezing_a_frozen_skill_asks_the_database_nothing(
    frozen: Skill, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Every start of an assessment freezes; only the first one costs anything."""
    with django_assert_num_queries(0):
        freeze(skill=frozen, at=AT)
