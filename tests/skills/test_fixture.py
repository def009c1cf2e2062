"""The definition that ships says what its sources say, word by word."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from skills.catalogue import definition, role_profiles
from skills.models import Framework, Skill, Statement, Text

PROJECT = Path(__file__).resolve().parent.parent.parent
ROWS: list[dict[str, Any]] = json.loads((PROJECT / "fixtures/sfia9_cexp.json").read_text())
SOURCES = {
    language: (PROJECT / f"tests/data/sfia9_cexp_{language}.txt").read_text() for language in ("pt", "ru")
}
HEADING = {"pt": "Experiência do cliente: Nível {}", "ru": "Клиентский опыт: Уровень {}"}
PER_LEVEL = {2: 2, 3: 5, 4: 6, 5: 7, 6: 6}


def lines(language: str) -> list[str]:
    """The lines of a source without bullets and surplus space."""
    return [
        re.sub(r"\s+", " ", line).strip(" •").removeprefix("- ") for line in SOURCES[language].splitlines()
    ]


def section(language: str, start: str, *ends: str) -> list[str]:
    found = lines(language)
    first = next(number for number, line in enumerate(found) if line.startswith(start)) + 1
    last = next((n for n in range(first, len(found)) if found[n].startswith(ends)), len(found))
    return [line for line in found[first:last] if line]


def sentences(language: str, level: int) -> list[str]:
    heading = HEADING[language].split(":")[0]
    body = section(language, HEADING[language].format(level), heading)
    text = " ".join(line for line in body if not line.startswith(("Уровень ", "(new)")))
    return re.split(r"(?<=\.) ", text.replace("..", "."))


def shipped(field: str, language: str, **owner: Any) -> list[str]:
    texts = Text.objects.filter(field=field, language=language, **owner)
    return list(texts.order_by("statement__code", "activity__position").values_list("text", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pt", "ru"])
@pytest.mark.parametrize("level", [2, 3, 4, 5, 6])
def test_statements_are_those_of_the_source(level: int, language: str) -> None:
    """Every statement of a level is a sentence of the source, in its order, and none is left out."""
    found = shipped("text", language, statement__skill_level__level__number=level)
    assert found == sentences(language, level)
    assert len(found) == PER_LEVEL[level]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "start", "end"),
    [("pt", "As atividades", "Compreendendo"), ("ru", "Деятельность", "Понимание")],
)
def test_activities_are_those_of_the_source(language: str, start: str, end: str) -> None:
    """The eight activities are the guidance bullets of the source."""
    found = shipped("text", language, activity__isnull=False)
    assert found == section(language, start, end)
    assert len(found) == 8


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pt", "ru"])
@pytest.mark.parametrize("field", ["description", "note_lower", "note_higher"])
def test_description_and_notes_are_those_of_the_source(field: str, language: str) -> None:
    """Each line of the description and of the notes on undefined levels stands in the source."""
    (text,) = shipped(field, language, skill__code="CEXP")
    assert set(text.splitlines()) <= set(lines(language))


@pytest.mark.django_db
@pytest.mark.parametrize("level", [2, 3, 4, 5, 6])
def test_russian_phrases_and_essences_are_those_of_the_source(level: int) -> None:
    """Phrase and essence of a defined level are read from the Russian source."""
    (phrase,) = shipped("phrase", "ru", level__number=level)
    (essence,) = shipped("essence", "ru", level__number=level)
    assert f"Уровень {level} - {phrase}: Суть уровня: {essence}" in lines("ru")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pt", "ru", "en"])
def test_every_statement_has_help_and_label(language: str) -> None:
    """All 26 statements have reading help and a label of three to five words in each language."""
    assert len(set(shipped("help", language, statement__isnull=False))) == 26
    labels = shipped("label", language, statement__isnull=False)
    assert len(labels) == 26
    assert all(3 <= len(label.split()) <= 5 for label in labels)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pt", "ru", "en"])
def test_seven_levels_have_phrase_and_essence(language: str) -> None:
    """All seven levels of responsibility are described in each language."""
    assert len(set(shipped("phrase", language))) == 7
    assert len(set(shipped("essence", language))) == 7


@pytest.mark.django_db
def test_sources_are_told() -> None:
    """What SFIA wrote is official in Portuguese and beta in Russian; what we wrote is ours."""
    assert set(Text.objects.filter(field="text").values_list("language", "source")) == {
        ("pt", "official"),
        ("ru", "beta"),
    }
    ours = Text.objects.filter(field="essence", source="ours").exclude(language="en")
    assert set(ours.values_list("language", "level__number")) == {
        ("pt", 2),
        ("pt", 6),
        ("pt", 7),
        ("ru", 1),
        ("ru", 7),
    }
    assert not Text.objects.filter(language="en").exclude(source="ours").exists()


@pytest.mark.django_db
def test_role_profiles_have_targets_and_deliverables(cexp: Skill) -> None:
    """Four roles aim at levels 2, 4, 5 and 6, and name four to six deliverables each."""
    roles = role_profiles(cexp.framework_id, cexp.framework.version, "pt")
    assert [(role.code, role.target(cexp.pk)) for role in roles] == [
        ("operational", 2),
        ("analyst", 4),
        ("tactical", 5),
        ("strategic", 6),
    ]
    assert all(4 <= len(role.deliverables) <= 6 for role in roles)


@pytest.mark.django_db
def test_every_statement_belongs_to_an_activity(cexp: Skill) -> None:
    """The radar has a place for each statement, and a statement on each axis."""
    statements = definition(cexp.pk, cexp.framework.version, "pt").statements
    assert all(statement.activities for statement in statements)
    per_activity = Counter(position for statement in statements for position in statement.activities)
    assert per_activity == {1: 5, 2: 5, 3: 6, 4: 4, 5: 2, 6: 4, 7: 4, 8: 3}


def test_fixture_has_no_keys_of_this_database() -> None:
    """Rows are told by natural keys, and nothing that the product sets by itself is in the file."""
    assert not [row for row in ROWS if "pk" in row]
    assert not [row for row in ROWS if {"version", "frozen_at", "is_frozen"} & set(row["fields"])]


@pytest.mark.django_db
@pytest.mark.parametrize("frozen", [False, True])
def test_loading_again_changes_nothing(cexp: Skill, *, frozen: bool) -> None:
    """Loading the fixture once more adds no row, moves no version and unfreezes nothing."""
    if frozen:
        Framework.objects.freeze(cexp.framework_id, at=timezone.now())
    before = _everything()
    call_command("loaddata", "sfia9_cexp", verbosity=0)
    assert _everything() == before


def _everything() -> tuple[Any, ...]:
    return (
        sorted(Framework.objects.values_list()),
        sorted(Skill.objects.values_list()),
        sorted(Statement.objects.values_list()),
        list(Text.objects.order_by("pk").values_list("pk", "text")),
    )
