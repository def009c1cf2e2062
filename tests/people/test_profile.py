"""What a person says about themselves, and the switch of languages."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.htmx import Page

URL = "/profile/"
DATA = {"language": "ru", "official_language": "ru", "timezone": "Europe/Moscow"}


@pytest.fixture
def ana(client: Client, cast: Cast) -> Client:
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    return client


def test_it_shows_what_is_kept(ana: Client) -> None:
    """Each choice with a label that says what it is for."""
    page = Page(ana.get(URL).content)
    chosen = [element.attributes["value"] for element in page.root if "selected" in element.attributes]
    assert chosen == ["en", "pt", ""]
    for label in ("Language of the interface", "Language of the official texts", "Time zone"):
        assert label in page.root.text


def test_it_keeps_language_official_language_and_zone(ana: Client, cast: Cast) -> None:
    """And remembers the language for the sign-in page."""
    answer = ana.post(URL, DATA)
    cast.ana.refresh_from_db()
    assert (cast.ana.language, cast.ana.official_language, cast.ana.timezone) == tuple(DATA.values())
    assert (answer.headers["Location"], answer.cookies["django_language"].value) == (URL, "ru")


def test_the_next_page_speaks_the_new_language(ana: Client) -> None:
    """At once."""
    assert ana.post(URL, DATA, follow=True).headers["Content-Language"] == "ru"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("language", ""),
        ("official_language", "en"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "x" * 1_000_000),
        ("timezone", "Europe/\x00"),
    ],
)
def test_what_is_none_of_the_choices_gets_a_message(ana: Client, cast: Cast, name: str, value: str) -> None:
    """Beside its field; nothing is kept, and the page stays in its language."""
    answer = ana.post(URL, {**DATA, name: value})
    cast.ana.refresh_from_db()
    assert (answer.status_code, cast.ana.language) == (422, "en")
    assert answer.headers["Content-Language"] == "en"
    assert Page(answer.content).get(f"#id_{name}_error").text


def test_signed_out_it_asks_to_sign_in(client: Client, db: None) -> None:
    """It is one's own."""
    assert client.get(URL).status_code == 302


def test_it_is_read_and_posted(ana: Client) -> None:
    """Nothing else."""
    assert ana.put(URL).status_code == 405


def test_it_asks_the_session_and_the_person(
    ana: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Nothing more."""
    with django_assert_num_queries(2):
        ana.get(URL)


def test_the_switch_keeps_the_language_and_comes_back(ana: Client, cast: Cast) -> None:
    """To the page it was used on."""
    answer = ana.post("/language/", {"language": "pt-br", "next": "/evidence/"})
    cast.ana.refresh_from_db()
    assert (answer.headers["Location"], cast.ana.language) == ("/evidence/", "pt-br")


@pytest.mark.parametrize("address", ["https://evil.example", "//evil.example", "javascript:alert(1)", ""])
def test_the_switch_leads_nowhere_else(ana: Client, address: str) -> None:
    """Another site's address leads to the first page."""
    answer = ana.post("/language/", {"language": "ru", "next": address})
    assert answer.headers["Location"] == "/"


def test_signed_out_the_switch_is_kept_in_a_cookie(client: Client, db: None) -> None:
    """The sign-in page speaks it."""
    client.post("/language/", {"language": "ru", "next": "/accounts/login/"})
    assert client.get("/accounts/login/").headers["Content-Language"] == "ru"


def test_a_language_that_there_is_not_is_refused(ana: Client) -> None:
    """As a page that says so."""
    assert ana.post("/language/", {"language": "fr"}).status_code == 400
