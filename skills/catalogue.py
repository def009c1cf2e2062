"""Definitions for reading: one frozen object per skill and language, kept in memory until it changes.

The key of what is kept is the framework's ``version``, which the database moves with every real change; so a
mended text shows at once and a warm read asks the database nothing. Callers bring the version with the row
that they read anyway, for example by ``select_related("skill__framework")``.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from skills.definition import (
    ActivityText,
    LevelText,
    RoleText,
    SkillDefinition,
    SkillSummary,
    StatementText,
    Words,
)
from skills.models import RoleProfile, Skill, Statement, Text

__all__ = [
    "ActivityText",
    "LevelText",
    "RoleText",
    "SkillDefinition",
    "SkillSummary",
    "StatementText",
    "Words",
    "definition",
    "role_profiles",
    "statement_texts",
    "summaries",
]

# Texts of one owner: (field, language) → (text, source).
Texts = dict[tuple[str, str], tuple[str, str]]


@lru_cache(maxsize=128)
def definition(skill_id: int, version: int, language: str, official: str = "") -> SkillDefinition:
    """The skill in a reader's language (pt, ru or en).

    Each text is taken in ``language``; else in ``official``, which a reader of English chooses for the texts
    that exist only in pt and ru; else in the skill's first language, and then it says that it fell back.
    Reading help has no stand-in: it is empty where the language has none. Raises Skill.DoesNotExist.
    """
    skill = Skill.objects.select_related("framework").get(pk=skill_id)
    return _Writer(skill, language, official or language).definition()


@lru_cache(maxsize=32)
def statement_texts(skill_id: int, version: int) -> dict[int, dict[str, str]]:
    """The official text of each statement, by its id and language. Raises Skill.DoesNotExist."""
    skill = Skill.objects.select_related("framework").get(pk=skill_id)
    found = _by_owner(list(Text.objects.of_skill(skill.pk, skill.framework_id)))
    return {
        pk: {language: text for (field, language), (text, _) in texts.items() if field == "text"}
        for (owner, pk), texts in found.items()
        if owner == "statement"
    }


def summaries(language: str, official: str = "") -> tuple[SkillSummary, ...]:
    """Every skill in a reader's language, as ``definition`` chooses it, in four queries."""
    texts = _by_owner(list(Text.objects.of_any_skill()))
    return tuple(
        _summary(skill, texts["skill", skill.pk], language, official or language)
        for skill in Skill.objects.listed().prefetch_related("levels__level")
    )


@lru_cache(maxsize=32)
def role_profiles(framework_id: int, version: int, language: str) -> tuple[RoleText, ...]:
    """The role profiles of a framework, lowest target first."""
    texts = _by_owner(list(Text.objects.of_role_profiles(framework_id)))
    profiles = RoleProfile.objects.of_framework(framework_id).prefetch_related("targets")
    roles = [_role(profile, texts["role_profile", profile.pk], language) for profile in profiles]
    return tuple(sorted(roles, key=lambda role: (role.highest_target, role.code)))


def _summary(skill: Skill, texts: Texts, language: str, official: str) -> SkillSummary:
    def pick(field: str) -> Words:
        return _pick(texts, field, (language, official, skill.first_language), accepted={language, official})

    return SkillSummary(
        code=skill.code,
        framework=skill.framework.name,
        name=pick("name") or Words(skill.code, language),
        description=pick("description"),
        category=pick("category"),
        subcategory=pick("subcategory"),
        levels=tuple(sorted(level.level.number for level in skill.levels.all())),
    )


def _role(profile: RoleProfile, texts: Texts, language: str) -> RoleText:
    deliverables = _pick(texts, "deliverables", (language, "en"), accepted={language})
    return RoleText(
        id=profile.pk,
        code=profile.code,
        name=_pick(texts, "name", (language, "en"), accepted={language}) or Words(profile.code, language),
        deliverables=tuple(deliverables.splitlines()),
        targets=tuple((target.skill_id, target.target) for target in profile.targets.all()),
    )


def _by_owner(rows: list[Text]) -> defaultdict[tuple[str, int], Texts]:
    texts: defaultdict[tuple[str, int], Texts] = defaultdict(dict)
    for row in rows:
        owner = row.owner_name
        texts[owner, getattr(row, f"{owner}_id")][row.field, row.language] = (row.text, row.source)
    return texts


