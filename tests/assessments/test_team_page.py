"""The levels of the team, as its manager sees them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.cycles import close_cycle, open_cycle
from assessments.actions.review import return_for_changes, validate
from assessments.actions.send import submit, withdraw
from assessments.models import AccessEntry, Assessment, Cycle, Submission
from assessments.scoring import ScoringPolicy
from people.models import Membership, Team, User
from skills.models import Skill
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.assessments.review_cases import LATER, MOST_QUERIES, page, read, sign_in
from tests.cast import NOON, TODAY, Cast, answer, answer_level, begin, evidence, join, link, person

TEAM = "/team/"


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def see(client: Client, manager: User, **chosen: object) -> HttpResponse:
    sign_in(client, manager)
    response = client.get(TEAM, chosen)
    assert response.status_code == 200
    return response


def row(response: HttpResponse, name: str) -> list[str]:
    """What stands in a person's row, cell by cell; the name's own cell is left out."""
    for found in re.findall(r"<tr>.*?</tr>", response.content.decode()):
        if f"<bdi>{name}</bdi>" in found:
            cells = re.findall(r"<td.*?</td>", found)
            return [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in cells]
    raise AssertionError(f"{name} has no row.")


def figures(response: HttpResponse) -> list[str]:
    cards = [
        e for e in page(response.content).root if e.attributes.get("class") == "card" and e.name == "div"
    ]
    return [card.text for card in cards]


def level_2(user: User, skill: Skill, *, target: int = 4) -> Submission:
    """Level 2 held by evidence."""
    assessment = begin(user, skill, target=target)
    answer_level(assessment, 2, 3)
    item = evidence(user)
    for position in (1, 2):
        link(assessment, f"CEXP.2.{position}", item)
    return submit(assessment=assessment, by=user, at=NOON, on=TODAY)


def test_what_is_sent_is_supported_and_provisional(client: Client, cast: Cast, draft: Assessment) -> None:
    """The worked example: 10 of 18 points of level 4, level 3 held, level 2 implied."""
    worked_example(draft)
    sent(draft)
    response = see(client, cast.marta)
    assert row(response, "Ana") == [
        "implied",
        "100",
        "55",
        "not assessed",
        "not assessed",
        "4",
        "3 provisional",
        "1 level to the target",
        "submitted",
    ]
    assert 'heat-5 heat-provisional">100<' in response.content.decode()
    assert 'heat-2 heat-provisional">55<' in response.content.decode()


def test_what_is_validated_shows_the_reviewers_word(client: Client, cast: Cast, draft: Assessment) -> None:
    """Level 4 rated up to 16 points: held, and nothing is provisional."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta, lower={"CEXP.4.2": 3, "CEXP.4.3": 3, "CEXP.4.4": 3})
    response = see(client, cast.marta)
    assert row(response, "Ana")[2:] == [
        "94",
        "not assessed",
        "not assessed",
        "4",
        "4",
        "✓ target reached",
        "validated",
    ]
    assert "heat-provisional" not in response.content.decode()


def test_of_a_draft_only_the_status_shows(client: Client, cast: Cast, draft: Assessment) -> None:
    worked_example(draft)
    response = see(client, cast.marta)
    assert row(response, "Ana") == ["not sent yet", "4", "– not known yet", "not known yet", "draft"]


def test_what_was_taken_back_shows_only_the_status(client: Client, cast: Cast, draft: Assessment) -> None:
    worked_example(draft)
    sent(draft)
    withdraw(assessment=draft, by=cast.ana, at=LATER)
    assert row(see(client, cast.marta), "Ana")[0] == "taken back"
    assert row(see(client, cast.marta), "Ana")[-1] == "withdrawn"


def test_who_has_not_begun_has_the_target_of_the_role(client: Client, cast: Cast, cycle: Cycle) -> None:
    response = see(client, cast.marta)
    assert row(response, "Bruno") == [
        "assessment not begun",
        "4",
        "– not known yet",
        "not known yet",
        "not begun",
    ]
    assert row(response, "Carla")[1] == "5"


def test_a_returned_one_stays_provisional(client: Client, cast: Cast, draft: Assessment) -> None:
    """The reviewer's ratings of a return are not validated; a new target does not change what was sent."""
    worked_example(draft)
    return_for_changes(submission=sent(draft), reason="Falta.", by=cast.marta, at=LATER)
    Assessment.objects.update(target=6)
    assert row(see(client, cast.marta), "Ana")[5:] == [
        "4",
        "3 provisional",
        "1 level to the target",
        "returned",
    ]


def test_an_unknown_level_is_not_a_low_one(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    """Level 3 between an attained level 2 and an answered level 4 was skipped."""
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 3)
    item = evidence(cast.ana)
    for position in (1, 2):
        link(assessment, f"CEXP.2.{position}", item)
    answer(assessment, "CEXP.4.1", 3)
    sent(assessment)
    response = see(client, cast.marta)
    assert row(response, "Ana")[:3] == ["100", "not assessed", "0"]
    assert row(response, "Ana")[6:8] == ["at least 2 provisional", "not known yet"]
    assert "provisional: 0 of" not in read(response.content)


