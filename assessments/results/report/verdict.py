"""The verdict of a gap report in plain sentences: to oneself, or about somebody else."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.results.sheet import Sheet
from assessments.results.words import listed
from assessments.scoring import Raise, Result


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Speaks to the reader about their own work, or in the third person about somebody else's."""

    name: str
    is_own: bool

    def say(self, mine: str, theirs: str, **values: object) -> str:
        return (mine if self.is_own else theirs) % {"name": self.name, **values}


@dataclass(frozen=True, kw_only=True, slots=True)
class NextAction:
    """What to do now, on the page of a level."""

    level: int
    text: str


def next_action(sheet: Sheet) -> NextAction | None:
    """Rate what is open, or bring evidence for what was claimed; None where the path says it all."""
    result = sheet.result
    if not is_begun(sheet):
        level = sheet.header.start_level if sheet.header.start_level in sheet.by_level else result.target
        return NextAction(level=level, text=_("Rate level %(level)d") % {"level": level})
    if result.is_provisional and not sheet.has_evidence and result.held.claimed:
        text = _("Add evidence at level %(level)d") % {"level": result.held.claimed}
        return NextAction(level=result.held.claimed, text=text)
    if result.rate_next:
        return NextAction(
            level=result.rate_next, text=_("Rate level %(level)d") % {"level": result.rate_next}
        )
    return None


def is_begun(sheet: Sheet) -> bool:
    return any(answer.is_answered for answer in sheet.answers)


def verdict(sheet: Sheet, voice: Voice) -> tuple[str, ...]:
    """One sentence, two where something is missing. Never "no level"."""
    result = sheet.result
    if sheet.is_unreviewed:
        return (_unreviewed(voice),)
    if not is_begun(sheet):
        return (_nothing(result, voice),)
    if result.highest is not None and result.highest >= result.target:
        return _reached(result, result.highest, voice)
    if result.is_provisional and not sheet.has_evidence:
        return (_claims_only(sheet, voice),)
    if not result.determined:
        return (_open(result, voice),)
    return (_below(result, voice), *_missing(result))


def _unreviewed(voice: Voice) -> str:
    return voice.say(
        _("Nobody reviewed this in time, so it gives no level. Below is what you sent, as it was sent."),
        _("Nobody reviewed this in time, so it gives no level. Below is what was sent, as it was sent."),
    )


def _nothing(result: Result, voice: Voice) -> str:
    return voice.say(
        _("Nothing is rated yet. Begin with the level that fits your work; you aim at level %(target)d."),
        _("%(name)s has not rated anything yet; the target is level %(target)d."),
        target=result.target,
    )


def _reached(result: Result, level: int, voice: Voice) -> tuple[str, ...]:
    sentence = _reached_validated if not result.is_provisional else _reached_supported
    more = () if result.rate_next is None else (_rate_for_more(result.rate_next, voice),)
    return (sentence(level, result.target, voice), *more)


def _reached_validated(level: int, target: int, voice: Voice) -> str:
    if level > target:
        return voice.say(
            _("Level %(level)d is validated: you are above your target, level %(target)d."),
            _("Level %(level)d is validated: %(name)s is above the target, level %(target)d."),
            level=level,
            target=target,
        )
    return voice.say(
        _("Level %(level)d is validated: you have reached your target."),
        _("Level %(level)d is validated: %(name)s has reached the target."),
        level=level,
    )


def _reached_supported(level: int, target: int, voice: Voice) -> str:
    if level > target:
        return voice.say(
            _("Your evidence supports level %(level)d: you are above your target, level %(target)d."),
            _("The evidence of %(name)s supports level %(level)d, above the target, level %(target)d."),
            level=level,
            target=target,
        )
    return voice.say(
        _("Your evidence supports level %(level)d: you have reached your target."),
        _("The evidence of %(name)s supports level %(level)d: the target is reached."),
        level=level,
    )


def _rate_for_more(level: int, voice: Voice) -> str:
    return voice.say(
        _("Rate level %(level)d to know whether you hold a higher one."),
        _("Level %(level)d is not rated: the level held may be higher."),
        level=level,
    )


def _claims_only(sheet: Sheet, voice: Voice) -> str:
    claimed = sheet.result.held.claimed
    if claimed is None:
        return _rated_without_level(sheet, voice)
    of = listed(sheet.by_level[claimed])
    return voice.say(
        ngettext(
            "You place yourself at level %(level)d; %(count)d of %(of)d item has evidence yet.",
            "You place yourself at level %(level)d; %(count)d of %(of)d items have evidence yet.",
            of,
        ),
        ngettext(
            "%(name)s claims level %(level)d; %(count)d of %(of)d item has evidence yet.",
            "%(name)s claims level %(level)d; %(count)d of %(of)d items have evidence yet.",
            of,
        ),
        level=claimed,
        count=0,
        of=of,
    )


