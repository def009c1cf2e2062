"""The page of a skill."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from skills.models import Framework, Skill, SkillLevel, Statement, Text
from tests.cast import Cast

URL = "/skills/CEXP/"


def read(client: Client, address: str = URL) -> str:
    response = client.get(address)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def shows(page: str, text: str, language: str) -> bool:
    """Whether the text is there, in an element that says its language."""
    return f'<span lang="{language}">{escape(text)}</span>' in page


def text_of(code: str, field: str, language: str) -> str:
    return Text.objects.get(statement__code=code, field=field, language=language).text


@pytest.fixture
def ana(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ana)
    return client


@pytest.fixture
def helena(client: Client, cast: Cast) -> Client:
    """Reads the interface in English."""
    client.force_login(cast.helena)
    return client


def test_portuguese_reader_sees_official_text_and_help(ana: Client) -> None:
    """Every statement is shown with our reading help, both in Portuguese."""
    page = read(ana)
    codes = Statement.objects.values_list("code", flat=True)
    assert all(shows(page, text_of(code, field, "pt"), "pt") for code in codes for field in ("text", "help"))


def test_all_seven_levels_are_there(ana: Client) -> None:
    """Levels 1 and 7 are not defined, with their essence and the note; the others have statements."""
    page = read(ana)
    assert all(f'id="level-{number}"' in page for number in range(1, 8))
    essences = Text.objects.filter(field="essence", language="pt").values_list("text", flat=True)
    assert all(shows(page, essence, "pt") for essence in essences)
    assert page.count("<details>") == 2


@pytest.mark.parametrize("language", ["pt", "ru"])
def test_another_language_can_be_asked_for(ana: Client, language: str) -> None:
    """``?lang=`` shows the text and its help in that language, whatever the interface speaks."""
    page = read(ana, f"{URL}?lang={language}")
    for field in ("text", "help"):
        assert shows(page, text_of("CEXP.4.3", field, language), language)


@pytest.mark.parametrize("official", ["pt", "ru"])
def test_reader_of_english_gets_the_official_text_of_choice(
    helena: Client, cast: Cast, official: str
) -> None:
    """Statements come in the official language of the profile, the help in English, and the page says so."""
    cast.helena.official_language = official
    cast.helena.save()
    page = read(helena)
    assert shows(page, text_of("CEXP.4.3", "text", official), official)
    assert shows(page, text_of("CEXP.4.3", "help", "en"), "en")
    assert "They have no text in English" in page


def test_a_missing_text_falls_back_and_says_so(helena: Client, cast: Cast) -> None:
    """A text that lacks the language is shown in the skill's first language, with a word about it."""
    Text.objects.filter(statement__code="CEXP.4.3", language="ru", field="text").delete()
    page = read(helena, f"{URL}?lang=ru")
    assert shows(page, text_of("CEXP.4.3", "text", "pt"), "pt")
    assert page.count("There is no text in Русский: shown in Português.") == 1


def test_sources_are_marked(helena: Client) -> None:
    """Beta texts and ours are marked, official ones are not."""
    beta, ours = "not yet reviewed by the SFIA Foundation", "Written for this product"
    russian, portuguese = read(helena, f"{URL}?lang=ru"), read(helena, f"{URL}?lang=pt")
    assert (beta in russian, ours in russian) == (True, True)
    assert (beta in portuguese, ours in portuguese) == (False, True)


def test_the_credit_is_there(helena: Client) -> None:
    """Wherever the framework's text is shown, its owner is named."""
    assert "with the permission of the SFIA Foundation" in " ".join(read(helena).split())


@pytest.mark.parametrize(
    ("query", "left", "right"),
    [("compare=ru", "pt", "ru"), ("lang=ru&compare=pt", "ru", "pt"), ("compare=pt", "ru", "pt")],
)
def test_two_languages_side_by_side(ana: Client, query: str, left: str, right: str) -> None:
    """Statement stands beside statement, the reader's language first; comparing it with itself swaps."""
    page = read(ana, f"{URL}?{query}")
    rows = re.findall(r"<tr>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", page, re.DOTALL)
    for code in ("CEXP.2.1", "CEXP.6.6"):
        (row,) = [row for row in rows if escape(text_of(code, "text", left)) in row[0]]
        assert shows(row[1], text_of(code, "text", right), right)
        assert shows(row[0], text_of(code, "help", left), left)


