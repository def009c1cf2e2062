"""Path, radar, ladder, tables and notes of a gap report."""

import datetime as dt

import pytest
from django.utils import translation

from assessments.results.policy import policy_words
from assessments.results.report.last_validated import LastValidated
from assessments.scoring import ScoringPolicy, policy_version
from tests.assessments.report_paper import Given, item, paper, paper_report

REACHED_3: Given = {3: [3] * 5}
OLD = dt.date(2022, 5, 31)
SUPPORTED_3 = {f"3.{n}": [item(30 + n)] for n in range(1, 6)}


def step_of(
    evidence: dict[str, list[object]], *, is_own: bool = True, claim: int = 3, **rest: object
) -> object:
    """The one step to raise 4.1, which has this evidence; the rest of level 4 is full."""
    others = {f"4.{n}": [item(40 + n)] for n in range(2, 7)}
    report = paper_report(
        {**REACHED_3, 4: [claim, 3, 3, 3, 3, 3]},
        evidence={**SUPPORTED_3, **others, "4.1": evidence},
        is_own=is_own,
        **rest,
    )
    return report.routes[0].steps[0]


@pytest.mark.parametrize(
    ("evidence", "claim", "mine", "theirs"),
    [
        (
            [],
            3,
            "Add an example of this work, or link one that you have.",
            "No example of this work is linked.",
        ),
        (
            [item(1, title="Mapa", action="")],
            3,
            "Tell what you did in “Mapa”.",
            "“Mapa” does not tell what was done.",
        ),
        (
            [item(2, action=""), item(1, title="Mapa", result="", url="")],
            3,
            "Tell the result of “Mapa”.",
            "“Mapa” does not tell its result.",
        ),
        (
            [item(2, ended_on=dt.date(2020, 1, 1)), item(1, title="Mapa", ended_on=OLD)],
            3,
            "“Mapa” is of 2022: add an example of the last 3 years.",
            "“Mapa” is of 2022, and there is no newer example.",
        ),
        (
            [item(1)],
            1,
            "Your evidence shows more than you say: reconsider your rating.",
            "The evidence shows more than was claimed.",
        ),
        (
            [],
            0,
            "Practise this in real work, with support at first.",
            "It is not practised in real work yet.",
        ),
    ],
)
def test_each_reason_has_a_next_step(evidence: list[object], claim: int, mine: str, theirs: str) -> None:
    """It names the item that it is about; a manager reads what is, not what to do."""
    assert step_of(evidence, claim=claim).advice == mine
    assert step_of(evidence, claim=claim, is_own=False).advice == theirs


def test_what_cannot_be_checked_names_its_item() -> None:
    """From strength 2 to 3, where the claim is 3 already."""
    two = {f"4.{n}": [item(50 + n, title=f"M{n}", url="")] for n in range(1, 7)}
    report = paper_report({**REACHED_3, 4: [3] * 6}, evidence={**SUPPORTED_3, **two})
    assert report.routes[0].steps[0].advice == (
        "Add a link or a file that can be checked to “M1”, or link a second example with a result."
    )
    about = paper_report({**REACHED_3, 4: [3] * 6}, evidence={**SUPPORTED_3, **two}, is_own=False)
    assert about.routes[0].steps[0].advice.startswith("“M1” has no link or file to check")


@pytest.mark.parametrize(
    ("language", "title", "shown"),
    [
        ("ru", "Программа «Сервис без звонка»", "«Программа „Сервис без звонка“»"),
        ("en", "The “no call” programme", "“The ‘no call’ programme”"),
        ("pt-br", "Projeto «sem fila»", "“Projeto «sem fila»”"),
    ],
)
def test_a_title_with_quotation_marks_has_inner_ones_in_a_sentence(
    language: str, title: str, shown: str
) -> None:
    """As each language writes a quotation in a quotation."""
    with translation.override(language):
        assert shown in step_of([item(1, title=title, result="")]).advice


def test_practice_with_support_asks_for_full_responsibility() -> None:
    """The claim is the limit."""
    two = {f"4.{n}": [item(50 + n, url="")] for n in range(1, 7)}
    report = paper_report({**REACHED_3, 4: [2] * 6}, evidence={**SUPPORTED_3, **two})
    step = report.routes[0].steps[0]
    assert step.advice.startswith("Take full responsibility")
    assert step.change == "From “practice” to “full responsibility”"