def _rated_without_level(sheet: Sheet, voice: Voice) -> str:
    """Ratings that reach no level by themselves, and nothing that carries them."""
    target, levels = sheet.header.target, sheet.by_level
    rated = [number for number in levels if any(answer.is_answered for answer in levels[number])]
    level = target if target in rated else rated[-1]
    answers = levels[level]
    of = len(answers)
    return voice.say(
        ngettext(
            "You have rated %(count)d of %(of)d item of level %(level)d; none has evidence yet.",
            "You have rated %(count)d of %(of)d items of level %(level)d; none has evidence yet.",
            of,
        ),
        ngettext(
            "%(name)s has rated %(count)d of %(of)d item of level %(level)d; none has evidence yet.",
            "%(name)s has rated %(count)d of %(of)d items of level %(level)d; none has evidence yet.",
            of,
        ),
        count=sum(answer.is_answered for answer in answers),
        of=of,
        level=level,
    )


def _open(result: Result, voice: Voice) -> str:
    if result.at_least is None:
        return voice.say(
            _("Your level is not known yet: rate level %(next)d to know it."),
            _("The level of %(name)s is not known yet: level %(next)d is not rated."),
            next=result.rate_next,
        )
    return voice.say(
        _("You hold at least level %(level)d: rate level %(next)d to know."),
        _("%(name)s holds at least level %(level)d: level %(next)d is not rated."),
        level=result.at_least,
        next=result.rate_next,
    )


def _below(result: Result, voice: Voice) -> str:
    if result.highest is None and result.target == result.levels[0].level:
        return voice.say(
            _("You are on your way to level %(target)d, your target."),
            _("%(name)s is on the way to level %(target)d, the target."),
            target=result.target,
        )
    if result.highest is None:
        return voice.say(
            _("You are on your way to level %(level)d and want to reach level %(target)d."),
            _("%(name)s is on the way to level %(level)d; the target is level %(target)d."),
            level=result.levels[0].level,
            target=result.target,
        )
    if result.is_provisional:
        return voice.say(
            _("You support level %(level)d and want to reach level %(target)d."),
            _("%(name)s supports level %(level)d; the target is level %(target)d."),
            level=result.highest,
            target=result.target,
        )
    return voice.say(
        _("Level %(level)d is validated; you want to reach level %(target)d."),
        _("Level %(level)d of %(name)s is validated; the target is level %(target)d."),
        level=result.highest,
        target=result.target,
    )


def _missing(result: Result) -> tuple[str, ...]:
    """What the way to the next goal asks for; which levels block it."""
    if result.blocked:
        return (blocked_words(result.blocked),)
    raises = result.next_path if result.next_level else result.path
    points = points_of(raises)
    text = (
        _missing_for_next(points, len(raises))
        if result.next_level
        else _missing_for_target(points, len(raises))
    )
    return (text % {"points": points, "statements": len(raises), "level": result.next_level},)


def _missing_for_target(points: int, statements: int) -> str:
    if statements == 1:
        return ngettext(
            "%(points)d point is missing, in one statement.",
            "%(points)d points are missing, in one statement.",
            points,
        )
    return ngettext(
        "%(points)d point is missing, in %(statements)d statements.",
        "%(points)d points are missing, in %(statements)d statements.",
        points,
    )


def _missing_for_next(points: int, statements: int) -> str:
    """Two or more levels away: what the next level asks for."""
    if statements == 1:
        return ngettext(
            "For level %(level)d, the next one, %(points)d point is missing, in one statement.",
            "For level %(level)d, the next one, %(points)d points are missing, in one statement.",
            points,
        )
    return ngettext(
        "For level %(level)d, the next one, %(points)d point is missing, in %(statements)d statements.",
        "For level %(level)d, the next one, %(points)d points are missing, in %(statements)d statements.",
        points,
    )


def blocked_words(levels: tuple[int, ...]) -> str:
    """Why there is no path to show."""
    text = ngettext(
        "There is no path yet: too many statements of level %(levels)s are marked as not applicable.",
        "There is no path yet: too many statements of levels %(levels)s are marked as not applicable.",
        len(levels),
    )
    return text % {"levels": ", ".join(str(level) for level in levels)}


def points_of(raises: tuple[Raise, ...]) -> int:
    return sum(step.to - step.from_ for step in raises)