def test_a_level_that_is_mostly_not_applicable_is_not_assessable(
    client: Client, cast: Cast, cexp: Skill, cycle: Cycle
) -> None:
    assessment = begin(cast.ana, cexp)
    answer(assessment, "CEXP.2.1", "na", reason="Não atendo.")
    answer(assessment, "CEXP.2.2", 1)
    sent(assessment)
    assert row(see(client, cast.marta), "Ana")[0] == "not assessable"


def test_nobody_holds_level_0(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 0)
    sent(assessment)
    assert row(see(client, cast.marta), "Ana")[0] == "0"
    assert row(see(client, cast.marta), "Ana")[6:8] == ["below 2 provisional", "3 levels to the target"]


def test_validated_and_provisional_levels_are_counted_apart(
    client: Client, cast: Cast, cexp: Skill, cycle: Cycle
) -> None:
    """Two validated with gaps 2 and 0, one provisional with gap 2, one not begun."""
    validate(submission=level_2(cast.ana, cexp), by=cast.marta, at=LATER)
    validate(submission=level_2(cast.bruno, cexp, target=2), by=cast.marta, at=LATER)
    level_2(cast.davi, cexp)
    finished, reached, gap, weakest = figures(see(client, cast.marta))
    assert finished == "Finished the assessment 3 of 4 2 levels validated"
    assert reached == "Reached the target level 1 of 2 provisional: 0 of 1"
    assert gap == "Average gap 1.0 of a level over 2 validated levels; provisional: 2.0 over 1 level"
    assert weakest == "Weakest statement – no validated rating is below full responsibility"


def test_the_weakest_statement_is_the_lowest_validated_one(
    client: Client, cast: Cast, draft: Assessment
) -> None:
    """4.3 has no evidence; statements above the target do not count, nor does what is not validated."""
    worked_example(draft)
    submission = sent(draft)
    assert "nothing is validated yet" in figures(see(client, cast.marta))[3]
    validate(submission=submission, by=cast.marta, at=LATER)
    assert "Weakest statement 4.3" in figures(see(client, cast.marta))[3]


def test_before_anything_is_validated_nothing_is_counted(client: Client, cast: Cast, cycle: Cycle) -> None:
    finished, reached, gap, _ = figures(see(client, cast.marta))
    assert finished == "Finished the assessment 0 of 4 0 levels validated"
    assert reached == "Reached the target level – nothing is validated yet"
    assert gap == "Average gap –"


def test_all_below_are_shown_by_team(client: Client, cast: Cast, cycle: Cycle) -> None:
    """The teams in the order of the tree; the manager is not one of them."""
    text = read(see(client, cast.marta).content)
    places = [text.index(name) for name in ("Contact centre Ana", "Bruno", "Night shift Carla", "Davi")]
    assert places == sorted(places)
    assert "Irina" not in text
    assert "Marta Manager" not in text


def test_a_sub_teams_manager_sees_only_theirs(client: Client, cast: Cast, cycle: Cycle) -> None:
    text = read(see(client, cast.carla).content)
    assert "Davi" in text
    assert not {"Ana", "Bruno", "Irina"} & set(text.split())


def test_one_team_is_chosen_with_those_below_it(client: Client, cast: Cast, cycle: Cycle) -> None:
    night, centre = Team.objects.get(name="Night shift"), Team.objects.get(name="Contact centre")
    assert "Bruno" not in read(see(client, cast.marta, team=night.pk).content)
    assert "Davi" in read(see(client, cast.marta, team=centre.pk).content)


def test_an_earlier_cycle_is_chosen_by_its_name(
    client: Client, cast: Cast, draft: Assessment, cycle: Cycle
) -> None:
    """The latest opened one is shown first; levels of two cycles never mix."""
    worked_example(draft)
    sent(draft)
    close_cycle(cycle=cycle, by=cast.admir, at=LATER)
    cycle.pk, cycle.name, cycle.policy, cycle.opened_at, cycle.closed_at = None, "2027", None, None, None
    cycle.save()
    open_cycle(cycle=cycle, policy=ScoringPolicy(), by=cast.admir, at=LATER)
    assert row(see(client, cast.marta), "Ana")[0] == "assessment not begun"
    assert row(see(client, cast.marta, cycle="2026", skill="CEXP"), "Ana")[2] == "55"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("team", "999999", "You lead no such team."),
        ("team", "Shop", "You lead no such team."),
        ("team", "", "You lead no such team."),
        ("cycle", "1999", "There is no such cycle."),
        ("cycle", "\x00", "There is no such cycle."),
        ("skill", "ADMI", "There is no such skill."),
        ("skill", "<b>", "There is no such skill."),
    ],
)
def test_a_bad_choice_is_refused_beside_its_field(
    client: Client, cast: Cast, cycle: Cycle, name: str, value: str, message: str
) -> None:
    sign_in(client, cast.marta)
    response = client.get(TEAM, {name: value})
    assert response.status_code == 422
    assert message in page(response.content).get(f"#id_{name}_error").text
    assert b"<table" not in response.content


