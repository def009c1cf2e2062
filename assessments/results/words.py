"""The words of ratings, strengths, outcomes and reasons, as a report says them."""

from collections.abc import Mapping
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from assessments.results.sheet import Answer
from assessments.scoring import Outcome, Rating, Reason, ScoringPolicy, Standing, StatementResult

RATINGS: Final[Mapping[Rating | None, str | Promise]] = {
    0: gettext_lazy("no practice"),
    1: gettext_lazy("knowledge"),
    2: gettext_lazy("practice"),
    3: gettext_lazy("full responsibility"),
    "na": gettext_lazy("not applicable"),
    None: gettext_lazy("not rated"),
}
STRENGTHS: Final[Mapping[int, str | Promise]] = {
    0: pgettext_lazy("strength of evidence", "no action"),
    1: pgettext_lazy("strength of evidence", "in outline"),
    2: pgettext_lazy("strength of evidence", "with a result"),
    3: pgettext_lazy("strength of evidence", "verifiable"),
}
OUTCOMES: Final[Mapping[Outcome, str | Promise]] = {
    "competent": pgettext_lazy("level", "competent"),
    "proficient": pgettext_lazy("level", "proficient"),
    "developing": pgettext_lazy("level", "developing"),
    "none": pgettext_lazy("level", "none"),
    "not_assessable": gettext_lazy("not assessable"),
}
STANDINGS: Final[Mapping[Standing, str | Promise]] = {
    "points": "",
    "implied": gettext_lazy("implied"),
    "not_assessed": gettext_lazy("not assessed"),
    "not_assessable": gettext_lazy("not assessable"),
}
REASONS: Final[Mapping[Reason, str | Promise]] = {
    "reviewer_rated_lower": gettext_lazy("the reviewer rated lower"),
    "claimed_below_evidence": gettext_lazy("rated below the evidence"),
    "not_yet_full_responsibility": gettext_lazy("not yet full responsibility"),
    "not_yet_practised": gettext_lazy("not yet practised"),
    "no_evidence": gettext_lazy("no evidence linked"),
    "no_action": gettext_lazy("the evidence describes no action"),
    "no_result": gettext_lazy("the evidence describes no result"),
    "not_corroborated": gettext_lazy("nothing that can be checked"),
}
# Outer quotation marks to inner ones.
RUSSIAN_MARKS: Final = str.maketrans("«»", "„“")
OTHER_MARKS: Final = str.maketrans("“”", "‘’")


def in_quotes(text: str) -> str:
    """A text for the inside of a sentence's quotation marks: its own become those of the inside."""
    marks = RUSSIAN_MARKS if (get_language() or "").startswith("ru") else OTHER_MARKS
    return text.translate(marks)


def rating_words(rating: Rating | None) -> str:
    return str(RATINGS[rating])


def supported_words(result: StatementResult) -> str:
    """The supported rating; where something is claimed and nothing carries it, that is what it says."""
    if result.claimed in {1, 2, 3} and result.supported == 0:
        return _("no evidence")
    return rating_words(None if result.claimed is None else result.supported)


def reason_words(reason: Reason, policy: ScoringPolicy) -> str:
    """What holds a statement below full responsibility, in a few words."""
    if reason != "stale":
        return str(REASONS[reason])
    years, odd = divmod(policy.stale_months, 12)
    if odd:
        text = ngettext(
            "evidence older than %(months)d month",
            "evidence older than %(months)d months",
            policy.stale_months,
        )
        return text % {"months": policy.stale_months}
    text = ngettext("evidence older than %(years)d year", "evidence older than %(years)d years", years)
    return text % {"years": years}


def level_text(level: int | None, *, settled: bool, lowest: int) -> str:
    """A level held in words: never "none", never 0."""
    if level is not None:
        return str(level) if settled else _("at least %(level)d") % {"level": level}
    return _("below %(level)d") % {"level": lowest} if settled else _("not known yet")


def contested_words(is_contested: bool) -> tuple[str, ...]:
    """The mark beside a validated level that waits for a second reviewer; none where it does not."""
    return (pgettext("assessment", "contested"),) if is_contested else ()


def percent(share: float) -> str:
    """A share as a per cent in the reader's form, without needless decimals."""
    value = round(share * 100, 1)
    return number_format(int(value) if value == int(value) else value)


def listed(answers: tuple[Answer, ...]) -> int:
    """How many statements count: those that are not marked as not applicable."""
    return sum(answer.given.answer != "na" for answer in answers)
