"""The columns of the people's file: headings and values in the reader's words, made of the machine's row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assessments.files.cells import CellValue
from assessments.models import State
from assessments.results.exports.asked import LEVELS, Wanted
from assessments.results.words import OUTCOMES, RATINGS, STANDINGS, level_text
from people.models import Channel
from skills.catalogue import SkillDefinition, definition, role_profiles

Row = Mapping[str, Any]


CONTESTED = pgettext_lazy("assessment", "Contested")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    heading: str | Promise
    width: int
    value: Callable[[Row], CellValue]
    style: Literal["text", "date", "percent"] = "text"
    is_provisional: bool = False


def columns_of(wanted: Wanted) -> tuple[Column, ...]:
    skill = definition(wanted.skill.pk, wanted.skill.framework.version, *wanted.reader.reader)
    if wanted.kind is LEVELS:
        of_kind = _level_columns(skill)
        provisional = _provisional_level_columns(skill)
    else:
        of_kind = _statement_columns(skill)
        provisional = _provisional_statement_columns()
    return (*_person_columns(wanted), *of_kind, *(provisional if wanted.provisional else ()))


def _person_columns(wanted: Wanted) -> tuple[Column, ...]:
    """Who it is; with the levels also what is asked of them, which a row per statement would only repeat."""
    framework, (language, _official) = wanted.skill.framework, wanted.reader.reader
    roles = {role.code: role.name for role in role_profiles(framework.pk, framework.version, language)}
    states = {"not_begun": _("not begun"), **dict(State.choices)}
    job = (
        _plain(gettext_lazy("Job title"), "job_title", width=24),
        _worded(gettext_lazy("Channel"), "channel", dict(Channel.choices), width=16),
        _worded(gettext_lazy("Role profile"), "role_profile", roles, width=18),
        _plain(gettext_lazy("Target level of the role"), "role_target"),
    )
    return (
        _plain(gettext_lazy("Person"), "person_name", width=28),
        _plain(gettext_lazy("E-mail"), "person_email", width=30),
        _plain(gettext_lazy("Team"), "team", width=24),
        *(job if wanted.kind is LEVELS else ()),
        _worded(gettext_lazy("Status"), "status", states, width=16),
        _plain(gettext_lazy("Level"), "level", width=8),
    )


def _level_columns(skill: SkillDefinition) -> tuple[Column, ...]:
    lowest = skill.lowest
    return (
        _worded(gettext_lazy("Outcome"), "outcome", {**OUTCOMES, **STANDINGS}, width=20),
        _plain(gettext_lazy("Points"), "points", width=8),
        _plain(gettext_lazy("Points that can be had"), "of"),
        _share(gettext_lazy("Per cent of points"), "percent"),
        _plain(gettext_lazy("Target level"), "target"),
        Column(
            heading=gettext_lazy("Level held, validated"),
            width=12,
            value=lambda row: _validated_level(row, lowest),
        ),
        _plain(gettext_lazy("Gap"), "gap", width=8),
        _day(gettext_lazy("Validated on"), "validated_on"),
        _contested(),
        Column(
            heading=gettext_lazy("Validated in an earlier cycle"),
            width=14,
            value=lambda row: _earlier_level(row, lowest),
        ),
        _day(gettext_lazy("Validated then on"), "earlier_validated_on"),
        _contested("earlier_contested", pgettext_lazy("assessment", "Contested, of the earlier cycle")),
    )


def _provisional_level_columns(skill: SkillDefinition) -> tuple[Column, ...]:
    lowest = skill.lowest
    return (
        _worded(
            gettext_lazy("Provisional outcome"),
            "provisional_outcome",
            {**OUTCOMES, **STANDINGS},
            width=20,
            is_provisional=True,
        ),
        _plain(gettext_lazy("Provisional points"), "provisional_points", is_provisional=True),
        _plain(gettext_lazy("Points that can be had, provisional"), "provisional_of", is_provisional=True),
        _share(gettext_lazy("Per cent of points, provisional"), "provisional_percent", is_provisional=True),
        _plain(gettext_lazy("Target level, provisional"), "provisional_target", is_provisional=True),
        Column(
            heading=gettext_lazy("Level held, provisional"),
            width=14,
            value=lambda row: _provisional_level(row, lowest),
            is_provisional=True,
        ),
        _plain(gettext_lazy("Gap, provisional"), "provisional_gap", is_provisional=True),
        _day(gettext_lazy("Sent on"), "submitted_on", is_provisional=True),
    )


def _statement_columns(skill: SkillDefinition) -> tuple[Column, ...]:
    labels = {statement.code: statement.label for statement in skill.statements}
    return (
        _plain(gettext_lazy("Statement"), "statement", width=14),
        Column(heading=gettext_lazy("In short"), width=40, value=lambda row: labels.get(row["statement"])),
        Column(
            heading=gettext_lazy("Validated rating"),
            width=14,
            value=lambda row: _rating(row["validated_rating"]),
        ),
        _day(gettext_lazy("Validated on"), "validated_on"),
        _contested(),
    )


def _provisional_statement_columns() -> tuple[Column, ...]:
    return (
        Column(
            heading=gettext_lazy("Provisional rating"),
            width=12,
            value=lambda row: _rating(row["provisional_rating"]),
            is_provisional=True,
        ),
        _day(gettext_lazy("Sent on"), "submitted_on", is_provisional=True),
    )


def _plain(heading: str | Promise, name: str, *, width: int = 12, is_provisional: bool = False) -> Column:
    return Column(heading=heading, width=width, value=lambda row: row[name], is_provisional=is_provisional)


def _day(heading: str | Promise, name: str, *, is_provisional: bool = False) -> Column:
    return Column(
        heading=heading, width=12, value=lambda row: row[name], style="date", is_provisional=is_provisional
    )


def _contested(name: str = "contested", heading: str | Promise = CONTESTED) -> Column:
    """Whether the validated level waits for a second reviewer; nothing before validation."""
    word = pgettext("assessment", "contested")
    return Column(heading=heading, width=12, value=lambda row: word if row[name] == "true" else None)


def _share(heading: str | Promise, name: str, *, is_provisional: bool = False) -> Column:
    return Column(
        heading=heading,
        width=10,
        value=lambda row: None if row[name] is None else row[name] / 100,
        style="percent",
        is_provisional=is_provisional,
    )


def _worded(
    heading: str | Promise, name: str, words: Mapping[Any, Any], *, width: int, is_provisional: bool = False
) -> Column:
    """A code in words; a code that has none stands for itself."""
    known = {code: str(word) for code, word in words.items()}
    return Column(
        heading=heading,
        width=width,
        value=lambda row: known.get(row[name], row[name]),
        is_provisional=is_provisional,
    )


def _rating(rating: str | None) -> CellValue:
    """0–3 as a number, not applicable in words, nothing where nobody was asked."""
    return int(rating) if rating and rating.isdigit() else rating and str(RATINGS["na"])


def _validated_level(row: Row, lowest: int) -> CellValue:
    """A number, or in words that even the lowest one is not held; nothing before validation."""
    if row["validated_on"] is None or row["validated_level_held"] is not None:
        return _number(row["validated_level_held"])
    return level_text(None, settled=True, lowest=lowest)


def _earlier_level(row: Row, lowest: int) -> CellValue:
    if row["earlier_validated_on"] is None or row["earlier_validated_level"] is not None:
        return _number(row["earlier_validated_level"])
    return level_text(None, settled=True, lowest=lowest)


def _provisional_level(row: Row, lowest: int) -> CellValue:
    if row["submitted_on"] is None or row["provisional_level_held"] is not None:
        return _number(row["provisional_level_held"])
    is_settled = row["provisional_determined"] == "true"
    return level_text(row["provisional_at_least"], settled=is_settled, lowest=lowest)


def _number(value: int | None) -> int | None:
    return value
