"""One submission under review, as its manager reads it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.review import return_for_changes
from assessments.actions.send import withdraw
from assessments.models import AccessEntry, Assessment, Review, Submission
from people.models import Membership, Team
from skills.models import Skill
from tests.assessments.report_cases import sent
from tests.assessments.review_cases import LATER, address, decide, page, rate, read, sign_in, validated
from tests.cast import Cast, answer, answer_level, begin, evidence, link

pytestmark = pytest.mark.usefixtures("an_hour_later")

# What waits, what was written and what can be taken back are asked for once each.
MOST_QUERIES = 9


def test_it_starts_from_what_the_evidence_supports(
    client: Client, cast: Cast, submission: Submission
) -> None:
    """4.2 is claimed 2 and supported 1: the rating begins at 1, and the level with all of them is 3."""
    sign_in(client, cast.marta)
    shown = page(client.get(address(submission)).content)
    rated = submission.ratings.get(statement__code="CEXP.4.2").statement_id
    assert "checked" in shown.get(f"#rating-{rated}-1").attributes
    assert shown.get("#outcome").text.endswith("With it: level 3 (target level 4).")
    assert shown.get("#decision").text == "Validate: level 3"
    assert "claimed Has done it supported Knows how your rating Knows how" in shown.get(f"#word-{rated}").text


def test_the_level_that_decides_comes_first(client: Client, cast: Cast, submission: Submission) -> None:
    """The target's; the other one that was answered is folded in, and no level that was not."""
    sign_in(client, cast.marta)
    text = read(client.get(address(submission)).content)
    assert "Level 4 · Enable" in text
    assert (
        text.index("CEXP 4.1")
        < text.index("CEXP 4.6")
        < text.index("Level 3 · Apply")
        < text.index("CEXP 3.1")
    )
    assert "CEXP 2.1" not in text


def test_evidence_is_shown_as_it_was_sent(client: Client, cast: Cast, submission: Submission) -> None:
    """An edit after sending is not what the decision is about."""
    cast.ana.evidence.update(title="Outra coisa", action="Outra ação")
    sign_in(client, cast.marta)
    text = read(client.get(address(submission)).content)
    assert "Conduzi 24 entrevistas." in text
    assert "result not described" in text
    assert "04/2022" not in text
    assert "05/2022 stale" in text
    assert "Outra" not in text


def test_looking_begins_nothing_and_leaves_one_entry(
    client: Client, cast: Cast, submission: Submission
) -> None:
    sign_in(client, cast.marta)
    client.get(address(submission))
    assert not Review.objects.exists()
    entry = AccessEntry.objects.get()
    assert (entry.by, entry.kind, entry.person, entry.object_id) == (
        cast.marta,
        "submission",
        cast.ana,
        submission.pk,
    )


def test_signed_out_goes_to_sign_in(client: Client, submission: Submission) -> None:
    response = client.get(address(submission))
    assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["ana", "bruno", "davi", "helena", "admir", "novo"])
def test_who_leads_nobody_is_refused(client: Client, cast: Cast, submission: Submission, name: str) -> None:
    """The employee, peers, HR and administrators."""
    client.force_login(getattr(cast, name))
    assert client.get(address(submission)).status_code == 403
    assert decide(client, submission, "validate").status_code == 403
    assert rate(client, submission, "CEXP.4.1").status_code == 403
    assert not AccessEntry.objects.exists()


@pytest.mark.parametrize("name", ["carla", "elena"])
def test_managers_elsewhere_find_nothing(
    client: Client, cast: Cast, submission: Submission, name: str
) -> None:
    """One leads a team below, one beside."""
    client.force_login(getattr(cast, name))
    assert client.get(address(submission)).status_code == 404
    assert decide(client, submission, "return", reason="Falta.").status_code == 404
    assert rate(client, submission, "CEXP.4.1").status_code == 404
    assert not Review.objects.exists()


def test_managers_do_not_open_their_own(client: Client, cast: Cast, cycle: object, cexp: Skill) -> None:
    """Marta's own goes to somebody above her."""
    own = begin(cast.marta, cexp)
    answer_level(own, 3, 3)
    submission = sent(own)
    client.force_login(cast.marta)
    assert client.get(address(submission)).status_code == 404
    assert decide(client, submission, "validate").status_code == 404


def test_a_manager_of_all_reads_what_lies_below(client: Client, cast: Cast, submission: Submission) -> None:
    Team.objects.filter(parent=None).update(manager=cast.irina)
    client.force_login(cast.irina)
    assert client.get(address(submission)).status_code == 200


def test_a_former_manager_loses_access_at_once(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.marta)
    assert client.get(address(submission)).status_code == 200
    Team.objects.filter(manager=cast.marta).update(manager=cast.elena)
    assert client.get(address(submission)).status_code == 403


