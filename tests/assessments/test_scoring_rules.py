"""The rules of one statement and of one level, in tables."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from assessments.scoring import (
    Item,
    Outcome,
    Rating,
    ScoringPolicy,
    missable,
    needed,
    policy_version,
    stale_before,
    strength,
    support,
    supported_rating,
)
from assessments.scoring_rules import needed_below, profile
from tests.assessments.scoring_cases import CHECKABLE, NOTHING, OLD, ON, OUTLINE, WITH_RESULT

POLICY = ScoringPolicy()


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param(NOTHING, 0, id="no action, though there is a result and a link"),
        pytest.param(replace(NOTHING, result=False), 0, id="nothing at all"),
        pytest.param(replace(NOTHING, ended_on=date(2001, 1, 1)), 0, id="no action and old"),
        pytest.param(OUTLINE, 1, id="no result, though corroborated"),
        pytest.param(OLD, 1, id="stale, though corroborated"),
        pytest.param(replace(OLD, result=False), 1, id="stale and no result"),
        pytest.param(WITH_RESULT, 2, id="action and result, current"),
        pytest.param(CHECKABLE, 3, id="corroborated"),
        pytest.param(replace(CHECKABLE, verdict="does_not_show"), 0, id="does not show it"),
        pytest.param(replace(CHECKABLE, verdict="could_not_open"), 2, id="could not be opened"),
        pytest.param(replace(OUTLINE, verdict="could_not_open"), 1, id="no result and not opened"),
    ],
)
def test_strength(item: Item, expected: int) -> None:
    """The first line of the table that holds decides the strength."""
    assert strength(item, ON, POLICY) == expected


@pytest.mark.parametrize(
    ("on", "months", "first_current"),
    [
        (date(2026, 11, 21), 36, date(2023, 11, 21)),
        (date(2024, 2, 29), 36, date(2021, 2, 28)),
        (date(2024, 2, 29), 48, date(2020, 2, 29)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2024, 8, 31), 36, date(2021, 8, 31)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 3, 30), 1, date(2026, 2, 28)),
        (date(2026, 7, 1), 0, date(2026, 7, 1)),
        (date(2, 1, 31), 12, date(1, 1, 31)),
        (date(2, 1, 31), 13, date.min),
        (date(2026, 7, 1), 10**30, date.min),
    ],
)
def test_the_first_current_day(on: date, months: int, first_current: date) -> None:
    """Calendar months are counted back, and the day is clamped to the month's end."""
    assert stale_before(on, months) == first_current


@pytest.mark.parametrize(
    ("ended_on", "expected"),
    [
        (date(2023, 11, 20), 1),
        (date(2023, 11, 21), 3),
        (date(2026, 11, 21), 3),
        (date(2030, 1, 1), 3),
        (None, 3),
    ],
)
def test_what_ended_exactly_36_months_ago_is_current(ended_on: date | None, expected: int) -> None:
    """Only more than 36 months is stale; an end after the day, or none, is current."""
    assert strength(replace(CHECKABLE, ended_on=ended_on), ON, POLICY) == expected


def test_the_policy_says_when_evidence_is_stale() -> None:
    """Another number of months moves the day."""
    item = replace(CHECKABLE, ended_on=date(2025, 11, 20))
    assert strength(item, ON, ScoringPolicy(stale_months=12)) == 1
    assert strength(item, ON, ScoringPolicy(stale_months=13)) == 3


def same(item: Item, key: str) -> Item:
    return replace(item, same_as=key)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param((), 0, id="no evidence"),
        pytest.param((NOTHING, NOTHING), 0, id="nothing twice"),
        pytest.param((OUTLINE, OUTLINE, OUTLINE), 1, id="three of strength 1 stay 1"),
        pytest.param((WITH_RESULT,), 2, id="one of strength 2"),
        pytest.param((WITH_RESULT, OUTLINE), 2, id="2 and 1"),
        pytest.param((WITH_RESULT, WITH_RESULT), 3, id="two of strength 2"),
        pytest.param((OUTLINE, WITH_RESULT, NOTHING, WITH_RESULT), 3, id="two of strength 2 among others"),
        pytest.param((NOTHING, CHECKABLE), 3, id="the greatest counts"),
        pytest.param((same(WITH_RESULT, "a"), same(WITH_RESULT, "a")), 2, id="one origin counts once"),
        pytest.param((same(WITH_RESULT, "a"), same(WITH_RESULT, "b")), 3, id="two origins"),
        pytest.param((same(WITH_RESULT, "a"), WITH_RESULT), 3, id="an origin and another item"),
        pytest.param((WITH_RESULT, same(WITH_RESULT, "a")), 3, id="another item and an origin"),
        pytest.param((same(WITH_RESULT, "a"), same(CHECKABLE, "a")), 3, id="the best of one origin"),
        pytest.param((WITH_RESULT, replace(WITH_RESULT, verdict="does_not_show")), 2, id="one does not show"),
        pytest.param((WITH_RESULT, replace(CHECKABLE, verdict="could_not_open")), 3, id="one not opened"),
    ],
)
def test_support(items: tuple[Item, ...], expected: int) -> None:
    """Support is the greatest strength; two different items of strength 2 make 3, in either order."""
    assert support(items, ON, POLICY) == expected
    assert support(items[::-1], ON, POLICY) == expected


@pytest.mark.parametrize(
    ("claim", "carried", "expected"),
    [(3, 3, 3), (3, 2, 2), (3, 0, 0), (2, 3, 2), (0, 3, 0), (1, 1, 1), (None, 3, 0), ("na", 3, "na")],
)
def test_supported_rating(claim: Rating | None, carried: int, expected: Rating) -> None:
    """The lower of claim and support; unanswered is 0, not applicable stays so."""
    assert supported_rating(claim, carried) == expected


