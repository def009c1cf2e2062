"""The gap report: one frozen object that page, print, PDF, CSV and XLSX read alike.

Numbers come from the sheet's result; the sentences are written here, in the active language. Nothing that
shows a report computes anything of its own.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.models import Assessment, EssenceAnswer, State, Submission
from assessments.results.frozen import counted_review, frozen_sheet
from assessments.results.live import live_sheet
from assessments.results.policy import policy_words
from assessments.results.report.ladder import Rung, rungs
from assessments.results.report.last_validated import LastValidated, last_validated
from assessments.results.report.notes import essence_comment, essence_words, notes_of
from assessments.results.report.radar import Radar, radar
from assessments.results.report.route import Route, routes
from assessments.results.report.tables import LevelTable, level_tables
from assessments.results.report.verdict import (
    NextAction,
    Voice,
    blocked_words,
    is_begun,
    next_action,
    verdict,
)
from assessments.results.sheet import Header, Sheet
from assessments.results.words import contested_words, level_text
from assessments.scoring import Result
from people.dates import written_day
from people.models import User
from skills.catalogue import SkillDefinition


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One of the three values in words; ``level`` is None where none is held or known."""

    kind: Literal["claimed", "supported", "validated"]
    name: str
    level: int | None
    text: str
    notes: tuple[str, ...]

    @property
    def is_number(self) -> bool:
        return self.text == str(self.level)


@dataclass(frozen=True, kw_only=True, slots=True)
class GapReport:
    """Everything that a gap report says, for one reader."""

    header: Header
    skill: SkillDefinition
    result: Result
    is_own: bool
    is_live: bool
    # Whether the employee contests the validated level and that waits for its decision.
    is_contested: bool
    # Whether it was closed without a decision: then it has neither a level of record nor a gap.
    is_unreviewed: bool
    # Whether there is an earlier cycle to compare with.
    has_previous: bool
    state: str
    verdict: tuple[str, ...]
    action: NextAction | None
    figures: tuple[Figure, ...]
    last_validated: LastValidated | None
    rungs: tuple[Rung, ...]
    routes: tuple[Route, ...]
    no_route: str
    radar: Radar
    levels: tuple[LevelTable, ...]
    notes: tuple[str, ...]
    policy: tuple[str, ...]
    # How many items are linked, by statement code.
    evidence_of: Mapping[str, int]

    @property
    def is_decided(self) -> bool:
        """Whether a validated decision counts here, which its owner can answer."""
        return not self.result.is_provisional

    @property
    def has_record(self) -> bool:
        """Whether a level was ever validated here: a decision keeps its record when it is reopened."""
        last = self.last_validated
        return self.is_decided or (last is not None and last.assessment_id == self.header.assessment_id)

    @property
    def heading(self) -> str:
        """What the report is called, to its owner or to another reader; not every language has one name."""
        return _("Gap report") if self.is_own else pgettext("of somebody else", "Gap report")

    @property
    def title(self) -> str:
        """Whose report it is, of what."""
        header = self.header
        return _("%(name)s · Cycle %(cycle)s · %(skill)s · %(framework)s") % {
            "name": header.employee,
            "cycle": header.cycle,
            "skill": self.skill.code,
            "framework": self.skill.framework,
        }

    @property
    def shown_levels(self) -> tuple[int, ...]:
        """Levels with a table, which numbers can link to."""
        return tuple(level.result.level for level in self.levels)

    @property
    def record_name(self) -> str:
        """What the flag at the level held says."""
        return _("Supported") if self.result.is_provisional else _("Validated")

    @property
    def held(self) -> int | None:
        """The highest level of record, for the ladder's flag."""
        return self.result.highest


def report_of(assessment: Assessment, *, reader: User, on: dt.date) -> GapReport:
    """The report on an assessment that comes from ``for_page`` and that the reader may read.

    As it stands today for the employee who can still change it; for everybody else as it was sent, with the
    reviewer's ratings once they are decided to be valid.
    """
    is_own = assessment.employee_id == reader.pk
    is_live = is_own and assessment.is_editable
    sent = None if is_live else _sent(assessment)
    found = _sent_sheet(sent, reader) if sent else live_sheet(assessment, reader=reader, on=on)
    return gap_report(
        found,
        essence=getattr(sent, "essence_answer", None),
        is_own=is_own,
        is_live=is_live,
        is_contested=assessment.contested_at is not None,
        last=last_validated(assessment, before=None if is_live else assessment.submitted_at),
        has_previous=assessment.previous_id is not None,
        since=assessment.cycle.in_force_since,
    )


