"""The ratings of many people, statement by statement, as CSV."""

import pytest
from django.test import Client

from assessments.models import AccessEntry, Assessment, Cycle, Submission
from assessments.models.log import AccessKind
from skills.models import Skill
from tests.assessments.exports_cases import asked, statement_rows
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.cast import Cast, answer


@pytest.fixture
def submission(draft: Assessment) -> Submission:
    worked_example(draft)
    answer(draft, "CEXP.5.1", "na", "Não é do meu trabalho.")
    return sent(draft)


def test_a_row_per_person_and_statement(hr: Client, cycle: Cycle, cexp: Skill) -> None:
    found = statement_rows(hr, asked(cycle, cexp))
    assert len(found) == 7 * 26
    assert [code for name, code in found if name == "Ana"][:4] == [
        *("CEXP.2.1", "CEXP.2.2", "CEXP.3.1", "CEXP.3.2"),
    ]
    assert found["Ana", "CEXP.5.7"]["level"] == "5"


def test_the_reviewer_s_rating_is_the_validated_one(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill, submission: Submission
) -> None:
    """0–3, na, or nothing where nobody answered: never 0 for what was not asked."""
    reviewed(submission, by=cast.marta, lower={"CEXP.4.1": 2})
    found = statement_rows(hr, asked(cycle, cexp))
    codes = ("CEXP.4.1", "CEXP.4.3", "CEXP.5.1", "CEXP.6.1")
    assert [found["Ana", code]["validated_rating"] for code in codes] == ["2", "0", "na", ""]
    assert found["Ana", "CEXP.4.1"]["validated_on"] == "2026-11-20"


def test_before_validation_ratings_are_provisional_and_only_by_the_switch(
    hr: Client, cycle: Cycle, cexp: Skill, submission: Submission
) -> None:
    """What the evidence supports, never what was claimed (3, at 4.4)."""
    assert statement_rows(hr, asked(cycle, cexp))["Ana", "CEXP.4.4"]["validated_rating"] == ""
    found = statement_rows(hr, asked(cycle, cexp, provisional="on"))
    codes = ("CEXP.4.1", "CEXP.4.4", "CEXP.4.3", "CEXP.5.1", "CEXP.6.1")
    assert [found["Ana", code]["provisional_rating"] for code in codes] == ["3", "1", "0", "na", ""]
    assert found["Ana", "CEXP.4.4"]["validated_rating"] == ""


def test_without_the_switch_the_column_is_not_there(hr: Client, cycle: Cycle, cexp: Skill) -> None:
    row = statement_rows(hr, asked(cycle, cexp))["Ana", "CEXP.2.1"]
    assert not [name for name in row if "provisional" in name or name == "submitted_on"]


def test_claims_of_a_draft_are_in_no_file(hr: Client, cycle: Cycle, cexp: Skill, draft: Assessment) -> None:
    worked_example(draft)
    found = statement_rows(hr, asked(cycle, cexp, provisional="on"))
    ratings = {row["validated_rating"] + row["provisional_rating"] for row in found.values()}
    assert ratings == {""}


def test_a_manager_gets_the_own_teams(client: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    client.force_login(cast.carla)
    found = statement_rows(client, asked(cycle, cexp, scope="own"))
    assert {name for name, _ in found} == {"Davi"}
    entry = AccessEntry.objects.get()
    assert (entry.by, entry.kind) == (cast.carla, AccessKind.EXPORT_STATEMENTS)
