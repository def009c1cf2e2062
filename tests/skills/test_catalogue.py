"""Definitions are read in the reader's language, from memory, and never out of date."""

from __future__ import annotations

import copy

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from skills.catalogue import definition, role_profiles, summaries
from skills.definition import SkillDefinition, Words
from skills.models import (
    Activity,
    Framework,
    RoleProfile,
    RoleTarget,
    Skill,
    SkillLevel,
    Statement,
    StatementActivity,
    Text,
)


def version() -> int:
    return Framework.objects.get(code="sfia-9").version


def read(skill: Skill, language: str, official: str = "") -> SkillDefinition:
    return definition(skill.pk, version(), language, official)


def test_levels_one_and_seven_are_not_defined(cexp: Skill) -> None:
    """All seven levels are there; the two without statements say so and keep their essence."""
    skill = read(cexp, "pt")
    assert [len(level.statements) for level in skill.levels] == [0, 2, 5, 6, 7, 6, 0]
    assert [level.number for level in skill.levels if not level.defined] == [1, 7]
    assert skill.level(1).essence.startswith("Executa tarefas de rotina")
    assert (skill.lowest, skill.highest) == (2, 6)


def test_statement_knows_its_place(cexp: Skill) -> None:
    """A statement carries its codes, its activities, its help and its label."""
    statement = read(cexp, "pt").level(4).statements[2]
    assert (statement.code, statement.short_code, statement.activities) == ("CEXP.4.3", "4.3", (2, 6))
    assert statement.text.startswith("Projeta e refinar")
    assert statement.help.startswith("Desenha e aprimora")
    assert (statement.label, statement.language) == ("Desenho da jornada entre áreas", "pt")


@pytest.mark.parametrize("language", ["pt", "ru"])
def test_official_languages_do_not_fall_back(cexp: Skill, language: str) -> None:
    """In Portuguese and in Russian every text is in its own language."""
    skill = read(cexp, language)
    assert not skill.fell_back
    assert {statement.language for statement in skill.statements} == {language}
    assert skill.languages == ("pt", "ru")


@pytest.mark.parametrize("official", ["pt", "ru"])
def test_reader_of_english_gets_the_official_text_of_choice(cexp: Skill, official: str) -> None:
    """Statements come in the language chosen for official texts, help and names in English."""
    skill = read(cexp, "en", official)
    assert {statement.language for statement in skill.statements} == {official}
    assert {statement.help.language for statement in skill.statements} == {"en"}
    assert (skill.name, skill.name.is_ours, skill.fell_back) == ("Customer experience", True, False)


def test_missing_language_falls_back_and_says_so(cexp: Skill) -> None:
    """Without a choice for official texts, English readers get the skill's first language, and are told."""
    skill = read(cexp, "en")
    assert skill.fell_back
    assert all(statement.fell_back and statement.language == "pt" for statement in skill.statements)


def test_one_missing_text_falls_back_alone(cexp: Skill) -> None:
    """A single text that lacks the language stands in from the first language; its help is not borrowed."""
    Text.objects.filter(statement__code="CEXP.2.1", language="ru").delete()
    one, other = read(cexp, "ru").level(2).statements
    assert (one.language, one.fell_back, one.help) == ("pt", True, "")
    assert (other.language, other.fell_back) == ("ru", False)


def test_a_text_in_neither_language_is_read_where_it_exists(cexp: Skill) -> None:
    """Where even the first language lacks a text, any language is better than none."""
    Text.objects.filter(statement__code="CEXP.2.1", language="pt").delete()
    statement = read(cexp, "pt").level(2).statements[0]
    assert (statement.language, statement.fell_back) == ("ru", True)


def test_sources_are_told(cexp: Skill) -> None:
    """A text says whether it is official, beta or ours."""
    statement = read(cexp, "ru").level(2).statements[0]
    assert (statement.text.is_beta, statement.text.is_ours, statement.help.is_ours) == (True, False, True)
    assert statement.text.language_name == "Русский"


