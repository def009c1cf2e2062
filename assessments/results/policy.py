"""The rule that a report was scored by, in sentences with its numbers: the organisation's, not SFIA's."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.results.sheet import Sheet
from assessments.results.words import percent, rating_words
from assessments.scoring import ScoringPolicy, policy_version
from people.dates import written_day


def policy_words(sheet: Sheet, *, since: dt.date | None = None) -> tuple[str, ...]:
    """``since`` is the day from which it is in force: that on which the cycle opened."""
    policy = sheet.header.policy
    return (
        *_target_words(sheet),
        _shares(policy),
        *_lower(policy),
        _stale(policy),
        _("A level cannot be assessed when more than %(share)s of its statements are not applicable.")
        % {"share": policy.na_share},
        _version(policy, since),
        _("Day of scoring: %(date)s") % {"date": written_day(sheet.header.on, "DATE_FORMAT")},
    )


def _target_words(sheet: Sheet) -> tuple[str, ...]:
    """Whose policy it is, with the points that the target level asks for where any statement applies."""
    level = next(level for level in sheet.result.levels if level.level == sheet.header.target)
    if not level.of_record.of:
        return (_("This policy is your organisation's, not SFIA's."),)
    text = ngettext(
        "%(needed)d of %(of)d points is needed for level %(level)d and nothing below %(floor)d (%(words)s); "
        "it is your organisation's policy, not SFIA's.",
        "%(needed)d of %(of)d points are needed for level %(level)d and nothing below %(floor)d (%(words)s); "
        "it is your organisation's policy, not SFIA's.",
        level.needed,
    )
    floor = sheet.header.policy.floor
    values = {"level": level.level, "needed": level.needed, "of": level.of_record.of}
    return (text % {**values, "floor": floor, "words": rating_words(floor)},)


def _version(policy: ScoringPolicy, since: dt.date | None) -> str:
    """Which version it is: a mark of its numbers, so that the same numbers have the same one."""
    if since is None:
        return _("Policy version: %(version)s") % {"version": policy_version(policy)}
    values = {"version": policy_version(policy), "date": written_day(since, "DATE_FORMAT")}
    return _("Policy version: %(version)s, in force since %(date)s") % values


def _shares(policy: ScoringPolicy) -> str:
    text = _(
        "Each statement gives 0 to 3 points. A level is competent from %(attained)s%% of its points, rounded "
        "in favour of the person, and proficient from %(proficient)s%%."
    )
    attained, proficient = percent(float(policy.attained)), percent(float(policy.proficient))
    return text % {"attained": attained, "proficient": proficient}


def _lower(policy: ScoringPolicy) -> tuple[str, ...]:
    if policy.lower is None:
        return ()
    text = _("Every lower level needs at least %(share)s%% of its points.")
    return (text % {"share": percent(float(policy.lower))},)


def _stale(policy: ScoringPolicy) -> str:
    text = ngettext(
        "Evidence is current for %(months)d month after its end.",
        "Evidence is current for %(months)d months after its end.",
        policy.stale_months,
    )
    return text % {"months": policy.stale_months}