def test_a_strangers_team_is_no_choice(client: Client, cast: Cast, cycle: Cycle) -> None:
    """The same answer as for one that is not there."""
    sign_in(client, cast.marta)
    response = client.get(TEAM, {"team": Team.objects.get(name="Shop").pk})
    assert response.status_code == 422
    assert "Shop" not in read(response.content)


def test_names_are_in_the_order_of_a_register(client: Client, cast: Cast, cycle: Cycle) -> None:
    centre = Team.objects.get(name="Contact centre")
    for name, email in (
        ("Ágata", "agata"),
        ("Zoé", "zoe"),
        ("Ёлка", "elka"),
        ("Жанна", "zhanna"),
        ("Евгения", "e"),
    ):
        one = person(email)
        User.objects.filter(pk=one.pk).update(name=name)
        join(one, centre, "analyst", "")
    text = read(see(client, cast.marta, team=centre.pk).content)
    order = ["Ágata", "Ana", "Bruno", "Zoé", "Евгения", "Ёлка", "Жанна"]
    assert sorted(order, key=text.index) == order


def test_what_people_typed_is_text(client: Client, cast: Cast, cycle: Cycle) -> None:
    """Names, job titles and teams; braces are no placeholders."""
    hostile = "<script>alert(1)</script>{0}&amp;"
    User.objects.filter(pk__in=[cast.ana.pk]).update(name=hostile)
    Membership.objects.filter(user=cast.ana).update(job_title=hostile)
    Team.objects.filter(name="Night shift").update(name=hostile)
    content = see(client, cast.marta).content.decode()
    assert "<script>alert" not in content
    assert content.count("&lt;script&gt;alert(1)&lt;/script&gt;{0}&amp;amp;") == 4


def test_who_has_left_is_not_shown(client: Client, cast: Cast, cycle: Cycle) -> None:
    """A membership that ended, and an account that was closed."""
    Membership.objects.filter(user=cast.ana).update(ends_on=TODAY - dt.timedelta(days=1))
    User.objects.filter(pk=cast.bruno.pk).update(is_active=False)
    text = read(see(client, cast.marta).content)
    assert "Ana" not in text.split()
    assert "Bruno" not in text


def test_the_button_counts_what_waits(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    level_2(cast.ana, cexp)
    level_2(cast.davi, cexp)
    text = read(see(client, cast.marta).content)
    assert "2 assessments wait for review" in text


def test_a_list_leaves_no_entry(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    level_2(cast.ana, cexp)
    see(client, cast.marta)
    assert not AccessEntry.objects.exists()


def test_without_a_cycle_it_says_so(client: Client, cast: Cast) -> None:
    assert "No cycle has been opened yet" in read(see(client, cast.marta).content)


def test_without_people_it_says_so(client: Client, cast: Cast, cycle: Cycle) -> None:
    Membership.objects.exclude(user=cast.elena).delete()
    assert "Nobody is in this team yet" in read(see(client, cast.elena).content)


@pytest.mark.parametrize("name", ["ana", "helena", "admir", "novo"])
def test_who_leads_nobody_is_refused(client: Client, cast: Cast, name: str) -> None:
    client.force_login(getattr(cast, name))
    assert client.get(TEAM).status_code == 403


def test_a_former_manager_loses_access_at_once(client: Client, cast: Cast, cycle: Cycle) -> None:
    assert "Ana" in read(see(client, cast.marta).content)
    Team.objects.filter(manager=cast.marta).update(manager=cast.elena)
    assert client.get(TEAM).status_code == 403


def test_signed_out_goes_to_sign_in(client: Client, cast: Cast) -> None:
    assert client.get(TEAM).headers["Location"].startswith(reverse("account_login"))


def test_it_is_only_read(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    assert client.post(TEAM).status_code == 405


def test_queries_do_not_grow(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    """With 4, 10, 50 and 200 people, some of them validated."""
    validate(submission=level_2(cast.ana, cexp), by=cast.marta, at=LATER)
    level_2(cast.bruno, cexp)
    see(client, cast.marta)
    counts = [count(client)]
    centre = Team.objects.get(name="Contact centre")
    for upto in (10, 50, 200):
        for number in range(Membership.objects.filter(team=centre).count(), upto):
            join(person(f"Pessoa{number}"), centre, "analyst", "Analista")
        counts.append(count(client))
    assert max(counts) <= MOST_QUERIES
    assert len(set(counts)) == 1


def count(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(TEAM)
    return len(queries)
