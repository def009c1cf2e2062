"""The first page, by role and by what waits."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.actions.review import return_for_changes
from assessments.actions.send import submit
from assessments.models import Assessment, Cycle, StartingLevel, Submission
from people.models import Team, User
from skills.models import Skill
from tests.assessments.review_cases import validated
from tests.cast import NOON, TODAY, Cast, answer, answer_level, begin, evidence, link
from tests.htmx import Element, Page

pytestmark = pytest.mark.usefixtures("noon")


def home(client: Client, user: User) -> Element:
    user.choose_language("en")
    client.force_login(user)
    return Page(client.get("/").content).get("#content")


def main_button(page: Element) -> tuple[str, str]:
    """The words and the address of the one main button."""
    found = [element for element in page if "btn-primary" in element.attributes.get("class", "")]
    assert len(found) == 1, [element.text for element in found]
    return found[0].text, found[0].attributes["href"]


def send(draft: Assessment) -> Submission:
    return submit(assessment=draft, by=draft.employee, at=NOON, on=TODAY)


def support_level_3(draft: Assessment) -> None:
    answer_level(draft, 3, 3)
    item = evidence(draft.employee)
    for position in range(1, 6):
        link(draft, f"CEXP.3.{position}", item)


def test_it_says_why_who_sees_what_and_how_long(client: Client, cast: Cast, cycle: Cycle) -> None:
    """And until when, with the hour where the reader is."""
    text = home(client, cast.ana).text
    assert "Planning development." in text
    assert "Everything, until you send it." in text
    assert "Marta reviews it." in text
    assert "6 items , about 5 minutes" in text
    assert "Submit by 1 December 2026, 18:00 (America/Sao Paulo)." in text


def test_the_hour_is_the_readers_own(client: Client, cast: Cast, cycle: Cycle) -> None:
    """Six in the evening in São Paulo is midnight in Moscow."""
    cast.irina.timezone = "Europe/Moscow"
    cast.irina.save()
    assert "2 December 2026, 00:00 (Europe/Moscow)" in home(client, cast.irina).text


def test_a_passed_date_does_not_shut_the_door(client: Client, cast: Cast, cycle: Cycle) -> None:
    """It says that one can still send."""
    Cycle.objects.filter(pk=cycle.pk).update(submit_by=NOON)
    with time_machine.travel("2026-11-20T13:00:00Z", tick=False):
        assert "You can still send what you have." in home(client, cast.ana).text


def test_what_is_sent_or_decided_says_since_when_and_nothing_of_the_deadline(
    client: Client, draft: Assessment, cast: Cast
) -> None:
    """Returned, there is something to send again."""
    support_level_3(draft)
    submission = send(draft)
    text = home(client, cast.ana).text
    assert ("Sent on 20 Nov 2026." in text, "Submit by" in text) == (True, False)
    return_for_changes(submission=submission, reason="More, please.", by=cast.marta, at=NOON)
    assert "Submit by 1 December 2026" in home(client, cast.ana).text
    validated(submission=send(draft), by=cast.marta)
    text = home(client, cast.ana).text
    assert ("Decided on 20 Nov 2026." in text, "Submit by" in text) == (True, False)
    assert "There is nothing for you to send now." in text


def test_nothing_begun_asks_to_find_the_level(client: Client, cast: Cast, cycle: Cycle) -> None:
    """Also one who has no role yet."""
    for person in (cast.ana, cast.novo):
        assert main_button(home(client, person)) == ("Find your level", "/assessments/start/CEXP/")


def test_a_kept_level_asks_to_start(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    """The time is that of the kept level."""
    StartingLevel.objects.create(employee=cast.ana, skill=cexp, level=2, chosen_at=NOON)
    page = home(client, cast.ana)
    assert main_button(page)[0] == "Start the self-assessment"
    assert "2 items , about 2 minutes" in page.text


def test_a_draft_asks_to_continue(client: Client, draft: Assessment) -> None:
    """With how much is left."""
    answer(draft, "CEXP.3.1", 2)
    page = home(client, draft.employee)
    assert main_button(page) == ("Continue", f"/assessments/{draft.pk}/")
    assert "1 of 5 statements answered so far." in page.text
    assert "4 items , about 4 minutes" in page.text


def test_all_answered_without_evidence_shows_the_report(client: Client, draft: Assessment) -> None:
    """It says where evidence would count most."""
    answer_level(draft, 3, 3)
    answer_level(draft, 4, 3)
    assert main_button(home(client, draft.employee)) == ("See report", f"/assessments/{draft.pk}/report/")


def test_all_answered_with_evidence_asks_to_send(client: Client, draft: Assessment) -> None:
    """The manager's name is there."""
    support_level_3(draft)
    answer_level(draft, 4, 3)
    page = home(client, draft.employee)
    assert main_button(page) == ("Send to review", f"/assessments/{draft.pk}/submit/")
    assert "Marta will review it" in page.text