def test_who_has_moved_is_read_by_the_new_manager(client: Client, cast: Cast, submission: Submission) -> None:
    """It is today's tree that counts."""
    shop = Team.objects.get(name="Shop")
    Membership.objects.filter(user=cast.ana).update(team=shop)
    client.force_login(cast.marta)
    assert client.get(address(submission)).status_code == 404
    client.force_login(cast.elena)
    assert client.get(address(submission)).status_code == 200


def test_what_was_taken_back_is_gone(client: Client, cast: Cast, submission: Submission) -> None:
    """Also when it was sent again: then the new one waits."""
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    client.force_login(cast.marta)
    assert client.get(address(submission)).status_code == 404
    again = sent(submission.assessment)
    assert client.get(address(submission)).status_code == 404
    assert client.get(address(again)).status_code == 200


def test_an_unknown_submission_is_not_found(client: Client, cast: Cast, submission: Submission) -> None:
    client.force_login(cast.marta)
    assert client.get(reverse("assessments:review", args=[submission.pk + 1])).status_code == 404


def test_a_validated_one_is_read_only(client: Client, cast: Cast, submission: Submission) -> None:
    validated(submission=submission, by=cast.marta, at=LATER)
    sign_in(client, cast.marta)
    content = client.get(address(submission)).content
    assert "Validated by Marta on" in read(content)
    assert "level 3 (target level 4)" in read(content)
    assert b'type="radio"' not in content
    assert b"/validate/" not in content


def test_a_returned_one_shows_why_also_once_it_is_sent_again(
    client: Client, cast: Cast, submission: Submission
) -> None:
    return_for_changes(submission=submission, reason="Falta <b>o efeito</b>.", by=cast.marta, at=LATER)
    again = sent(submission.assessment)
    sign_in(client, cast.marta)
    content = client.get(address(submission)).content
    assert "Returned by Marta on" in read(content)
    assert "Falta &lt;b&gt;o efeito&lt;/b&gt;." in content.decode()
    assert client.get(address(again)).status_code == 200


def test_an_unknown_level_names_the_one_to_rate(
    client: Client, cast: Cast, cexp: Skill, cycle: object
) -> None:
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 3)
    for code in ("CEXP.2.1", "CEXP.2.2"):
        link(assessment, code, evidence(cast.ana))
    answer(assessment, "CEXP.4.1", 3)
    sign_in(client, cast.marta)
    shown = page(client.get(address(sent(assessment))).content)
    assert "With it: at least level 2 (target level 4). Level 3 is not rated" in shown.get("#outcome").text
    assert shown.get("#decision").text == "Validate: at least level 2"


def test_no_level_held_is_below_the_lowest(client: Client, cast: Cast, cexp: Skill, cycle: object) -> None:
    """Never level 0, never no level."""
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 1)
    sign_in(client, cast.marta)
    shown = page(client.get(address(sent(assessment))).content)
    assert "below level 2" in shown.get("#outcome").text
    assert shown.get("#decision").text == "Validate: below level 2"


def test_what_people_typed_is_text(client: Client, cast: Cast, draft: Assessment) -> None:
    hostile = "<script>alert(1)</script> ' onx=\""
    answer(draft, "CEXP.3.1", 3)
    answer(draft, "CEXP.3.2", "na", reason=hostile)
    link(
        draft,
        "CEXP.3.1",
        evidence(cast.ana, title=hostile, action=hostile, situation=hostile, result=hostile),
    )
    client.force_login(cast.marta)
    content = client.get(address(sent(draft))).content.decode()
    assert "<script>alert" not in content
    assert content.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 8


@pytest.mark.parametrize("how", ["post", "put", "delete"])
def test_it_is_only_read(client: Client, cast: Cast, submission: Submission, how: str) -> None:
    client.force_login(cast.marta)
    assert getattr(client, how)(address(submission)).status_code == 405


def test_queries_do_not_grow(client: Client, cast: Cast, submission: Submission, cexp: Skill) -> None:
    """With nothing begun, with a review, with more that waits."""
    client.force_login(cast.marta)
    client.get(address(submission))
    counts = [count(client, submission)]
    rate(client, submission, "CEXP.4.2")
    counts.append(count(client, submission))
    for person in (cast.bruno, cast.davi, cast.carla):
        other = begin(person, cexp)
        answer_level(other, 3, 3)
        sent(other)
    counts.append(count(client, submission))
    assert max(counts) <= MOST_QUERIES
    assert len(set(counts)) == 1


def count(client: Client, submission: Submission) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(submission)).status_code == 200
    return len(queries)


def test_overdue_is_said(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.marta)
    assert "overdue" not in page(client.get(address(submission)).content).get("#queue").text
    with time_machine.travel(LATER + dt.timedelta(days=40), tick=False):
        client.force_login(cast.marta)
        assert "overdue" in page(client.get(address(submission)).content).get("#queue").text
