"""Definitions for reading: one frozen object per skill and language, kept in memory until the definition changes.

The key of what is kept is the framework's ``version``, which the database moves with every real change; so a
mended text shows at once and a warm read asks the database nothing. Callers bring the version with the row that they
read anyway, for example by ``select_related("skill__framework")``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from skills.models import HIGHEST_LEVEL, LOWEST_LEVEL, OWNERS, RoleProfile, Skill, Source, Statement, Text

# Texts of one owner: (field, language) → (text, source).
Texts = dict[tuple[str, str], tuple[str, str]]


class Words(str):
    """A text that knows its language and its source, and whether it stands in for another language."""

    __slots__ = ("fell_back", "language", "source")

    language: str
    source: str
    fell_back: bool

    def __new__(cls, text: str = "", language: str = "", source: str = "", fell_back: bool = False) -> Words:
        words = super().__new__(cls, text)
        words.language, words.source, words.fell_back = language, source, fell_back
        return words

    @property
    def is_beta(self) -> bool:
        return self.source == Source.BETA

    @property
    def is_ours(self) -> bool:
        return self.source == Source.OURS


@dataclass(frozen=True, kw_only=True)
class ActivityText:
    id: int
    position: int
    loop: str
    text: Words
    label: Words
    help: Words


@dataclass(frozen=True, kw_only=True)
class StatementText:
    id: int
    code: str
    level: int
    position: int
    text: Words
    help: Words
    label: Words
    # Positions of the activities that it belongs to.
    activities: tuple[int, ...]

    @property
    def short_code(self) -> str:
        return f"{self.level}.{self.position}"

    @property
    def language(self) -> str:
        return self.text.language

    @property
    def fell_back(self) -> bool:
        return self.text.fell_back


@dataclass(frozen=True, kw_only=True)
class LevelText:
    """A level of responsibility, with the statements of the skill there; none where it is not defined."""

    number: int
    phrase: Words
    phrase_help: Words
    essence: Words
    essence_help: Words
    defined: bool
    statements: tuple[StatementText, ...]


@dataclass(frozen=True, kw_only=True)
class SkillDefinition:
    id: int
    code: str
    framework: str
    # The reader's language, and the one for texts that do not exist in it.
    language: str
    official_language: str
    first_language: str
    name: Words
    description: Words
    category: Words
    subcategory: Words
    note_lower: Words
    note_lower_help: Words
    note_higher: Words
    note_higher_help: Words
    levels: tuple[LevelText, ...]
    activities: tuple[ActivityText, ...]

    @property
    def fell_back(self) -> bool:
        """Whether any text of the skill itself stands in for one that its language lacks."""
        own = (self.name, self.description, *(a.text for a in self.activities), *(s.text for s in self.statements))
        return any(words.fell_back for words in own)

    @property
    def statements(self) -> tuple[StatementText, ...]:
        return tuple(statement for level in self.levels for statement in level.statements)

    @property
    def defined_levels(self) -> tuple[LevelText, ...]:
        return tuple(level for level in self.levels if level.defined)

    @property
    def lowest(self) -> int:
        """The lowest defined level; above the highest level where none is defined."""
        return min((level.number for level in self.defined_levels), default=HIGHEST_LEVEL + 1)

    @property
    def highest(self) -> int:
        """The highest defined level; below the lowest level where none is defined."""
        return max((level.number for level in self.defined_levels), default=LOWEST_LEVEL - 1)

    def level(self, number: int) -> LevelText:
        """The level of this number; LookupError where the framework has none."""
        for level in self.levels:
            if level.number == number:
                return level
        raise LookupError(number)


@dataclass(frozen=True, kw_only=True)
class RoleText:
    """A role profile; ``targets`` are pairs of skill id and target level."""

    id: int
    code: str
    name: Words
    deliverables: tuple[str, ...]
    targets: tuple[tuple[int, int], ...]

    def target(self, skill_id: int) -> int | None:
        return dict(self.targets).get(skill_id)


@lru_cache(maxsize=128)
def definition(skill_id: int, version: int, language: str, official: str = "") -> SkillDefinition:
    """The skill in a reader's language (pt, ru or en).

    Each text is taken in ``language``; else in ``official``, which a reader of English chooses for the texts that
    exist only in pt and ru; else in the skill's first language, and then it says that it fell back. Reading help
    has no stand-in: it is empty where the language has none. Raises Skill.DoesNotExist.
    """
    skill = Skill.objects.select_related("framework").get(pk=skill_id)
    return _Writer(skill, language, official or language).definition()


@lru_cache(maxsize=32)
def role_profiles(framework_id: int, version: int, language: str) -> tuple[RoleText, ...]:
    """The role profiles of a framework, lowest target first."""
    texts = _by_owner(list(Text.objects.of_role_profiles(framework_id)))
    profiles = RoleProfile.objects.of_framework(framework_id).prefetch_related("targets")
    roles = [_role(profile, texts["role_profile", profile.pk], language) for profile in profiles]
    return tuple(sorted(roles, key=lambda role: (max((target for _, target in role.targets), default=0), role.code)))


def reading_language(interface: str) -> str:
    """The language of skill texts for an interface language: pt-br reads pt."""
    return interface.split("-")[0]


def _role(profile: RoleProfile, texts: Texts, language: str) -> RoleText:
    deliverables = _pick(texts, "deliverables", (language, "en"), accepted={language})
    return RoleText(
        id=profile.pk,
        code=profile.code,
        name=_pick(texts, "name", (language, "en"), accepted={language}) or Words(profile.code),
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