def test_an_unrated_statement_is_to_be_rated_first() -> None:
    """Nobody can say that it is not practised."""
    step = paper_report({**REACHED_3, 4: [None, 3, 3, 3, 3, 3]}).routes[0].steps[0]
    assert (step.advice, step.reason_words) == ("You have not rated this yet: rate it first.", "not rated")
    about = paper_report({**REACHED_3, 4: [None, 3, 3, 3, 3, 3]}, is_own=False).routes[0].steps[0]
    assert about.advice == "It is not rated."


def test_months_are_said_where_they_are_no_years() -> None:
    """The policy may say eighteen months."""
    step = step_of([item(1, title="Mapa", ended_on=OLD)], policy=ScoringPolicy(stale_months=18))
    assert step.advice == "“Mapa” is of 2022: add an example of the last 18 months."
    assert step.reason_words == "evidence older than 18 months"


def test_steps_are_grouped_in_order() -> None:
    """Only evidence; practice; the reviewer."""
    claims: Given = {**REACHED_3, 4: [3, 3, 3, 1, 3, 3]}
    evidence = {**SUPPORTED_3, **{f"4.{n}": [item(40 + n)] for n in (2, 3, 4, 5, 6)}}
    reviews: Given = {**REACHED_3, 4: [0, 1, 3, 1, 3, 3]}
    route = paper_report(claims, evidence=evidence, reviews=reviews).routes[0]
    assert [group.heading for group in route.groups] == [
        "Only evidence is missing: 1 step.",
        "Needs practice: 1 step.",
        "The reviewer disagreed: 1 step.",
    ]
    assert route.steps[2].advice == (
        "Talk to your reviewer: the evidence carries “full responsibility”, the review says “knowledge”."
    )


def test_the_next_level_comes_first_when_the_target_is_far() -> None:
    """Two levels away: first the path to the next one."""
    report = paper_report({2: [3, 3], 3: [2] * 5, 4: [0] * 6})
    assert [route.level for route in report.routes] == [3, 4]


def test_the_radar_takes_implied_levels_as_full_and_leaves_empty_axes() -> None:
    """Level 2 was not asked and is implied by level 3; the fourth activity has no statements."""
    claims: Given = {**REACHED_3, 4: [3, 2, "na", 0, 0, 0]}
    first, second, third, fourth = paper_report(claims).radar.axes
    assert [first.claimed_text, second.claimed_text] == ["100%", "88%"]
    assert (third.claimed.points, third.claimed.of) == (3, 3)
    assert (fourth.claimed, fourth.claimed_text, fourth.codes_text) == (None, "–", "")
    assert first.codes_text == "2.1, 3.1, 4.1"


def test_the_radar_draws_nothing_that_nobody_said() -> None:
    """No validated shape before the review, no shape at all before the first answer."""
    assert paper_report({}).radar.claimed == ""
    report = paper_report(REACHED_3)
    assert report.radar.supported
    assert report.radar.validated == ""
    reviewed = paper_report(REACHED_3, reviews=REACHED_3)
    assert reviewed.radar.validated == reviewed.radar.supported


def test_the_radar_does_not_reach_beyond_the_target() -> None:
    """Statements of level 5 do not count for target 4."""
    assert paper_report({**REACHED_3, 5: [3] * 7}).radar.axes[0].codes_text == "2.1, 3.1, 4.1"


def test_rungs_never_show_nought_for_what_was_not_asked() -> None:
    """Not defined, implied and not assessed have words instead of bars."""
    rungs = paper_report({**REACHED_3, 4: [2, 0, 0, 0, 0, 0]}).rungs
    assert [rung.note for rung in rungs] == [
        "not defined",
        "implied",
        "",
        "",
        "not assessed",
        "not assessed",
        "not defined",
    ]
    assert [rung.claimed for rung in rungs] == [None, None, 100, 11, None, None, None]
    assert [rung.href for rung in rungs if rung.href] == ["#level-3", "#level-4"]


def test_the_table_says_what_each_statement_lacks() -> None:
    """Reached, not rated, not applicable, or the reason; the target level comes first."""
    claims: Given = {2: [2, 2], **REACHED_3, 4: [3, "na", None, 2, 3, 3]}
    evidence = {**SUPPORTED_3, "4.1": [item(1)], "4.4": [item(2, action="")]}
    tables = paper_report(claims, evidence=evidence).levels
    assert [table.result.level for table in tables] == [4, 3, 2]
    assert [row.pill.text for row in tables[0].rows] == [
        "reached",
        "not applicable",
        "not rated",
        "the evidence describes no action",
        "no evidence linked",
        "no evidence linked",
    ]
    assert tables[0].rows[4].supported.words == "no evidence"
    assert tables[0].heading == "Level 4, statement by statement · 3 of 15 points, 13 are needed"


