"""Questions about definitions, in the words of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    import datetime as dt

    from skills.models import (
        Activity,
        Framework,
        Indicator,
        LevelOfResponsibility,
        RoleProfile,
        RoleTarget,
        Skill,
        SkillLevel,
        Statement,
        StatementActivity,
        Text,
    )


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def get_by_natural_key(self, code: str) -> Framework:
        return self.get(code=code)

    def hold(self) -> None:
        """Holds them all before anything of theirs: who freezes one meanwhile waits here, not in a circle."""
        list(self.select_for_update(no_key=True).order_by("pk").values_list("pk"))

    def freeze(self, framework_id: int, *, at: dt.datetime) -> None:
        """Set the moment of freezing once; later moments leave it as it is.

        The row is held all the same: changes of its definitions that are under way wait, or were first.
        """
        self.select_for_update(no_key=True).get(pk=framework_id)
        self.filter(pk=framework_id, frozen_at__isnull=True).update(frozen_at=at)


class LevelOfResponsibilityQuerySet(models.QuerySet["LevelOfResponsibility"]):
    def get_by_natural_key(self, framework: str, number: int) -> LevelOfResponsibility:
        return self.get(framework__code=framework, number=number)


class SkillQuerySet(models.QuerySet["Skill"]):
    def get_by_natural_key(self, framework: str, code: str) -> Skill:
        return self.get(framework__code=framework, code=code)

    def freeze(self, skill_id: int) -> None:
        self.filter(pk=skill_id, is_frozen=False).update(is_frozen=True)

    def listed(self) -> SkillQuerySet:
        """Every skill with its framework, in the order of the list."""
        return self.select_related("framework").order_by("code", "-framework_id")

    def coded(self, code: str) -> Skill:
        """The skill of this code; where several editions have it, that of the newest.

        Raises Skill.DoesNotExist.
        """
        found = self.listed().filter(code=code).first()
        if found is None:
            raise self.model.DoesNotExist(code)
        return found


class SkillLevelQuerySet(models.QuerySet["SkillLevel"]):
    def get_by_natural_key(self, framework: str, skill: str, number: int) -> SkillLevel:
        return self.get(skill__framework__code=framework, skill__code=skill, level__number=number)


class StatementQuerySet(models.QuerySet["Statement"]):
    def get_by_natural_key(self, framework: str, code: str) -> Statement:
        return self.get(skill_level__skill__framework__code=framework, code=code)

    def of_skill(self, skill_id: int) -> StatementQuerySet:
        """The statements of a skill, lowest level first."""
        order = ("skill_level__level__number", "position", "pk")
        return self.filter(skill_level__skill_id=skill_id).order_by(*order)

    def tagged(self) -> StatementQuerySet:
        """With the level and the activities of each, read along."""
        return self.select_related("skill_level__level").prefetch_related("activities")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def get_by_natural_key(self, framework: str, skill: str, position: int) -> Activity:
        return self.get(skill__framework__code=framework, skill__code=skill, position=position)


class StatementActivityQuerySet(models.QuerySet["StatementActivity"]):
    def get_by_natural_key(self, framework: str, statement: str, position: int) -> StatementActivity:
        return self.get(
            statement__skill_level__skill__framework__code=framework,
            statement__code=statement,
            activity__position=position,
        )


class RoleProfileQuerySet(models.QuerySet["RoleProfile"]):
    def get_by_natural_key(self, framework: str, code: str) -> RoleProfile:
        return self.get(framework__code=framework, code=code)

    def of_framework(self, framework_id: int) -> RoleProfileQuerySet:
        return self.filter(framework_id=framework_id).order_by("code", "pk")


class RoleTargetQuerySet(models.QuerySet["RoleTarget"]):
    def get_by_natural_key(self, framework: str, role_profile: str, skill: str) -> RoleTarget:
        return self.get(
            role_profile__framework__code=framework,
            role_profile__code=role_profile,
            skill__framework__code=framework,
            skill__code=skill,
        )


# How a natural key finds the owner of a text; the parts follow the owner's own natural key.
OWNER_KEYS = {
    "level": ("level__framework__code", "level__number"),
    "skill": ("skill__framework__code", "skill__code"),
    "statement": ("statement__skill_level__skill__framework__code", "statement__code"),
    "activity": ("activity__skill__framework__code", "activity__skill__code", "activity__position"),
    "role_profile": ("role_profile__framework__code", "role_profile__code"),
}


class TextQuerySet(models.QuerySet["Text"]):
    def get_by_natural_key(self, owner: str, *key: Any) -> Text:
        *owner_key, field, language = key
        look_up = dict(zip(OWNER_KEYS[owner], owner_key, strict=True))
        return self.get(**look_up, field=field, language=language)

    def of_skill(self, skill_id: int, framework_id: int) -> TextQuerySet:
        """All texts that a page about the skill may show, those of the framework's levels too."""
        return self.filter(
            Q(skill_id=skill_id)
            | Q(level__framework_id=framework_id)
            | Q(activity__skill_id=skill_id)
            | Q(statement__skill_level__skill_id=skill_id)
        ).order_by("pk")

    def of_any_skill(self) -> TextQuerySet:
        """The texts that belong to skills themselves: names, descriptions, categories."""
        return self.filter(skill__isnull=False).order_by("pk")

    def of_role_profiles(self, framework_id: int) -> TextQuerySet:
        return self.filter(role_profile__framework_id=framework_id).order_by("pk")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def get_by_natural_key(
        self, owner: str, framework: str, code: str, language: str, kind: str
    ) -> Indicator:
        if owner == "statement":
            look_up = {"statement__skill_level__skill__framework__code": framework, "statement__code": code}
        else:
            look_up = {"skill__framework__code": framework, "skill__code": code}
        return self.get(**look_up, language=language, kind=kind)

    def of_skill(self, skill_id: int, language: str) -> IndicatorQuerySet:
        """Those of the skill and of its statements, in one language."""
        owned = Q(skill_id=skill_id) | Q(statement__skill_level__skill_id=skill_id)
        return self.filter(owned, language=language).order_by("statement_id", "kind", "pk")
