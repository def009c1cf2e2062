"""The page of the gap report."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.cycles import close_cycle, open_cycle
from assessments.actions.send import withdraw
from assessments.models import AccessEntry, Assessment, Cycle
from assessments.scoring import ScoringPolicy
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.cast import NOON, Cast, answer_level, begin, evidence, link


def address(assessment: Assessment) -> str:
    return reverse("assessments:report", args=[assessment.pk])


def text_of(client: Client, assessment: Assessment) -> str:
    """What a reader sees, white space folded."""
    html = client.get(address(assessment)).content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_worked_example_shows_its_numbers_and_steps(
    client: Client, cast: Cast, draft: Assessment
) -> None:
    """10 of 18 points, 16 needed, and the four statements on the way, each with its reason."""
    worked_example(draft)
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    text = text_of(client, draft)
    assert "You support level 3 and want to reach level 4." in text
    assert "6 points are missing, in 4 statements." in text
    assert "10 of 18 points, 16 are needed" in text
    assert "16 of 18 points are needed for level 4 and nothing below 2" in text
    assert "Only evidence is missing: 4 steps." in text
    assert "Tell the result of “Mapa da jornada do app”." in text
    assert "“Projeto do balcão” is of 2022" in text


def test_a_step_without_an_example_leads_to_writing_one(
    client: Client, cast: Cast, draft: Assessment
) -> None:
    """Where there is none and where there is none that is current; what was sent has no such links."""
    worked_example(draft)
    client.force_login(cast.ana)
    html = client.get(address(draft)).content.decode()
    ratings = draft.ratings.filter(statement__code__in=["CEXP.4.3", "CEXP.4.4"]).order_by("statement__code")
    new = reverse("assessments:evidence_new")
    links = [f"{new}?rating={rating.pk}&amp;next={address(draft)}" for rating in ratings]
    assert re.findall(rf'href="({new}[^"]*)"', html) == links
    assert client.get(links[0].replace("&amp;", "&")).status_code == 200
    sent(draft)
    assert new not in client.get(address(draft)).content.decode()


def test_signed_out_goes_to_sign_in(client: Client, draft: Assessment) -> None:
    """Reports are private."""
    response = client.get(address(draft))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["bruno", "carla", "elena", "helena", "admir"])
def test_a_stranger_finds_nothing(client: Client, cast: Cast, draft: Assessment, name: str) -> None:
    """Colleagues, managers of other teams, HR and administrators."""
    answer_level(draft, 3, 3)
    sent(draft)
    client.force_login(getattr(cast, name))
    assert client.get(address(draft)).status_code == 404


def test_a_manager_finds_nothing_before_it_is_sent(client: Client, cast: Cast, draft: Assessment) -> None:
    """Of a draft only the status shows elsewhere."""
    client.force_login(cast.marta)
    assert client.get(address(draft)).status_code == 404


def test_a_manager_finds_nothing_once_it_is_withdrawn(client: Client, cast: Cast, draft: Assessment) -> None:
    """What was taken back is the employee's alone."""
    answer_level(draft, 3, 3)
    sent(draft)
    withdraw(assessment=draft, by=cast.ana, at=NOON)
    client.force_login(cast.marta)
    assert client.get(address(draft)).status_code == 404


def test_a_manager_reads_what_was_sent_in_the_third_person(
    client: Client, cast: Cast, draft: Assessment
) -> None:
    """And leaves one row in the log."""
    worked_example(draft)
    sent(draft)
    cast.marta.choose_language("en")
    client.force_login(cast.marta)
    text = text_of(client, draft)
    assert "Ana supports level 3; the target is level 4." in text
    assert "Send for review" not in text
    entry = AccessEntry.objects.get()
    assert (entry.by, entry.kind, entry.person, entry.object_id) == (cast.marta, "report", cast.ana, draft.pk)


def test_ones_own_report_is_not_logged(client: Client, cast: Cast, draft: Assessment) -> None:
    """The log is of whose data others opened."""
    client.force_login(cast.ana)
    assert client.get(address(draft)).status_code == 200
    assert not AccessEntry.objects.exists()


def test_what_was_sent_stays_as_it_was(client: Client, cast: Cast, draft: Assessment) -> None:
    """Evidence that changes later changes no report that was sent."""
    worked_example(draft)
    sent(draft)
    cast.ana.evidence.update(url="", result="")
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    text = text_of(client, draft)
    assert "10 of 18 points" in text
    assert "Send for review" not in text