def _pick(texts: Texts, field: str, languages: tuple[str, ...], *, accepted: set[str]) -> Words:
    """The field in the first of the languages that has it, in any other one, or empty."""
    others = tuple(sorted(language for name, language in texts if name == field))
    for language in (*languages, *others):
        if (field, language) in texts:
            text, source = texts[field, language]
            return Words(text, language, source, fell_back=language not in accepted)
    return Words()


class _Writer:
    """Reads a skill's rows once and writes the definition."""

    def __init__(self, skill: Skill, language: str, official: str) -> None:
        self.skill, self.language, self.official = skill, language, official
        self.languages = (language, official, skill.first_language)
        self.texts = _by_owner(list(Text.objects.of_skill(skill.pk, skill.framework_id)))

    def words(self, owner: str, pk: int, field: str) -> Words:
        accepted = {self.language, self.official}
        return _pick(self.texts[owner, pk], field, self.languages, accepted=accepted)

    def help(self, owner: str, pk: int, field: str) -> Words:
        text, source = self.texts[owner, pk].get((field, self.language), ("", ""))
        return Words(text, self.language, source)

    def definition(self) -> SkillDefinition:
        skill = self.skill
        return SkillDefinition(
            id=skill.pk,
            code=skill.code,
            framework=skill.framework.name,
            language=self.language,
            official_language=self.official,
            first_language=skill.first_language,
            languages=self.statement_languages(),
            name=self.words("skill", skill.pk, "name") or Words(skill.code, self.language),
            description=self.words("skill", skill.pk, "description"),
            category=self.words("skill", skill.pk, "category"),
            subcategory=self.words("skill", skill.pk, "subcategory"),
            note_lower=self.words("skill", skill.pk, "note_lower"),
            note_lower_help=self.help("skill", skill.pk, "note_lower_help"),
            note_higher=self.words("skill", skill.pk, "note_higher"),
            note_higher_help=self.help("skill", skill.pk, "note_higher_help"),
            levels=self.levels(),
            activities=self.activities(),
        )

    def statement_languages(self) -> tuple[str, ...]:
        """First the skill's own, then the others by their codes."""
        found = {
            language
            for (owner, _), texts in self.texts.items()
            for field, language in texts
            if owner == "statement" and field == "text"
        }
        return tuple(sorted(found, key=lambda language: (language != self.skill.first_language, language)))

    def levels(self) -> tuple[LevelText, ...]:
        statements = self.statements()
        return tuple(
            LevelText(
                number=level.number,
                phrase=self.words("level", level.pk, "phrase"),
                phrase_help=self.help("level", level.pk, "phrase_help"),
                essence=self.words("level", level.pk, "essence"),
                essence_help=self.help("level", level.pk, "essence_help"),
                defined=level.number in statements,
                statements=tuple(statements.get(level.number, ())),
            )
            for level in self.skill.framework.levels.order_by("number")
        )

    def statements(self) -> dict[int, list[StatementText]]:
        """The statements per level number; a defined level without any has an empty list."""
        numbers = self.skill.levels.order_by("level__number").values_list("level__number", flat=True)
        statements: dict[int, list[StatementText]] = {number: [] for number in numbers}
        for statement in Statement.objects.of_skill(self.skill.pk).tagged():
            number = statement.skill_level.level.number
            statements[number].append(self.statement(statement, number))
        return statements

    def statement(self, statement: Statement, level: int) -> StatementText:
        return StatementText(
            id=statement.pk,
            code=statement.code,
            level=level,
            position=statement.position,
            text=self.words("statement", statement.pk, "text"),
            help=self.help("statement", statement.pk, "help"),
            label=self.words("statement", statement.pk, "label"),
            activities=tuple(sorted(activity.position for activity in statement.activities.all())),
        )

    def activities(self) -> tuple[ActivityText, ...]:
        return tuple(
            ActivityText(
                id=activity.pk,
                position=activity.position,
                loop=activity.loop,
                text=self.words("activity", activity.pk, "text"),
                label=self.words("activity", activity.pk, "label"),
                help=self.help("activity", activity.pk, "help"),
            )
            for activity in self.skill.activities.order_by("position", "pk")
        )
