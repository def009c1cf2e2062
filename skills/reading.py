"""A skill as its page shows it: in one language, or two side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from skills.catalogue import definition
from skills.models import Language

if TYPE_CHECKING:
    from skills.definition import ActivityText, LevelText, SkillDefinition, StatementText
    from skills.models import Skill


@dataclass(frozen=True, kw_only=True)
class Rung:
    """A step of the ladder; its three bars stay empty, for nobody is assessed on this page."""

    number: int
    phrase: str
    defined: bool
    href: str
    claimed: int | None = None
    supported: int | None = None
    validated: int | None = None


@dataclass(frozen=True, kw_only=True)
class LanguageLink:
    code: str
    name: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class LevelPair:
    """A level in both languages, statement beside statement."""

    left: LevelText
    right: LevelText

    @property
    def statements(self) -> tuple[tuple[StatementText, StatementText], ...]:
        return tuple(zip(self.left.statements, self.right.statements, strict=True))


@dataclass(frozen=True, kw_only=True)
class SkillPage:
    skill: SkillDefinition
    # The same skill in the language beside it, if any.
    beside: SkillDefinition | None

    @property
    def rungs(self) -> tuple[Rung, ...]:
        return tuple(
            Rung(
                number=level.number, phrase=level.phrase, defined=level.defined, href=f"#level-{level.number}"
            )
            for level in self.skill.levels
        )

    @property
    def undefined(self) -> tuple[str, ...]:
        return tuple(str(level.number) for level in self.skill.levels if not level.defined)

    @property
    def undefined_numbers(self) -> str:
        """Such as "1 and 7", in the reader's language."""
        return str(get_text_list(list(self.undefined), _("and")))

    @property
    def languages(self) -> tuple[LanguageLink, ...]:
        return tuple(
            LanguageLink(code=code, name=name, is_current=code == self.skill.language)
            for code, name in Language.choices
        )

    @property
    def text_language(self) -> str:
        """The language in which its statements are read here."""
        return self.skill.statements[0].language if self.skill.statements else self.skill.language

    @property
    def is_in_other_language(self) -> bool:
        """Whether the statements exist only in a language other than the reader's."""
        return self.text_language != self.skill.language

    @property
    def text_language_name(self) -> str:
        return Language(self.text_language).label

    @property
    def language_name(self) -> str:
        return Language(self.skill.language).label

    @property
    def beside_name(self) -> str:
        return Language(self.beside.language).label if self.beside else ""

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two languages that can be read side by side, the reader's first."""
        others = [language for language in self.skill.languages if language != self.text_language]
        return (self.text_language, others[0]) if others else None

    @property
    def level_pairs(self) -> tuple[LevelPair, ...]:
        beside = self.beside or self.skill
        pairs = zip(self.skill.levels, beside.levels, strict=True)
        return tuple(LevelPair(left=left, right=right) for left, right in pairs)

    @property
    def activity_pairs(self) -> tuple[tuple[ActivityText, ActivityText], ...]:
        beside = self.beside or self.skill
        return tuple(zip(self.skill.activities, beside.activities, strict=True))


def skill_page(skill: Skill, *, reader: tuple[str, str], lang: str = "", compare: str = "") -> SkillPage:
    """The page for a reader, given as (language, language of official texts), or in the language asked for.

    With ``compare``, the reader's text stands on the left and the other language on the right; who asks to
    compare a language with itself gets another one on the left.
    """
    language = lang or reader[0]
    official = reader[1] if language == Language.EN else language
    page = _page(skill, language, official, compare)
    if compare and page.text_language == compare and page.pair:
        page = _page(skill, page.pair[1], page.pair[1], compare)
    return page


def _page(skill: Skill, language: str, official: str, compare: str) -> SkillPage:
    version = skill.framework.version
    beside = definition(skill.pk, version, compare, compare) if compare else None
    return SkillPage(skill=definition(skill.pk, version, language, official), beside=beside)
