"""What an organisation expects of its roles, level by skill."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from skills import querysets, triggers
from skills.models.definitions import HIGHEST_LEVEL, LOWEST_LEVEL, Framework, Skill


class RoleProfile(models.Model):
    """A role with its target level per skill. Texts: name, deliverables (one per line)."""

    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="role_profiles", verbose_name=_("framework")
    )
    code = models.SlugField(_("code"), max_length=30)

    objects = querysets.RoleProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("role profile")
        verbose_name_plural = _("role profiles")
        ordering = ("framework_id", "code")
        constraints = (
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="skills_roleprofile_unique",
                violation_error_message=_("This framework already has a role profile of this code."),
            ),
        )
        triggers = (triggers.move_version(triggers.OWN_FRAMEWORK),)

    def __str__(self) -> str:
        return self.code

    def natural_key(self) -> tuple[str, str]:
        return (self.framework.code, self.code)


class RoleTarget(models.Model):
    """The level that a role aims at in a skill."""

    role_profile = models.ForeignKey(
        RoleProfile, models.CASCADE, related_name="targets", verbose_name=_("role profile")
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="role_targets", verbose_name=_("skill"))
    target = models.PositiveSmallIntegerField(_("target level"))

    objects = querysets.RoleTargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target level of a role")
        verbose_name_plural = _("target levels of roles")
        ordering = ("role_profile_id", "skill_id")
        constraints = (
            models.UniqueConstraint(
                fields=["role_profile", "skill"],
                name="skills_roletarget_unique",
                violation_error_message=_("This role profile already has a target level for this skill."),
            ),
            models.CheckConstraint(
                condition=Q(target__range=(LOWEST_LEVEL, HIGHEST_LEVEL)),
                name="skills_roletarget_1_to_7",
                violation_error_message=_("Target levels go from 1 to 7."),
            ),
        )
        triggers = (triggers.move_version(triggers.FRAMEWORK_OF_SKILL),)

    def __str__(self) -> str:
        return f"{self.role_profile.code} · {self.skill.code} {self.target}"

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.role_profile.natural_key(), self.skill.code)