def test_a_level_that_is_mostly_not_applicable_says_so() -> None:
    """No points are shown for it."""
    report = paper_report({**REACHED_3, 4: ["na"] * 6})
    assert report.levels[0].heading == "Level 4, statement by statement · not assessable"
    assert not any("are needed for level 4" in sentence for sentence in report.policy)


def test_what_the_reviewer_left_out_is_not_reviewed() -> None:
    """And is no nought."""
    report = paper_report(REACHED_3, reviews={3: [3, 3, 3, 3, None]}, target=3)
    assert report.levels[0].rows[4].validated.words == "not reviewed"
    assert paper_report(REACHED_3, target=3).levels[0].rows[4].validated.words == "–"


def test_the_three_values_stand_side_by_side() -> None:
    """Claimed 4, supported 3 with the gap, and what was validated in an earlier cycle with its day."""
    last = LastValidated(level=2, on=dt.date(2025, 11, 3), cycle="2025")
    claimed, supported, validated = paper_report(
        {**REACHED_3, 4: [3] * 6}, evidence=SUPPORTED_3, last=last
    ).figures
    assert (claimed.text, supported.text, validated.text) == ("4", "3", "2")
    assert supported.notes == ("gap: 1 level", "provisional")
    assert validated.name == "Validated · cycle 2025"
    assert validated.notes == ("3 November 2025",)


def test_this_cycles_validated_level_is_not_mixed_with_an_earlier_one() -> None:
    """Once decided, this cycle's stands in the figure."""
    last = LastValidated(level=2, on=dt.date(2025, 11, 3), cycle="2025")
    validated = paper_report(REACHED_3, reviews=REACHED_3, target=3, last=last).figures[2]
    assert (validated.name, validated.text, validated.notes) == (
        "Validated · cycle 2026",
        "3",
        ("target reached",),
    )


def test_an_earlier_review_that_validated_nothing_yet_is_said_in_words() -> None:
    """Never none, never nought."""
    last = LastValidated(level=None, on=dt.date(2025, 11, 3), cycle="2025")
    assert paper_report(REACHED_3, last=last).figures[2].text == "below 2"


def test_notes_tell_of_the_roles_target_and_of_an_uneven_profile() -> None:
    """Each in a sentence; nothing where all is even."""
    claims: Given = {2: [0, 1], **REACHED_3}
    notes = paper_report(claims, role_target=5).notes
    assert notes == (
        "Your role asks for level 5; you have chosen level 4 as your target.",
        "Uneven profile: below the level held, these levels were rated low: 2.",
    )
    assert paper_report(REACHED_3, role_target=4).notes == ()
    assert (
        paper_report(REACHED_3, role_target=5, is_own=False)
        .notes[0]
        .startswith("The role asks for level 5; Ana")
    )


def test_the_policy_is_said_in_numbers() -> None:
    """The organisation's, not SFIA's; in points."""
    sentences = paper_report({4: [3] * 6}, policy=ScoringPolicy(lower=ScoringPolicy().proficient)).policy
    assert sentences[0] == (
        "16 of 18 points are needed for level 4 and nothing below 2 (practice); "
        "it is your organisation's policy, not SFIA's."
    )
    assert "Every lower level needs at least 65% of its points." in sentences
    assert "Evidence is current for 36 months after its end." in sentences
    assert sentences[-1] == "Day of scoring: 20 November 2026"


def test_the_policy_says_its_version() -> None:
    """A mark of its numbers, and since when they are in force."""
    today = policy_words(paper({4: [3] * 6}), since=dt.date(2026, 11, 2))
    assert f"Policy version: {policy_version(ScoringPolicy())}, in force since 2 November 2026" in today
    other = ScoringPolicy(floor=1)
    assert f"Policy version: {policy_version(other)}" in paper_report({4: [3] * 6}, policy=other).policy


def test_whose_policy_it_is_is_said_once() -> None:
    """Also where the target level asks for nothing, as no statement of it applies."""
    for claims in ({4: [3] * 6}, {4: ["na"] * 6}):
        assert sum("not SFIA" in sentence for sentence in paper_report(claims).policy) == 1


def test_odd_shares_are_shown_with_their_decimals() -> None:
    """Two thirds are 66.7 %."""
    policy = ScoringPolicy(proficient=ScoringPolicy().na_share * 2)
    assert "proficient from 66.7%" in paper_report({}, policy=policy).policy[1]
