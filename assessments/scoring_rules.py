"""The rules of one statement and of one level: strength, support, points, outcome, level held.

Whole numbers throughout; shares are compared by multiplying out, so that no rounding can decide.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from assessments.scoring_case import NA, TOP, Item, Rating, ScoringPolicy
from assessments.scoring_result import Outcome, Profile


@lru_cache(maxsize=1024)
def stale_before(on: date, months: int) -> date:
    """The first day that is current: `months` calendar months before `on`, clamped to the month's end."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(on.day, last))


def is_stale(item: Item, current_from: date) -> bool:
    return item.ended_on is not None and item.ended_on < current_from


def strength(item: Item, on: date, policy: ScoringPolicy) -> int:
    """0 to 3: how much one item carries for one statement on a day. 0 when it was found not to show it."""
    return strength_from(item, stale_before(on, policy.stale_months))


def strength_from(item: Item, current_from: date) -> int:
    if not item.action or item.verdict == "does_not_show":
        return 0
    if not item.result or is_stale(item, current_from):
        return 1
    return 3 if item.corroborated and item.verdict != "could_not_open" else 2


def support(items: Iterable[Item], on: date, policy: ScoringPolicy) -> int:
    """0 to 3: the greatest strength; two items of strength 2 that are not the same make 3."""
    return support_from(items, stale_before(on, policy.stale_months))


def support_from(items: Iterable[Item], current_from: date) -> int:
    greatest = 0
    first_of_two: Item | None = None
    for item in items:
        found = strength_from(item, current_from)
        if found == 2:
            if first_of_two is None:
                first_of_two = item
            elif item.same_as is None or item.same_as != first_of_two.same_as:
                return TOP
        if found > greatest:
            greatest = found
    return greatest


def supported_rating(claim: Rating | None, carried: int) -> Rating:
    """The lower of the claim and the support. Unanswered counts 0; not applicable stays so."""
    if claim is None or claim == NA:
        return claim or 0
    return min(claim, carried)


def number(rating: Rating | None) -> int:
    """A rating where only points count: unanswered and not applicable are 0."""
    return rating if isinstance(rating, int) else 0


def missable(n: int, policy: ScoringPolicy) -> int:
    """The points that `n` applicable statements may miss and still attain the level."""
    share = policy.attained
    missing = (share.denominator - share.numerator) * TOP * n // share.denominator
    return 1 if missing == 0 and n >= 2 and share != 1 else missing


def needed(n: int, policy: ScoringPolicy) -> int:
    """The fewest points with which `n` applicable statements attain the level."""
    return max(TOP * n - missable(n, policy), policy.floor * n)


def needed_below(n: int, policy: ScoringPolicy) -> int:
    """The fewest points that `n` applicable statements of a lower level must have, rounded up."""
    if policy.lower is None:
        return 0
    return -(-policy.lower.numerator * TOP * n // policy.lower.denominator)


def profile(ratings: Sequence[Rating], policy: ScoringPolicy) -> Profile:
    """A level's points and outcome. Not-applicable ratings are left out of both."""
    applicable = [rating for rating in ratings if isinstance(rating, int)]
    outcome = _outcome(applicable, len(ratings), policy)
    return Profile(points=sum(applicable), of=TOP * len(applicable), outcome=outcome)


def held(profiles: Iterable[tuple[int, Profile]], policy: ScoringPolicy) -> int | None:
    """The highest attained level of profiles given from the lowest level up."""
    highest = None
    for level, found in profiles:
        if found.outcome == "competent":
            highest = level
        if policy.lower is not None and not _carries(found, policy):
            break
    return highest


def _outcome(applicable: Sequence[int], total: int, policy: ScoringPolicy) -> Outcome:
    n, points = len(applicable), sum(applicable)
    if n == 0 or _exceeds_na_share(total - n, total, policy):
        return "not_assessable"
    if points >= needed(n, policy) and min(applicable) >= policy.floor:
        return "competent"
    if points * policy.proficient.denominator >= policy.proficient.numerator * TOP * n:
        return "proficient"
    return "developing" if points else "none"


def _exceeds_na_share(absent: int, total: int, policy: ScoringPolicy) -> bool:
    return absent * policy.na_share.denominator > policy.na_share.numerator * total


def _carries(found: Profile, policy: ScoringPolicy) -> bool:
    """Whether a lower level lets a higher one be held."""
    enough = found.points >= needed_below(found.of // TOP, policy)
    return enough and found.outcome != "not_assessable"