def test_warm_reading_asks_the_database_nothing(
    cexp: Skill, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """What was read once is kept as long as the definition stays the same."""
    now = version()
    definition(cexp.pk, now, "pt")
    role_profiles(cexp.framework_id, now, "pt")
    with django_assert_num_queries(0):
        definition(cexp.pk, now, "pt")
        role_profiles(cexp.framework_id, now, "pt")


def test_cold_reading_does_not_grow_with_statements(
    cexp: Skill, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """A skill with more statements is read with the same number of queries."""
    now = version()
    definition.cache_clear()
    with django_assert_num_queries(7):
        definition(cexp.pk, now, "ru")
    level = SkillLevel.objects.get(level__number=2)
    for position in range(3, 30):
        Statement.objects.create(skill_level=level, position=position, code=f"CEXP.2.{position}")
    now = version()
    with django_assert_num_queries(7):
        definition(cexp.pk, now, "ru")


def change_text() -> None:
    Text.objects.filter(statement__code="CEXP.4.3", field="help").update(text="Novo texto.")


def change_tag() -> None:
    StatementActivity.objects.filter(statement__code="CEXP.4.3").delete()


def change_loop() -> None:
    Activity.objects.filter(position=1).update(loop="enable")


def add_statement() -> None:
    level = SkillLevel.objects.get(level__number=2)
    Statement.objects.create(skill_level=level, position=3, code="CEXP.2.3")


def drop_level() -> None:
    SkillLevel.objects.get(level__number=6).delete()


@pytest.mark.parametrize("change", [change_text, change_tag, change_loop, add_statement, drop_level])
def test_changes_show_at_once(cexp: Skill, change: object) -> None:
    """Any real change moves the version, so that the next reader gets the new definition."""
    before = read(cexp, "pt")
    assert callable(change)
    change()
    assert read(cexp, "pt") != before


def test_changed_role_profiles_show_at_once(cexp: Skill) -> None:
    """A new target level of a role is read with the next page."""
    assert role_profiles(cexp.framework_id, version(), "pt")[1].target(cexp.pk) == 4
    RoleTarget.objects.filter(role_profile__code="analyst").update(target=3)
    assert role_profiles(cexp.framework_id, version(), "pt")[1].target(cexp.pk) == 3


def test_a_change_that_is_rolled_back_leaves_nothing_behind(cexp: Skill) -> None:
    """What was read in a transaction that failed is never shown under a later version."""
    with transaction.atomic():
        change_text()
        assert read(cexp, "pt").level(4).statements[2].help == "Novo texto."
        transaction.set_rollback(True)
    Text.objects.filter(statement__code="CEXP.4.4", field="help").update(text="Outro texto.")
    assert read(cexp, "pt").level(4).statements[2].help.startswith("Desenha e aprimora")


def test_saving_the_same_again_keeps_the_version(cexp: Skill) -> None:
    """Writing what is already there is no change."""
    before = version()
    for text in Text.objects.filter(field="label"):
        text.save()
    assert version() == before


def test_role_profiles_are_read_in_three_languages(cexp: Skill) -> None:
    """Name and deliverables come in the reader's language; a role without a name shows its code."""
    RoleProfile.objects.create(framework=cexp.framework, code="nameless")
    for language, name in (("pt", "Analista de CX"), ("ru", "Аналитик CX"), ("en", "CX analyst")):
        roles = {role.code: role for role in role_profiles(cexp.framework_id, version(), language)}
        assert (roles["analyst"].name, roles["analyst"].name.language) == (name, language)
        assert roles["nameless"].name == "nameless"


def test_summaries_do_not_ask_more_for_more_skills(
    cexp: Skill, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The list of skills takes as many queries for two skills as for one."""
    with django_assert_num_queries(4):
        (one,) = summaries("ru", "ru")
    assert (one.name, one.levels) == ("Клиентский опыт", (2, 3, 4, 5, 6))
    Skill.objects.create(framework=cexp.framework, code="NEWS")
    with django_assert_num_queries(4):
        assert [skill.name for skill in summaries("ru", "ru")] == ["Клиентский опыт", "NEWS"]


def test_a_skill_without_statements_is_read(cexp: Skill) -> None:
    """A skill that an administrator has just begun can already be opened."""
    empty = read(Skill.objects.create(framework=cexp.framework, code="NEWS"), "pt")
    assert (empty.name, empty.lowest, empty.highest, empty.statements) == ("NEWS", 8, 0, ())


def test_unknown_skills_and_levels_are_errors(cexp: Skill) -> None:
    """Nothing is made up for a skill or a level that does not exist."""
    with pytest.raises(Skill.DoesNotExist):
        definition(0, version(), "pt")
    with pytest.raises(LookupError):
        read(cexp, "pt").level(8)


def test_words_survive_copying() -> None:
    """A text keeps its language and source when it is copied."""
    words = copy.deepcopy(Words("Olá", "pt", "ours", fell_back=True))
    assert (words, words.language, words.source, words.fell_back) == ("Olá", "pt", "ours", True)