def gap_report(
    sheet: Sheet,
    *,
    is_own: bool,
    is_live: bool,
    last: LastValidated | None,
    is_contested: bool = False,
    has_previous: bool = False,
    essence: EssenceAnswer | None = None,
    since: dt.date | None = None,
) -> GapReport:
    """``essence`` is what the reviewer answered; it is said once it counts, beside the validated level."""
    said = essence if essence and essence.answer and not sheet.result.is_provisional else None
    voice = Voice(name=sheet.header.employee, is_own=is_own)
    is_unreviewed = sheet.is_unreviewed
    sheet = without_level(sheet) if is_unreviewed else sheet
    return GapReport(
        header=sheet.header,
        skill=sheet.skill,
        result=sheet.result,
        is_own=is_own,
        is_live=is_live,
        is_contested=is_contested,
        is_unreviewed=is_unreviewed,
        has_previous=has_previous,
        state=" · ".join((str(State(sheet.header.state).label), *contested_words(is_contested))),
        verdict=verdict(sheet, voice),
        action=next_action(sheet) if is_live else None,
        figures=(
            *_own_figures(sheet),
            _validated_figure(sheet, last, is_contested=is_contested, essence=said),
        ),
        last_validated=last,
        rungs=rungs(sheet),
        routes=routes(sheet, voice),
        no_route=_no_route(sheet, voice),
        radar=radar(sheet),
        levels=level_tables(sheet),
        notes=(*notes_of(sheet, voice), *essence_comment(said)),
        policy=policy_words(sheet, since=since),
        evidence_of={answer.statement.code: len(answer.evidence) for answer in sheet.answers},
    )


def without_level(sheet: Sheet) -> Sheet:
    """What was sent and nobody decided on: answers and what carries them, and nothing that follows."""
    held = replace(sheet.result.held, supported=None, validated=None)
    nothing: dict[str, Any] = {"gap": None, "rate_next": None, "next_level": None, "determined": False}
    paths: dict[str, Any] = {"path": (), "next_path": (), "blocked": (), "uneven": ()}
    return replace(sheet, result=replace(sheet.result, held=held, **nothing, **paths))


def _sent(assessment: Assessment) -> Submission:
    """What was sent last, with what was said of the essence."""
    return assessment.submissions.select_related("essence_answer").latest("number")


def _sent_sheet(submission: Submission, reader: User) -> Sheet:
    reviews, judged = counted_review(submission.pk)
    return frozen_sheet(submission, reader=reader, reviews=reviews, judged=judged)


def _own_figures(sheet: Sheet) -> tuple[Figure, Figure]:
    """What was claimed, and what the evidence carries; no level of it where nobody decided."""
    result = sheet.result
    as_sent, name = (_("as it was sent"),), _("Supported by evidence")
    if sheet.is_unreviewed:
        supported = Figure(kind="supported", name=name, level=None, text=_("no level"), notes=as_sent)
    else:
        text, notes = _figure_text(result, result.held.supported), _provisional_notes(result)
        supported = Figure(kind="supported", name=name, level=result.held.supported, text=text, notes=notes)
    return (
        Figure(
            kind="claimed",
            name=_("Claimed"),
            level=result.held.claimed,
            text=_figure_text(result, result.held.claimed),
            notes=as_sent if sheet.is_unreviewed else (),
        ),
        supported,
    )


def _provisional_notes(result: Result) -> tuple[str, ...]:
    """Before validation the supported level is the one of record."""
    if not result.is_provisional or result.held.supported is None:
        return ()
    return (*_gap_words(result), _("provisional"))


def _validated_figure(
    sheet: Sheet, last: LastValidated | None, *, is_contested: bool, essence: EssenceAnswer | None
) -> Figure:
    result = sheet.result
    if not result.is_provisional:
        level, cycle, doubt = result.held.validated, sheet.header.cycle, contested_words(is_contested)
        text, notes = _figure_text(result, level), (*doubt, *_gap_words(result), *essence_words(essence))
    elif last:
        level, cycle = last.level, last.cycle
        text = level_text(level, settled=True, lowest=result.levels[0].level)
        notes = (written_day(last.on, "DATE_FORMAT"), *contested_words(last.is_contested))
    else:
        return Figure(kind="validated", name=_("Validated"), level=None, text=_("not yet"), notes=())
    name = _("Validated · cycle %(cycle)s") % {"cycle": cycle}
    return Figure(kind="validated", name=name, level=level, text=text, notes=notes)


def _figure_text(result: Result, highest: int | None) -> str:
    return level_text(highest, settled=_is_settled(result, highest), lowest=result.levels[0].level)


def _is_settled(result: Result, highest: int | None) -> bool:
    """Whether every level above, and below the highest answered one, has an answer."""
    answered = [level.level for level in result.levels if level.is_answered]
    if not answered:
        return False
    above = [level for level in result.levels if (highest or 0) < level.level < answered[-1]]
    return all(level.is_answered for level in above)


def _gap_words(result: Result) -> tuple[str, ...]:
    if result.gap is None:
        return ()
    if result.gap == 0:
        return (_("target reached"),)
    return (ngettext("gap: %(gap)d level", "gap: %(gap)d levels", result.gap) % {"gap": result.gap},)


def _no_route(sheet: Sheet, voice: Voice) -> str:
    """What stands where a path would stand, if there is none."""
    result = sheet.result
    if sheet.is_unreviewed:
        return _("A path begins at a level, and without a review there is none.")
    if not is_begun(sheet):
        return _("The path shows here once statements are rated.")
    if result.blocked:
        return blocked_words(result.blocked)
    if result.path:
        return ""
    return voice.say(
        _("The path is complete: nothing is missing for your target, level %(target)d."),
        _("The path is complete: nothing is missing for the target, level %(target)d."),
        target=result.target,
    )