def test_every_foreign_run_says_its_language(helena: Client) -> None:
    """No Cyrillic letter stands outside an element marked as Russian, the language names aside."""
    page = re.sub(
        r"<header class=\"top\">.*?</header>", "", read(helena, f"{URL}?compare=ru"), flags=re.DOTALL
    )
    page = page.replace("<br>", " ")
    outside = re.sub(r'<(\w+)[^>]*\blang="ru"[^>]*>[^<]*</\1>', "", page)
    assert not re.findall("[А-Яа-я]+", outside)


def test_the_button_starts_an_assessment(ana: Client) -> None:
    """The main action leads to the self-assessment of this skill."""
    assert f'href="{reverse("assessments:start", args=["CEXP"])}"' in read(ana)


@pytest.mark.parametrize(
    "query", ["lang=de", "lang=pt-br", "lang=%00", "compare=en", "compare=de", "lang=de&compare=x"]
)
def test_an_unknown_language_is_said_beside_the_switch(helena: Client, query: str) -> None:
    """The page is still there, in the reader's language, with a message that names what is wrong."""
    response = helena.get(f"{URL}?{query}")
    assert response.status_code == HTTPStatus.BAD_REQUEST
    page = response.content.decode()
    assert 'role="alert"' in page
    assert shows(page, text_of("CEXP.4.3", "help", "en"), "en")


@pytest.mark.parametrize("code", ["NEWS", "cexp", "C", "TOOLONGCODE", "%00%00", "CEXP'"])
def test_an_unknown_skill_is_not_found(ana: Client, code: str) -> None:
    """A code that no skill has is a page that does not exist."""
    assert ana.get(f"/skills/{code}/").status_code == HTTPStatus.NOT_FOUND


def test_signed_out_readers_are_sent_to_sign_in(client: Client, cexp: Skill) -> None:
    """Definitions are for people with an account."""
    response = client.get(URL)
    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == f"{reverse('account_login')}?next={URL}"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_only_read(ana: Client, method: str) -> None:
    """Nothing can be sent to a definition's page."""
    assert getattr(ana, method)(URL).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_skill_just_begun_can_be_opened(helena: Client, cexp: Skill) -> None:
    """A skill without texts, activities and statements is shown with its code and seven undefined levels."""
    Skill.objects.create(framework=cexp.framework, code="NEWS")
    page = read(helena, "/skills/NEWS/")
    assert "Levels 1, 2, 3, 4, 5, 6 and 7 are not defined in this skill" in page


def test_a_warm_page_reads_no_text(ana: Client) -> None:
    """The definition comes from memory, however long it is: no page reads its texts a second time."""
    read(ana)
    with CaptureQueriesContext(connection) as warm:
        read(ana)
    level = SkillLevel.objects.get(level__number=2)
    added = Statement.objects.create(skill_level=level, position=3, code="CEXP.2.3")
    Text.objects.create(statement=added, field="text", language="pt", source="ours", text="Novo.")
    assert "Novo." in read(ana)
    with CaptureQueriesContext(connection) as longer:
        read(ana)
    assert len(longer) == len(warm)
    assert not [query for query in warm if "skills_text" in query["sql"]]


def test_a_mended_text_shows_at_once(ana: Client) -> None:
    """Readers see a change with their next request."""
    read(ana)
    Text.objects.filter(statement__code="CEXP.4.3", field="help").update(text="Muito mais claro.")
    assert "Muito mais claro." in read(ana)


def test_texts_cannot_bring_markup(ana: Client) -> None:
    """What an administrator types is text, never markup."""
    Text.objects.filter(statement__code="CEXP.4.3", field="help").update(text="<script>alert(1)</script>")
    Framework.objects.update(name="<b>SFIA</b>")
    page = read(ana)
    assert "<script>alert(1)" not in page
    assert "<b>SFIA</b>" not in page
