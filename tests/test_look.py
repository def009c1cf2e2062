"""What every page keeps to: its weight, its policy, one base for signed-in and signed-out readers."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from tests.cast import Cast

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))
STYLES = sorted((PROJECT / "static" / "css").glob("*.css"))
SIGNED_OUT = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-nothing/",
    "/accounts/password/reset/key/done/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
]
SIGNED_IN = ["/accounts/logout/", "/accounts/password/change/", "/accounts/reauthenticate/", "/accounts/2fa/"]


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_the_pages_around_signing_in_have_our_look(client: Client, db: None, path: str) -> None:
    """Signed out, each of them is one page of ours, with a heading and the switch of languages."""
    page = client.get(path).content.decode()
    assert page.count("<h1>") == 1
    assert 'class="languages"' in page
    assert 'class="nav"' not in page


@pytest.mark.parametrize("path", SIGNED_IN)
def test_the_pages_about_one_s_account_have_our_look(client: Client, cast: Cast, path: str) -> None:
    """Signed in, they carry the navigation and the way to sign out."""
    client.force_login(cast.ana)
    page = client.get(path).content.decode()
    assert 'class="nav"' in page
    assert 'action="/accounts/logout/"' in page


def test_a_manager_sees_the_team_and_an_employee_does_not(client: Client, cast: Cast) -> None:
    """The navigation offers what one's role can open."""
    client.force_login(cast.marta)
    assert 'href="/team/"' in client.get("/accounts/logout/").content.decode()
    client.force_login(cast.ana)
    assert 'href="/team/"' not in client.get("/accounts/logout/").content.decode()


def test_a_refused_sign_in_keeps_the_address(client: Client, db: None) -> None:
    """The e-mail stays in its field, the password does not, and the message stands above them."""
    typed = {"login": "x@example.com", "password": "wrong-one"}
    page = client.post("/accounts/login/", typed).content.decode()
    assert 'value="x@example.com"' in page
    assert "wrong-one" not in page
    assert 'role="alert"' in page


def test_a_missing_e_mail_is_said_beside_its_field(client: Client, db: None) -> None:
    page = client.post("/accounts/login/", {"login": "", "password": "x"}).content.decode()
    assert 'aria-describedby="id_login_error"' in page
    assert 'id="id_login_error"' in page


def test_the_way_back_survives_the_sign_in_page(client: Client, db: None) -> None:
    page = client.get("/accounts/login/", {"next": "/skills/"}).content.decode()
    assert '<input type="hidden" name="next" value="/skills/">' in page


@pytest.mark.parametrize("status", ["400", "401", "403", "403_csrf", "404", "409", "429"])
def test_each_error_page_names_a_way_forward(client: Client, db: None, status: str) -> None:
    """It says what happened in one heading and links to a page that exists."""
    page = client.get("/accounts/login/")
    body = render_to_string(f"{status}.html", request=page.wsgi_request)
    assert body.count("<h1>") == 1
    assert re.search(r'<a class="btn btn-primary" href="(/|/accounts/login/)">', body)


def test_the_page_for_our_own_failures_needs_nothing() -> None:
    """It is rendered without request or context, in the language at hand."""
    with translation.override("ru"):
        body = render_to_string("500.html")
    assert '<html lang="ru">' in body
    assert "htmx" not in body


def test_an_unknown_address_is_answered_in_the_reader_s_language(client: Client, db: None) -> None:
    answer = client.get("/no/such/page/", headers={"Accept-Language": "ru"})
    assert answer.status_code == 404
    assert '<html lang="ru">' in answer.content.decode()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PROJECT / "templates")))
def test_templates_keep_to_the_policy(path: Path) -> None:
    """No style attribute, no inline script, no handler: the browser would refuse them."""
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_style_sheets_are_short_and_balanced() -> None:
    for path in STYLES:
        text = path.read_text()
        assert text.count("\n") <= 300, path.name
        assert text.count("{") == text.count("}"), path.name


def test_a_first_visit_is_light() -> None:
    """Styles, scripts and the fonts of both alphabets leave 20 kB of the 130 kB for the page itself."""
    fonts = ["fonts/golos-text-latin.woff2", "fonts/golos-text-cyrillic.woff2"]
    styles = [f"css/{path.name}" for path in STYLES] + ["vendor/bootstrap/bootstrap-reduced.css"]
    scripts = ["django_htmx/htmx-2.min.js", "js/app.js"]
    assert sum(_on_the_wire(name) for name in [*fonts, *styles, *scripts]) <= 110_000


def _on_the_wire(name: str) -> int:
    data = Path(str(finders.find(name))).read_bytes()
    return len(data) if name.endswith("woff2") else len(brotli.compress(data))