def test_a_validated_report_shows_the_reviewers_word(client: Client, cast: Cast, draft: Assessment) -> None:
    """The level of record is the validated one, and a lower rating leads the path's last group."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta, lower={"CEXP.4.1": 1})
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    text = text_of(client, draft)
    assert "Level 3 is validated; you want to reach level 4." in text
    assert "Validated · cycle 2026" in text
    assert "The reviewer disagreed: 1 step." in text
    assert "Vi só uma parte." in text


def test_the_last_validated_level_of_an_earlier_cycle_stands_beside(
    client: Client, cast: Cast, draft: Assessment
) -> None:
    """With its cycle and its day, in a later cycle's report and not in its own."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta)
    later = begin_in_2027(draft, cast)
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    text = text_of(client, later)
    assert "Validated · cycle 2026 3" in text
    assert "Nothing is rated yet." in text
    assert text_of(client, draft).count("Validated · cycle 2026") == 1


def begin_in_2027(draft: Assessment, cast: Cast) -> Assessment:
    """The next cycle's assessment of the same person and skill."""
    soon = NOON + dt.timedelta(days=30)
    close_cycle(cycle=draft.cycle, by=cast.admir, at=soon)
    purposes = {"purpose_pt": "P", "purpose_ru": "P", "purpose_en": "P"}
    days = {"submit_by": soon + dt.timedelta(days=300), "review_by": soon + dt.timedelta(days=330)}
    planned = Cycle.objects.create(name="2027", **purposes, **days)
    open_cycle(cycle=planned, policy=ScoringPolicy(), by=cast.admir, at=soon)
    return begin(draft.employee, draft.skill)


@pytest.mark.parametrize("reader", ["ana", "marta"])
@pytest.mark.parametrize("is_validated", [True, False])
def test_every_number_leads_to_something_on_the_page(
    client: Client, cast: Cast, draft: Assessment, reader: str, is_validated: bool
) -> None:
    """No link into the page has no place there."""
    worked_example(draft)
    submission = sent(draft)
    if is_validated:
        reviewed(submission, by=cast.marta)
    client.force_login(getattr(cast, reader))
    html = client.get(address(draft)).content.decode()
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html))


@pytest.mark.parametrize("suffix", ["pdf", "csv", "xlsx"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_reports_are_only_read(
    client: Client, cast: Cast, draft: Assessment, method: str, suffix: str
) -> None:
    """Any other verb is refused."""
    client.force_login(cast.ana)
    assert getattr(client, method)(address(draft)).status_code == 405
    file_address = reverse("assessments:report_file", kwargs={"pk": draft.pk, "suffix": suffix})
    assert getattr(client, method)(file_address).status_code == 405


def test_what_does_not_exist_is_not_found(client: Client, cast: Cast) -> None:
    """Whatever the form of the report."""
    client.force_login(cast.ana)
    for ending in ("/", ".pdf", ".csv", ".xlsx", ".doc"):
        assert client.get(f"/assessments/987654/report{ending}").status_code == 404


def test_hostile_text_is_shown_as_text(client: Client, cast: Cast, draft: Assessment) -> None:
    """Markup and htmx attributes in a title stay what was typed."""
    hostile = '<img src=x onerror=alert(1)>{{ 7|add:"7" }}<b hx-get="/">'
    answer_level(draft, 4, 3)
    link(draft, "CEXP.4.2", evidence(cast.ana, title=hostile, result=""))
    client.force_login(cast.ana)
    html = client.get(address(draft)).content.decode()
    assert "<img src=x" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;{{ 7|add:" in html


@pytest.mark.parametrize("language", ["pt-br", "ru", "en"])
def test_queries_do_not_grow_with_evidence(
    client: Client, cast: Cast, draft: Assessment, django_assert_max_num_queries: object, language: str
) -> None:
    """Eight at most, and as many with a lot of evidence as with none."""
    cast.ana.choose_language(language)
    client.force_login(cast.ana)
    client.get(address(draft))
    few = queries(client, draft, django_assert_max_num_queries)
    worked_example(draft)
    assert queries(client, draft, django_assert_max_num_queries) == few


@pytest.mark.parametrize("reader", ["ana", "marta"])
def test_what_was_sent_takes_eight_queries_at_most(
    client: Client, cast: Cast, draft: Assessment, django_assert_max_num_queries: object, reader: str
) -> None:
    """Reading, and for the manager the row in the log."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta)
    client.force_login(getattr(cast, reader))
    client.get(address(draft))
    assert queries(client, draft, django_assert_max_num_queries) <= 8


def queries(client: Client, assessment: Assessment, at_most: object) -> int:
    with at_most(8) as captured:
        client.get(address(assessment))
    return len(captured)
