"""What a definition looks like to those who read it: frozen objects in one language."""

from __future__ import annotations

from dataclasses import dataclass

from skills.models import HIGHEST_LEVEL, LOWEST_LEVEL, Language, Source


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
    def language_name(self) -> str:
        """The language's own name for itself."""
        return Language(self.language).label

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


def anchor_for(code: str) -> str:
    """The id of the element that shows a statement on a page: statement-CEXP-4-3 for CEXP.4.3."""
    return f"statement-{code.replace('.', '-')}"


def written(code: str) -> str:
    """A statement's code as people write it: CEXP 4.3."""
    return code.replace(".", " ", 1)


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
    def written_code(self) -> str:
        return written(self.code)

    @property
    def anchor(self) -> str:
        return anchor_for(self.code)

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
    # The languages in which it has statements.
    languages: tuple[str, ...]
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
        activities = (activity.text for activity in self.activities)
        statements = (statement.text for statement in self.statements)
        return any(words.fell_back for words in (self.name, self.description, *activities, *statements))

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
class SkillSummary:
    """A skill in a list of skills; ``levels`` are the numbers at which it is defined."""

    code: str
    framework: str
    name: Words
    description: Words
    category: Words
    subcategory: Words
    levels: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class RoleText:
    """A role profile; ``targets`` are pairs of skill id and target level."""

    id: int
    code: str
    name: Words
    deliverables: tuple[str, ...]
    targets: tuple[tuple[int, int], ...]

    @property
    def highest_target(self) -> int:
        return max((target for _, target in self.targets), default=0)

    def target(self, skill_id: int) -> int | None:
        return dict(self.targets).get(skill_id)
