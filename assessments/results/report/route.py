"""The shortest path in words: grouped steps, each with its reason and what to do next."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.results.report.verdict import Voice, is_begun, points_of
from assessments.results.sheet import Answer, LinkedEvidence, Sheet
from assessments.results.words import in_quotes, rating_words, reason_words, supported_words
from assessments.scoring import Group, Raise, Reason, ScoringPolicy

ORDER: Final[tuple[Group, ...]] = ("evidence", "practice", "reviewer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One statement to raise, from a rating to another, and how; ``evidence`` is what it is about."""

    answer: Answer
    from_: int
    from_words: str
    to: int
    reason: Reason
    reason_words: str
    advice: str
    evidence: LinkedEvidence | None

    @property
    def wants_example(self) -> bool:
        """Whether it asks for an example that is not there yet."""
        return self.reason in {"no_evidence", "stale"}

    @property
    def points(self) -> int:
        return self.to - self.from_

    @property
    def change(self) -> str:
        """From one rating to the other, in words."""
        return _("From “%(from)s” to “%(to)s”") % {
            "from": self.from_words,
            "to": rating_words(self.to),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class StepGroup:
    heading: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """The path to one level."""

    level: int
    heading: str
    points: int
    groups: tuple[StepGroup, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for group in self.groups for step in group.steps)


def routes(sheet: Sheet, voice: Voice) -> tuple[Route, ...]:
    """The path to the next level first, where the target is further away; none where nothing is missing."""
    if not is_begun(sheet):
        return ()
    result = sheet.result
    ways = ((result.next_level, result.next_path), (result.target, result.path))
    return tuple(_route(sheet, level, raises, voice) for level, raises in ways if level and raises)


def _route(sheet: Sheet, level: int, raises: tuple[Raise, ...], voice: Voice) -> Route:
    ordered = sorted(raises, key=lambda step: ORDER.index(step.group))
    groups = groupby(ordered, key=lambda step: step.group)
    return Route(
        level=level,
        heading=_("Shortest path to level %(level)d") % {"level": level},
        points=points_of(raises),
        groups=tuple(_group(sheet, group, list(steps), voice) for group, steps in groups),
    )


def _group(sheet: Sheet, group: Group, raises: list[Raise], voice: Voice) -> StepGroup:
    count = len(raises)
    headings = {
        "evidence": ngettext(
            "Only evidence is missing: %(count)d step.",
            "Only evidence is missing: %(count)d steps.",
            count,
        ),
        "practice": ngettext("Needs practice: %(count)d step.", "Needs practice: %(count)d steps.", count),
        "reviewer": ngettext(
            "The reviewer disagreed: %(count)d step.", "The reviewer disagreed: %(count)d steps.", count
        ),
    }
    return StepGroup(
        heading=headings[group] % {"count": count},
        steps=tuple(_step(sheet, step, voice) for step in raises),
    )


def _step(sheet: Sheet, step: Raise, voice: Voice) -> Step:
    answer, policy = sheet.by_code[step.statement], sheet.header.policy
    item = deciding_item(answer.evidence)
    return Step(
        answer=answer,
        from_=step.from_,
        from_words=supported_words(answer.result)
        if sheet.result.is_provisional
        else rating_words(step.from_),
        to=step.to,
        reason=step.reason,
        reason_words=reason_words(step.reason, policy) if answer.is_answered else rating_words(None),
        advice=_advice(step.reason, answer, item, voice, policy),
        evidence=item if step.reason in ITEM_ADVICE else None,
    )


def deciding_item(linked: tuple[LinkedEvidence, ...]) -> LinkedEvidence | None:
    """The item that comes furthest, of those that show it: what it lacks is the reason."""
    return max((one for one in linked if one.verdict != "does_not_show"), key=_stage, default=None)


def _stage(linked: LinkedEvidence) -> tuple[int, str]:
    facts = linked.evidence
    if not facts.item.action:
        return 0, ""
    if linked.is_stale:
        return 1, str(facts.item.ended_on)
    return (3 if facts.item.result else 2), ""


def _advice(
    reason: Reason, answer: Answer, item: LinkedEvidence | None, voice: Voice, policy: ScoringPolicy
) -> str:
    about_item = ITEM_ADVICE.get(reason)
    if about_item and item:
        return about_item(item, voice, policy)
    return ADVICE[reason](answer, voice)


def _no_evidence(answer: Answer, voice: Voice) -> str:
    return voice.say(
        _("Add an example of this work, or link one that you have."), _("No example of this work is linked.")
    )


def _no_action(item: LinkedEvidence, voice: Voice, policy: ScoringPolicy) -> str:
    return voice.say(
        _("Tell what you did in “%(title)s”."),
        _("“%(title)s” does not tell what was done."),
        title=in_quotes(item.evidence.title),
    )


def _no_result(item: LinkedEvidence, voice: Voice, policy: ScoringPolicy) -> str:
    return voice.say(
        _("Tell the result of “%(title)s”."),
        _("“%(title)s” does not tell its result."),
        title=in_quotes(item.evidence.title),
    )


def _not_corroborated(item: LinkedEvidence, voice: Voice, policy: ScoringPolicy) -> str:
    return voice.say(
        _("Add a link or a file that can be checked to “%(title)s”, or link a second example with a result."),
        _("“%(title)s” has no link or file to check, and there is no second example with a result."),
        title=in_quotes(item.evidence.title),
    )


def _stale(item: LinkedEvidence, voice: Voice, policy: ScoringPolicy) -> str:
    last_day = item.evidence.item.ended_on
    values = {"title": in_quotes(item.evidence.title), "year": last_day.year if last_day else 0}
    years, odd = divmod(policy.stale_months, 12)
    if odd:
        mine = ngettext(
            "“%(title)s” is of %(year)d: add an example of the last %(count)d month.",
            "“%(title)s” is of %(year)d: add an example of the last %(count)d months.",
            policy.stale_months,
        )
    else:
        mine = ngettext(
            "“%(title)s” is of %(year)d: add an example of the last %(count)d year.",
            "“%(title)s” is of %(year)d: add an example of the last %(count)d years.",
            years,
        )
    theirs = _("“%(title)s” is of %(year)d, and there is no newer example.")
    return voice.say(mine, theirs, count=policy.stale_months if odd else years, **values)


def _below_evidence(answer: Answer, voice: Voice) -> str:
    return voice.say(
        _("Your evidence shows more than you say: reconsider your rating."),
        _("The evidence shows more than was claimed."),
    )


def _not_yet_full(answer: Answer, voice: Voice) -> str:
    return voice.say(
        _("Take full responsibility for this in your work, then raise your rating."),
        _("It is done with support or briefly, not yet with full responsibility."),
    )


def _not_yet_practised(answer: Answer, voice: Voice) -> str:
    if not answer.is_answered:
        return voice.say(_("You have not rated this yet: rate it first."), _("It is not rated."))
    return voice.say(
        _("Practise this in real work, with support at first."), _("It is not practised in real work yet.")
    )


def _reviewer_rated_lower(answer: Answer, voice: Voice) -> str:
    values = {
        "given": rating_words(answer.result.of_record),
        "supported": rating_words(answer.result.supported),
    }
    return voice.say(
        _("Talk to your reviewer: the evidence carries “%(supported)s”, the review says “%(given)s”."),
        _("The evidence carries “%(supported)s”, the review says “%(given)s”."),
        **values,
    )


ADVICE: Final[dict[Reason, Callable[[Answer, Voice], str]]] = {
    "no_evidence": _no_evidence,
    "claimed_below_evidence": _below_evidence,
    "not_yet_full_responsibility": _not_yet_full,
    "not_yet_practised": _not_yet_practised,
    "reviewer_rated_lower": _reviewer_rated_lower,
}
ITEM_ADVICE: Final[dict[Reason, Callable[[LinkedEvidence, Voice, ScoringPolicy], str]]] = {
    "no_action": _no_action,
    "stale": _stale,
    "no_result": _no_result,
    "not_corroborated": _not_corroborated,
}
