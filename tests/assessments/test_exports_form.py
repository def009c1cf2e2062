"""What an export is asked for with."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import AccessEntry, Cycle
from people.models import Team, User
from skills.models import Skill
from tests.assessments.exports_cases import REASON, asked
from tests.cast import Cast

ADDRESSES = [reverse(f"assessments:{name}") for name in ("reports_levels", "reports_statements")]
ALL = ["/reports/", *ADDRESSES]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_form_offers_cycle_skill_people_and_file(hr: Client, cycle: Cycle, address: str) -> None:
    page = hr.get(address).content.decode()
    assert f'<option value="{cycle.pk}">2026</option>' in page
    assert "CEXP · " in page
    assert "Araçari / Contact centre / Night shift" in page
    for name in ("scope", "file_format", "provisional", "reason", "csrfmiddlewaretoken"):
        assert f'name="{name}"' in page


def test_a_manager_is_offered_the_own_teams(client: Client, cast: Cast, cycle: Cycle) -> None:
    client.force_login(cast.marta)
    page = client.get("/reports/levels/").content.decode()
    assert "Contact centre / Night shift" in page
    assert "Shop" not in page
    assert 'value="company"' not in page


def test_without_a_cycle_there_is_a_way_back(hr: Client) -> None:
    page = hr.get("/reports/levels/").content.decode()
    assert "No cycle has been opened yet" in page
    assert 'name="reason"' not in page
    assert hr.post("/reports/levels/", {"reason": REASON}).status_code == 422


@pytest.mark.parametrize("address", ALL)
@pytest.mark.parametrize("name", ["ana", "admir", "novo"])
def test_a_page_of_a_role_that_one_lacks_is_refused(
    client: Client, cast: Cast, cycle: Cycle, cexp: Skill, address: str, name: str
) -> None:
    """Employees and administrators export nothing."""
    client.force_login(getattr(cast, name))
    assert client.get(address).status_code == 403
    if address in ADDRESSES:
        assert client.post(address, asked(cycle, cexp)).status_code == 403
        assert not AccessEntry.objects.exists()


@pytest.mark.parametrize("address", ALL)
def test_signed_out_one_is_sent_to_sign_in(client: Client, cast: Cast, address: str) -> None:
    assert client.get(address).headers["Location"] == f"/accounts/login/?next={address}"
    assert client.post(address).status_code == 302


@pytest.mark.parametrize("address", ALL)
def test_other_verbs_are_refused(hr: Client, address: str) -> None:
    assert hr.head(address).status_code == 200
    for verb in ("put", "patch", "delete"):
        assert getattr(hr, verb)(address).status_code == 405
    if address == "/reports/":
        assert hr.post(address).status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("cycle", "987654", "Choose a cycle from the list."),
        ("cycle", "x\x00", "Choose a cycle from the list."),
        ("cycle", "9" * 30, "Choose a cycle from the list."),
        ("cycle", None, "This field is required."),
        ("skill", "0", "Choose a skill from the list."),
        ("skill", "CEXP", "Choose a skill from the list."),
        ("skill", None, "This field is required."),
        ("scope", "-1", "Choose from the list: the teams may have changed in the meantime."),
        ("scope", "own", "Choose from the list: the teams may have changed in the meantime."),
        ("scope", "", "This field is required."),
        ("file_format", "pdf", "Choose XLSX or CSV."),
        ("file_format", None, "This field is required."),
        ("reason", None, "This field is required."),
        ("reason", " \n " * 20, "This field is required."),
        ("reason", "Too short", "Say it in a few words more: at least 10 characters are needed."),
        ("reason", "   Short    \n\n", "Say it in a few words more: at least 10 characters are needed."),
        ("reason", "x" * 1_000_000, "This is too long: at most 500 characters are possible"),
        ("reason", "Planning\x0b of trainings", "There is an invisible control character (U+000B)"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    hr: Client, cycle: Cycle, cexp: Skill, address: str, field: str, value: str | None, message: str
) -> None:
    """422, no file, nothing in the log."""
    response = hr.post(address, asked(cycle, cexp, **{field: value}))
    assert response.status_code == 422
    error = response.content.decode().split(f'id="id_{field}_error"')[1].split("</div>")[0]
    assert message in error
    assert not AccessEntry.objects.exists()


def test_what_was_typed_and_chosen_stays(hr: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    team = cast.elena.teams_led.get()
    fields = asked(cycle, cexp, scope=team.pk, provisional="on", reason="<b>short")
    page = hr.post("/reports/levels/", fields).content.decode()
    assert "\n&lt;b&gt;short</textarea>" in page
    assert f'<option value="{team.pk}" selected>' in page
    assert 'value="csv" required checked' in page
    assert 'id="id_provisional" checked' in page


def test_typed_bidirectional_controls_are_not_kept(hr: Client, cycle: Cycle, cexp: Skill) -> None:
    hr.post("/reports/levels/", asked(cycle, cexp, reason="Planning \u202eof trainings"))
    assert AccessEntry.objects.get().reason == "Planning of trainings"


def test_a_team_that_is_named_to_break_the_page_does_not(hr: Client, cast: Cast, cycle: Cycle) -> None:
    cast.elena.teams_led.update(name="</option><script>alert(1)</script>")
    assert "<script>alert" not in hr.get("/reports/levels/").content.decode()


def test_the_last_exports_are_listed_with_their_reason(hr: Client, cycle: Cycle, cexp: Skill) -> None:
    """By whom, what and why; what was typed is text."""
    hr.post("/reports/levels/", asked(cycle, cexp, reason="<i>Because</i> we plan", provisional="on"))
    page = hr.get("/reports/").content.decode()
    assert "&lt;i&gt;Because&lt;/i&gt; we plan" in page
    for text in (
        "Helena",
        "levels exported",
        "CEXP",
        "The whole company",
        "7 people",
        "with provisional levels",
    ):
        assert text in page


def test_a_manager_sees_the_own_exports_alone(client: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    User.objects.filter(pk=cast.marta.pk).update(language="en")
    for user, scope in ((cast.helena, "company"), (cast.marta, "own")):
        client.force_login(user)
        client.post("/reports/levels/", asked(cycle, cexp, scope=scope, reason=f"Plans of {user.name}"))
    page = client.get("/reports/").content.decode()
    assert "Plans of Marta" in page
    assert "Plans of Helena" not in page


def test_the_list_says_when_there_is_nothing(hr: Client) -> None:
    assert "Nothing has been exported yet." in hr.get("/reports/").content.decode()


@pytest.mark.parametrize("address", ALL)
def test_more_teams_and_exports_ask_no_more_queries(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill, address: str, django_assert_max_num_queries: Any
) -> None:
    """Eleven at most, with those of the session."""
    Team.objects.bulk_create(Team(name=f"Team {number}") for number in range(40))
    for _ in range(3):
        hr.post("/reports/levels/", asked(cycle, cexp))
    with django_assert_max_num_queries(11):
        hr.get(address)
