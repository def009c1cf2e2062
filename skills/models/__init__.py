"""Skill definitions, the roles that refer to them, and their texts."""

from skills.models.definitions import (
    HIGHEST_LEVEL,
    LOWEST_LEVEL,
    Framework,
    Language,
    LevelOfResponsibility,
    Skill,
    SkillLevel,
)
from skills.models.indicators import Indicator, IndicatorKind
from skills.models.roles import RoleProfile, RoleTarget
from skills.models.statements import Activity, Loop, Statement, StatementActivity
from skills.models.texts import FIELDS_OF, OWNERS, Field, Source, Text

__all__ = [
    "FIELDS_OF",
    "HIGHEST_LEVEL",
    "LOWEST_LEVEL",
    "OWNERS",
    "Activity",
    "Field",
    "Framework",
    "Indicator",
    "IndicatorKind",
    "Language",
    "LevelOfResponsibility",
    "Loop",
    "RoleProfile",
    "RoleTarget",
    "Skill",
    "SkillLevel",
    "Source",
    "Statement",
    "StatementActivity",
    "Text",
]