def test_what_was_sent_says_who_has_it(client: Client, draft: Assessment) -> None:
    """It can be taken back from here."""
    answer(draft, "CEXP.3.1", 2)
    send(draft)
    page = home(client, draft.employee)
    assert main_button(page)[0] == "See report"
    assert "waits for Marta" in page.text


def test_what_was_returned_asks_to_read_why(client: Client, draft: Assessment, cast: Cast) -> None:
    """On the page of the answers."""
    answer(draft, "CEXP.3.1", 2)
    return_for_changes(submission=send(draft), reason="Avalie o nível 2.", by=cast.marta, at=NOON)
    assert main_button(home(client, cast.ana)) == ("Read what was returned", f"/assessments/{draft.pk}/")


def test_what_was_validated_shows_the_report(client: Client, draft: Assessment, cast: Cast) -> None:
    """And says that it is validated."""
    support_level_3(draft)
    validated(submission=send(draft), by=cast.marta, at=NOON)
    page = home(client, cast.ana)
    assert main_button(page)[0] == "See report"
    assert "is validated" in page.text


def test_without_a_cycle_it_says_what_one_can_do(client: Client, cast: Cast) -> None:
    """Evidence can be written at any time."""
    page = home(client, cast.ana)
    assert main_button(page) == ("Write down evidence", "/evidence/")
    assert "No cycle is open" in page.text


def test_a_manager_sees_what_waits(client: Client, draft: Assessment, cast: Cast) -> None:
    """The queue comes first."""
    answer(draft, "CEXP.3.1", 2)
    send(draft)
    page = home(client, cast.marta)
    assert "1 assessment waits for your review" in page.text
    assert "/reviews/" in [element.attributes.get("href") for element in page]


def test_a_manager_without_a_queue_sees_the_team(client: Client, cast: Cast, cycle: Cycle) -> None:
    """And their own assessment."""
    page = home(client, cast.marta)
    assert "No assessment waits for your review" in page.text
    assert "Find your level" in page.text


def test_roles_add_their_own_part(client: Client, cast: Cast, cycle: Cycle) -> None:
    """HR the exports, administrators the administration; an employee neither."""
    assert "/reports/levels/" in [element.attributes.get("href") for element in home(client, cast.helena)]
    assert "/admin/" in [element.attributes.get("href") for element in home(client, cast.admir)]
    links = [element.attributes.get("href") for element in home(client, cast.ana)]
    assert not {"/reports/levels/", "/admin/", "/team/"} & set(links)


def test_without_a_manager_no_name_is_made_up(client: Client, cast: Cast, cycle: Cycle) -> None:
    """It says that managers read it, and names none."""
    Team.objects.update(manager=None)
    assert "What you have sent, with its evidence." in home(client, cast.ana).text


def test_signed_out_it_asks_to_sign_in(client: Client) -> None:
    """The first page is personal."""
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_it_is_only_read(client: Client, cast: Cast) -> None:
    """It has nothing to post to."""
    client.force_login(cast.ana)
    assert client.post("/").status_code == 405


def test_queries_do_not_grow_with_evidence(
    client: Client, draft: Assessment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The same, however much is answered and linked."""
    home(client, draft.employee)
    with django_assert_num_queries(11):
        client.get("/")
    support_level_3(draft)
    for number in range(5):
        link(draft, "CEXP.3.1", evidence(draft.employee, title=str(number)))
    begin(User.objects.get(name="Bruno"), draft.skill)
    with django_assert_num_queries(11):
        client.get("/")
