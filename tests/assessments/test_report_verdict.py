"""The verdict: one plain sentence for every case, to oneself and about somebody else."""

import pytest

from assessments.scoring import ScoringPolicy
from tests.assessments.report_paper import Given, item, paper_report


@pytest.mark.parametrize(
    ("claims", "mine", "theirs"),
    [
        (
            {},
            "Nothing is rated yet. Begin with the level that fits your work; you aim at level 4.",
            "Ana has not rated anything yet; the target is level 4.",
        ),
        (
            {4: [3] * 6},
            "You place yourself at level 4; 0 of 6 items have evidence yet.",
            "Ana claims level 4; 0 of 6 items have evidence yet.",
        ),
        (
            {3: [3] * 5, 4: [3, 3, 3, 3, 3, "na"]},
            "You place yourself at level 4; 0 of 5 items have evidence yet.",
            "Ana claims level 4; 0 of 5 items have evidence yet.",
        ),
        (
            {4: [1, 1, 1]},
            "You have rated 3 of 6 items of level 4; none has evidence yet.",
            "Ana has rated 3 of 6 items of level 4; none has evidence yet.",
        ),
        (
            {2: [1]},
            "You have rated 1 of 2 items of level 2; none has evidence yet.",
            "Ana has rated 1 of 2 items of level 2; none has evidence yet.",
        ),
    ],
)
def test_claims_without_evidence_never_say_no_level(claims: Given, mine: str, theirs: str) -> None:
    """Where nothing carries the claims yet, the claims are what is said."""
    assert paper_report(claims, evidence={}).verdict == (mine,)
    assert paper_report(claims, evidence={}, is_own=False).verdict == (theirs,)


@pytest.mark.parametrize(
    ("claims", "mine", "theirs"),
    [
        (
            {3: [3] * 5, 5: [1] * 7},
            "You hold at least level 3: rate level 4 to know.",
            "Ana holds at least level 3: level 4 is not rated.",
        ),
        (
            {4: [1] * 6},
            "Your level is not known yet: rate level 3 to know it.",
            "The level of Ana is not known yet: level 3 is not rated.",
        ),
    ],
)
def test_a_level_left_open_is_named(claims: Given, mine: str, theirs: str) -> None:
    """Not determined: at least a level, or not known, and which level to rate."""
    assert paper_report(claims, target=5).verdict == (mine,)
    assert paper_report(claims, target=5, is_own=False).verdict == (theirs,)
    assert paper_report(claims, target=5).action.level == paper_report(claims, target=5).result.rate_next


@pytest.mark.parametrize(
    ("claims", "target", "sentences"),
    [
        (
            {3: [3] * 5, 4: [3, 3, 3, 3, 2, 1]},
            4,
            ("You support level 3 and want to reach level 4.", "1 point is missing, in one statement."),
        ),
        (
            {3: [3] * 5, 4: [3, 3, 3, 2, 2, 1]},
            4,
            ("You support level 3 and want to reach level 4.", "2 points are missing, in 2 statements."),
        ),
        (
            {3: [3] * 5, 4: [3, 3, 3, 3, 3, 0]},
            4,
            ("You support level 3 and want to reach level 4.", "2 points are missing, in one statement."),
        ),
        (
            {2: [3, 3], 3: [2] * 5, 4: [0] * 6},
            4,
            (
                "You support level 2 and want to reach level 4.",
                "For level 3, the next one, 3 points are missing, in 3 statements.",
            ),
        ),
        (
            {2: [3, 3], 3: [3, 3, 3, 3, 0], 4: [0] * 6},
            4,
            (
                "You support level 2 and want to reach level 4.",
                "For level 3, the next one, 2 points are missing, in one statement.",
            ),
        ),
        (
            {2: [2, 1], 3: [0] * 5, 4: [0] * 6},
            2,
            (
                "You are on your way to level 2, your target.",
                "2 points are missing, in 2 statements.",
            ),
        ),
        (
            {3: [3] * 5, 4: [3, 3, 3, "na", "na", "na"]},
            4,
            (
                "You support level 3 and want to reach level 4.",
                "There is no path yet: too many statements of level 4 are marked as not applicable.",
            ),
        ),
    ],
)
def test_below_the_target_it_says_what_is_missing(
    claims: Given, target: int, sentences: tuple[str, ...]
) -> None:
    """Points and statements, to the next level where the target is further away."""
    assert paper_report(claims, target=target).verdict == sentences