@pytest.mark.parametrize(
    ("n", "missing"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 1), (5, 2), (6, 2), (7, 3), (8, 3), (20, 9)]
)
def test_points_that_may_be_missing(n: int, missing: int) -> None:
    """floor(15 % of 3n), at least 1 from two statements on: 1 of 6, 2 of 15, 2 of 18, 3 of 21."""
    assert missable(n, POLICY) == missing
    assert needed(n, POLICY) == 3 * n - missing


@pytest.mark.parametrize(
    ("attained", "n", "missing"),
    [("1", 2, 0), ("1", 7, 0), ("99/100", 2, 1), ("9/10", 7, 2), ("3/4", 4, 3), ("1/2", 1, 1), ("0", 2, 6)],
)
def test_points_that_may_be_missing_by_policy(attained: str, n: int, missing: int) -> None:
    """At 1 nothing may be missing; below it, at least one point from two statements on."""
    assert missable(n, ScoringPolicy(attained=Fraction(attained))) == missing


def test_needed_points_reach_the_floor() -> None:
    """Where every statement must be at 3, all the points are needed."""
    assert needed(6, ScoringPolicy(floor=3)) == 18


@pytest.mark.parametrize(
    ("lower", "n", "points"),
    [(None, 6, 0), ("0", 6, 0), ("65/100", 2, 4), ("2/3", 2, 4), ("1/2", 5, 8), ("1", 6, 18)],
)
def test_points_needed_below(lower: str | None, n: int, points: int) -> None:
    """A lower level's share of points is rounded up, and nothing is allowed to be missing from it."""
    policy = ScoringPolicy(lower=None if lower is None else Fraction(lower))
    assert needed_below(n, policy) == points


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ((3,), "competent"),
        ((2,), "proficient"),
        ((3, 2), "competent"),
        ((2, 2), "proficient"),
        ((3, 3, 3, 3, 1), "proficient"),
        ((3, 3, 3, 2, 2), "competent"),
        ((3, 3, 2, 2, 2), "proficient"),
        ((3, 3, 3, 3, 2, 2), "competent"),
        ((3, 3, 3, 2, 2, 2), "proficient"),
        ((3, 3, 3, 3, 2, 2, 2), "competent"),
        ((3, 3, 3, 2, 2, 2, 2), "proficient"),
        ((3, 3, 3, 3, 3, 3, 1), "proficient"),
        ((3, 3, 3, 3, 0, 0), "proficient"),
        ((3, 3, 3, 2, 0, 0), "developing"),
        ((3, 3, 3, 1, 0), "proficient"),
        ((3, 3, 3, 0, 0), "developing"),
        ((1, 0, 0), "developing"),
        ((0, 0, 0), "none"),
    ],
)
def test_outcome(ratings: tuple[int, ...], expected: Outcome) -> None:
    """Competent needs the points and the floor; proficient 65 %; developing any point."""
    found = profile(ratings, POLICY)
    assert (found.points, found.of, found.outcome) == (sum(ratings), 3 * len(ratings), expected)


@pytest.mark.parametrize(
    ("ratings", "of", "expected"),
    [
        (("na",), 0, "not_assessable"),
        (("na", "na", "na"), 0, "not_assessable"),
        (("na", 3), 3, "not_assessable"),
        (("na", 3, 3), 6, "competent"),
        (("na", "na", 3, 3, 3), 9, "not_assessable"),
        (("na", "na", 3, 3, 3, 3), 12, "competent"),
        (("na", "na", 3, 3, 3, 3, 3), 15, "competent"),
        (("na", "na", "na", 3, 3, 3, 3), 12, "not_assessable"),
        ((), 0, "not_assessable"),
    ],
)
def test_not_applicable(ratings: tuple[Rating, ...], of: int, expected: Outcome) -> None:
    """Exactly a third may be not applicable; more, or all, and the level is not assessable."""
    found = profile(ratings, POLICY)
    assert (found.of, found.outcome) == (of, expected)


@pytest.mark.parametrize(("share", "expected"), [("0", "not_assessable"), ("1", "competent")])
def test_the_share_of_not_applicable_is_policy(share: str, expected: Outcome) -> None:
    """A share of 0 allows none, a share of 1 any but all."""
    assert profile(("na", "na", 3), ScoringPolicy(na_share=Fraction(share))).outcome == expected


def test_exactly_the_share_is_proficient() -> None:
    """39 of 60 is 65 %, and enough; one point fewer is not."""
    assert profile((*[2] * 19, 1), POLICY).outcome == "proficient"
    assert profile((*[2] * 18, 1, 1), POLICY).outcome == "developing"


def test_per_cent_is_rounded_down() -> None:
    """16 of 18 is shown as 88 %, and nothing where no statement is applicable."""
    assert profile((3, 3, 3, 3, 2, 2), POLICY).percent == 88
    assert profile(("na",), POLICY).percent is None


def test_a_policy_has_the_version_of_its_numbers() -> None:
    """The same numbers have the same one, however a share is written; another number has another."""
    assert policy_version(ScoringPolicy()) == "c3f30742"
    written = ScoringPolicy.from_json({"attained": "17/20", "proficient": "65/100"})
    assert policy_version(written) == policy_version(ScoringPolicy())
    assert policy_version(ScoringPolicy(floor=1)) != policy_version(ScoringPolicy())
