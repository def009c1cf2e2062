"""What must always hold of a definition is held by the database: each rule on both sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, models, transaction

from skills.models import (
    Activity,
    Framework,
    LevelOfResponsibility,
    RoleProfile,
    RoleTarget,
    Skill,
    SkillLevel,
    Statement,
    StatementActivity,
    Text,
)

Make = Callable[[], models.Model]


def framework() -> Framework:
    return Framework.objects.get(code="sfia-9")


def skill() -> Skill:
    return Skill.objects.get(code="CEXP")


def new_skill(code: str) -> Skill:
    return Skill(framework=framework(), code=code)


def level(number: int) -> LevelOfResponsibility:
    return LevelOfResponsibility(
        framework=Framework.objects.create(code="other", name="Other"), number=number
    )


def statement(position: int, code: str) -> Statement:
    return Statement(skill_level=SkillLevel.objects.get(level__number=2), position=position, code=code)


def text(**fields: Any) -> Text:
    return Text(**{"field": "description", "language": "en", "source": "ours", "text": "Words.", **fields})


def target(level: int) -> RoleTarget:
    role = RoleProfile.objects.create(framework=framework(), code="new")
    return RoleTarget(role_profile=role, skill=skill(), target=level)


def fresh() -> Skill:
    return Skill.objects.create(framework=framework(), code="NEWS")


GOOD: dict[str, Make] = {
    "level 7": lambda: level(7),
    "skill code": lambda: new_skill("AB12CD34"),
    "statement code": lambda: statement(3, "CEXP.2.3"),
    "activity position": lambda: Activity(skill=skill(), position=9, loop="share"),
    "target 7": lambda: target(7),
    "text of a skill": lambda: text(skill=fresh()),
    "text of an activity in a language it lacks": lambda: text(
        activity=Activity.objects.get(position=1), field="text"
    ),
    "official text": lambda: text(skill=fresh(), source="official"),
}
BAD: dict[str, tuple[str, Make]] = {
    "level 0": ("skills_level_number_1_to_7", lambda: level(0)),
    "level 8": ("skills_level_number_1_to_7", lambda: level(8)),
    "level twice": (
        "skills_level_unique",
        lambda: LevelOfResponsibility(framework=framework(), number=1),
    ),
    "skill twice": ("skills_skill_unique", lambda: new_skill("CEXP")),
    "skill code in small letters": ("skills_skill_code_form", lambda: new_skill("cexp")),
    "skill level twice": (
        "skills_skilllevel_unique",
        lambda: SkillLevel(skill=skill(), level=LevelOfResponsibility.objects.get(number=2)),
    ),
    "statement twice": ("skills_statement_unique", lambda: statement(2, "CEXP.2.2")),
    "statement code of another form": ("skills_statement_code_form", lambda: statement(3, "CEXP-2.3")),
    "statement code of another position": ("skills_statement_code_form", lambda: statement(3, "CEXP.2.13")),
    "activity twice": (
        "skills_activity_unique",
        lambda: Activity(skill=skill(), position=8, loop="share"),
    ),
    "activity at 0": (
        "skills_activity_position_from_1",
        lambda: Activity(skill=skill(), position=0, loop="share"),
    ),
    "unknown loop": (
        "skills_activity_loop_known",
        lambda: Activity(skill=skill(), position=9, loop="talk"),
    ),
    "tag twice": (
        "skills_statementactivity_unique",
        lambda: StatementActivity(
            statement=Statement.objects.get(code="CEXP.2.1"), activity=Activity.objects.get(position=2)
        ),
    ),
    "role twice": ("skills_roleprofile_unique", lambda: RoleProfile(framework=framework(), code="analyst")),
    "target twice": (
        "skills_roletarget_unique",
        lambda: RoleTarget(role_profile=RoleProfile.objects.get(code="analyst"), skill=skill(), target=3),
    ),
    "target 8": ("skills_roletarget_1_to_7", lambda: target(8)),
    "target 0": ("skills_roletarget_1_to_7", lambda: target(0)),
    "text of nothing": ("skills_text_(one_owner|field_fits_owner)", lambda: text()),
    "text of two things": (
        "skills_text_one_owner",
        lambda: text(skill=fresh(), activity=Activity.objects.get(position=1)),
    ),
    "text twice": ("skills_text_unique", lambda: text(skill=skill())),
    "field of another owner": ("skills_text_field_fits_owner", lambda: text(skill=fresh(), field="essence")),
    "unknown language": ("skills_text_language_and_source_known", lambda: text(skill=fresh(), language="de")),
    "unknown source": ("skills_text_language_and_source_known", lambda: text(skill=fresh(), source="mine")),
    "official reading help": (
        "skills_text_help_is_ours",
        lambda: text(skill=fresh(), field="note_lower_help", source="official"),
    ),
    "empty text": ("skills_text_not_empty", lambda: text(skill=fresh(), text=" \n")),
}


@pytest.mark.usefixtures("cexp")
@pytest.mark.parametrize("make", GOOD.values(), ids=GOOD)
def test_good_rows_are_kept(make: Make) -> None:
    """A row within the rules is saved, and its form says nothing against it."""
    row = make()
    row.full_clean()
    row.save()


@pytest.mark.usefixtures("cexp")
@pytest.mark.parametrize(("constraint", "make"), BAD.values(), ids=BAD)
def test_bad_rows_are_refused_by_the_database(constraint: str, make: Make) -> None:
    """A row outside the rules is refused, whoever writes it."""
    row = make()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


@pytest.mark.usefixtures("cexp")
@pytest.mark.parametrize("make", [make for _, make in BAD.values()], ids=BAD)
def test_bad_rows_are_explained(make: Make) -> None:
    """A form gets a message to show, not a database error."""
    row = make()
    with pytest.raises(ValidationError):
        row.full_clean()


@pytest.mark.usefixtures("cexp")
@pytest.mark.parametrize(
    "model",
    [
        *(Framework, LevelOfResponsibility, Skill, SkillLevel, Statement, Activity),
        *(StatementActivity, RoleProfile, RoleTarget, Text),
    ],
)
def test_natural_keys_find_their_row(model: type[models.Model]) -> None:
    """Every row is found again by the key that it gives of itself."""
    manager: Any = model._default_manager
    rows = list(manager.all())
    assert rows == [manager.get_by_natural_key(*row.natural_key()) for row in rows]
    assert rows


def test_a_code_in_two_editions_reads_the_newest(cexp: Skill) -> None:
    """Where two editions of the framework have a skill, its address shows that of the newer one."""
    newer = Framework.objects.create(code="sfia-10", name="SFIA 10")
    skill = Skill.objects.create(framework=newer, code="CEXP")
    assert Skill.objects.coded("CEXP") == skill
    assert Skill.objects.listed().first() == skill


def test_dump_and_load_make_a_copy(cexp: Skill, tmp_path: object) -> None:
    """What dumpdata writes with natural keys, loaddata reads as the same definition."""
    dumped = f"{tmp_path}/skills.json"
    call_command("dumpdata", "skills", natural_foreign=True, natural_primary=True, output=dumped)
    before = sorted(Text.objects.values_list("field", "language", "text"))
    Framework.objects.get().delete()
    call_command("loaddata", dumped, verbosity=0)
    assert sorted(Text.objects.values_list("field", "language", "text")) == before