@pytest.mark.parametrize(
    ("claims", "target", "mine", "theirs"),
    [
        (
            {4: [3] * 6},
            4,
            "Your evidence supports level 4: you have reached your target.",
            "The evidence of Ana supports level 4: the target is reached.",
        ),
        (
            {4: [3] * 6},
            3,
            "Your evidence supports level 4: you are above your target, level 3.",
            "The evidence of Ana supports level 4, above the target, level 3.",
        ),
    ],
)
def test_a_target_reached_is_said(claims: Given, target: int, mine: str, theirs: str) -> None:
    """And the path is complete."""
    assert paper_report(claims, target=target).verdict == (mine,)
    assert paper_report(claims, target=target, is_own=False).verdict == (theirs,)
    assert paper_report(claims, target=target).no_route.startswith("The path is complete")


def test_a_target_reached_with_a_level_open_above_says_both() -> None:
    """Level 5 was skipped, so more may be held."""
    report = paper_report({4: [3] * 6, 6: [1] * 6})
    assert report.verdict[1] == "Rate level 5 to know whether you hold a higher one."
    assert report.figures[1].text == "at least 4"


@pytest.mark.parametrize(
    ("target", "mine", "theirs"),
    [
        (
            4,
            "Level 4 is validated: you have reached your target.",
            "Level 4 is validated: Ana has reached the target.",
        ),
        (
            3,
            "Level 4 is validated: you are above your target, level 3.",
            "Level 4 is validated: Ana is above the target, level 3.",
        ),
    ],
)
def test_a_validated_target_is_said(target: int, mine: str, theirs: str) -> None:
    """The reviewer's word is the level of record."""
    ratings: Given = {4: [3] * 6}
    assert paper_report(ratings, reviews=ratings, target=target).verdict == (mine,)
    assert paper_report(ratings, reviews=ratings, target=target, is_own=False).verdict == (theirs,)


def test_a_validated_level_below_the_target() -> None:
    """Third person too."""
    claims: Given = {3: [3] * 5, 4: [3] * 6}
    reviews: Given = {3: [3] * 5, 4: [3, 3, 3, 3, 1, 1]}
    assert (
        paper_report(claims, reviews=reviews).verdict[0] == "Level 3 is validated; you want to reach level 4."
    )
    about = paper_report(claims, reviews=reviews, is_own=False).verdict[0]
    assert about == "Level 3 of Ana is validated; the target is level 4."


def test_several_blocked_levels_are_all_named() -> None:
    """Where the policy asks for the lower levels too."""
    claims: Given = {2: ["na", 1], 3: [3, 3, 3, "na", "na"], 4: [3] * 5 + [0], 5: [0], 6: [0]}
    report = paper_report(claims, policy=ScoringPolicy(lower=ScoringPolicy().proficient))
    assert report.result.blocked == (2, 3)
    assert "levels 2, 3" in report.no_route


def test_the_action_leads_to_what_is_open() -> None:
    """Nothing rated: the level begun at; claims alone: evidence; a path: nothing more."""
    assert paper_report({}).action.text == "Rate level 3"
    assert paper_report({4: [3] * 6}, evidence={}).action.text == "Add evidence at level 4"
    assert paper_report({3: [3] * 5, 4: [2] * 6}).action is None
    assert paper_report({}, is_own=False).action is None


def test_a_name_with_a_per_cent_sign_is_just_a_name() -> None:
    """Names are values, never formats."""
    report = paper_report({4: [3] * 6}, evidence={"3.1": [item(1)]}, is_own=False, employee="100 %(level)d")
    assert "100 %(level)d" in report.verdict[0]
