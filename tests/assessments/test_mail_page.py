"""Which mails a person gets: switches, and once a day instead of at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from assessments.actions.notify import tell
from assessments.actions.send import record
from assessments.models import Assessment, MailPreference, State
from assessments.models.notice import OF_HR, OF_REVIEWERS, OWN, NoticeKind
from tests.cast import NOON, Cast
from tests.htmx import Page

URL = "/profile/mail/"


def switches(client: Client) -> dict[str, bool]:
    """The boxes of the page, and whether they are ticked."""
    page = Page(client.get(URL).content)
    boxes = [box for box in page.root if box.attributes.get("type") == "checkbox"]
    return {box.attributes["name"]: "checked" in box.attributes for box in boxes}


def chosen(client: Client) -> list[str]:
    page = Page(client.get(URL).content)
    radios = [box for box in page.root if box.attributes.get("name") == "how_often"]
    return [box.attributes["value"] for box in radios if "checked" in box.attributes]


def test_without_a_choice_every_mail_comes_as_it_happens(ana: Client) -> None:
    """An employee is shown the kinds about their own assessments."""
    assert switches(ana) == dict.fromkeys(OWN, True)
    assert chosen(ana) == [""]


@pytest.mark.parametrize(("name", "more"), [("marta", OF_REVIEWERS), ("helena", OF_HR)])
def test_who_reviews_or_chooses_reviewers_is_shown_more(
    client: Client, cast: Cast, name: str, more: list[str]
) -> None:
    """Managers and HR, each what may come to them."""
    client.force_login(getattr(cast, name))
    assert set(switches(client)) == {*OWN, *more}


def test_whom_hr_chose_once_can_switch_off_what_came(ana: Client, draft: Assessment, cast: Cast) -> None:
    """Without leading a team."""
    submitted = record(draft, from_state=State.WITHDRAWN, by=cast.bruno, at=NOON)
    tell([cast.ana], NoticeKind.SUBMITTED, about=submitted, by=cast.bruno)
    assert set(switches(ana)) == {*OWN, *OF_REVIEWERS}


def test_what_is_saved_is_shown_again(ana: Client, cast: Cast) -> None:
    """With a message."""
    answer = ana.post(URL, {"how_often": "daily", "returned": "on", "reopened": "on"}, follow=True)
    assert "Your settings are saved." in Page(answer.content).root.text
    assert [kind for kind, is_on in switches(ana).items() if is_on] == ["returned", "reopened"]
    assert chosen(ana) == ["daily"]


def test_all_can_be_switched_off_and_on_again(ana: Client, cast: Cast) -> None:
    ana.post(URL, {"how_often": ""})
    assert not any(switches(ana).values())
    ana.post(URL, {"how_often": "", **dict.fromkeys(OWN, "on")})
    assert MailPreference.objects.get(user=cast.ana).unwanted == []


def test_what_is_not_shown_stays_as_it_was(ana: Client, cast: Cast) -> None:
    """As a manager she wanted fewer; the day of her last daily mail stays too."""
    day = dt.date(2026, 11, 20)
    MailPreference.objects.create(user=cast.ana, unwanted=["withdrawn"], daily_sent_on=day)
    ana.post(URL, {"how_often": "daily", **dict.fromkeys(OWN, "on")})
    kept = MailPreference.objects.get(user=cast.ana)
    assert (kept.unwanted, kept.daily_sent_on) == (["withdrawn"], day)


def test_one_s_own_choice_alone_is_kept(ana: Client, cast: Cast) -> None:
    """Nobody else's changes."""
    MailPreference.objects.create(user=cast.bruno, unwanted=["returned"])
    ana.post(URL, {"how_often": "daily", **dict.fromkeys(OWN, "on")})
    assert MailPreference.objects.get(user=cast.bruno).unwanted == ["returned"]


@pytest.mark.parametrize("value", ["weekly", "daily\x00", "x" * 1_000_000])
def test_what_is_none_of_the_choices_gets_a_message(ana: Client, value: str) -> None:
    """Beside its field; nothing is kept, and what was ticked stays ticked."""
    answer = ana.post(URL, {"how_often": value, "returned": "on"})
    page = Page(answer.content)
    assert (answer.status_code, MailPreference.objects.count()) == (422, 0)
    assert page.get("#id_how_often_error").text
    assert "checked" in page.get("#id_returned").attributes
    assert "checked" not in page.get("#id_validated").attributes


def test_the_profile_leads_there(ana: Client) -> None:
    assert f'href="{URL}"' in ana.get("/profile/").content.decode()


def test_signed_out_it_asks_to_sign_in(client: Client, db: None) -> None:
    assert client.get(URL).status_code == 302


def test_it_is_read_and_posted(ana: Client) -> None:
    assert ana.put(URL).status_code == 405
