"""The rule agrees with an independent implementation, case by case."""

import json
from typing import Any

import pytest

from assessments.scoring import Case, Result, score
from tests.assessments.scoring_cases import POOL, WORKED_EXAMPLE


def worked_example() -> Result:
    return score(Case.from_json(WORKED_EXAMPLE["case"]))


def test_the_pool_is_whole() -> None:
    """All 66 cases are there, the worked example first."""
    assert len(POOL) == 66
    assert WORKED_EXAMPLE["name"] == "worked example"


@pytest.mark.parametrize("given", POOL, ids=[given["name"] for given in POOL])
def test_every_case_agrees(given: dict[str, Any]) -> None:
    """A case gives the result that the other implementation found, in its very format."""
    found = score(Case.from_json(given["case"])).to_case_json()
    assert found == given["result"]
    assert list(found) == list(given["result"])


@pytest.mark.parametrize("given", POOL, ids=[given["name"] for given in POOL])
def test_a_result_survives_storage(given: dict[str, Any]) -> None:
    """What is stored with a submission is read back as the same result."""
    found = score(Case.from_json(given["case"]))
    assert Result.from_json(json.loads(json.dumps(found.to_json()))) == found


@pytest.mark.parametrize("given", POOL, ids=[given["name"] for given in POOL])
def test_a_case_survives_storage(given: dict[str, Any]) -> None:
    """A case is written as it was read, with the policy's defaults spelled out."""
    written = Case.from_json(given["case"]).to_json()
    assert Case.from_json(written) == Case.from_json(given["case"])
    assert {name: written[name] for name in ("on", "target", "levels")} == {
        name: given["case"][name] for name in ("on", "target", "levels")
    }


def test_the_worked_example_in_points() -> None:
    """16 of 18 claimed is competent, 10 of 18 supported is developing, and 16 are needed."""
    fourth = worked_example().levels[2]
    assert (fourth.claimed.points, fourth.claimed.of, fourth.claimed.outcome) == (16, 18, "competent")
    assert (fourth.supported.points, fourth.supported.of, fourth.supported.outcome) == (10, 18, "developing")
    assert fourth.needed == 16


def test_the_worked_example_by_statement() -> None:
    """Claim and support stand side by side, and the lower one is the supported rating."""
    fourth = worked_example().levels[2].statements
    assert [s.claimed for s in fourth] == [3, 2, 2, 3, 3, 3]
    assert [s.support for s in fourth] == [3, 1, 0, 1, 3, 2]
    assert [s.supported for s in fourth] == [3, 1, 0, 1, 3, 2]
    assert [s.reason for s in fourth] == [None, "no_result", "no_evidence", "stale", None, "not_corroborated"]


def test_the_worked_example_as_a_whole() -> None:
    """Supported level 3, gap 1; level 2 below it was not answered and counts as implied."""
    found = worked_example()
    assert (found.level, found.held.claimed, found.gap, found.is_provisional) == (3, 4, 1, True)
    assert [level.standing for level in found.levels] == [
        "implied",
        "points",
        "points",
        "points",
        "not_assessed",
    ]


def test_the_worked_examples_path() -> None:
    """To the floor first, then where the claim is already 3; merged by statement."""
    found = [(step.statement, step.from_, step.to, step.reason) for step in worked_example().path]
    assert found == [
        ("CEXP.4.2", 1, 2, "no_result"),
        ("CEXP.4.3", 0, 2, "no_evidence"),
        ("CEXP.4.4", 1, 3, "stale"),
        ("CEXP.4.6", 2, 3, "not_corroborated"),
    ]


def test_a_stored_result_is_compact() -> None:
    """A whole person, 26 statements, takes less than 3 kB."""
    assert len(json.dumps(worked_example().to_json(), separators=(",", ":"))) < 3000
