"""Language, zone, caches and the way to the sign-in page."""

import re

from django.test import Client

from people.models import User
from tests.cast import PASSWORD, Cast

FRAGMENT = {"HX-Request": "true", "HX-Current-URL": "http://testserver/skills/CEXP/?compare=ru"}


def test_the_person_s_language_wins_over_the_browser_s(client: Client, cast: Cast) -> None:
    client.force_login(cast.irina)
    page = client.get("/skills/", headers={"Accept-Language": "en"})
    assert '<html lang="ru">' in page.content.decode()
    assert page.headers["Content-Language"] == "ru"


def test_a_visitor_is_read_to_in_the_browser_s_language(client: Client, db: None) -> None:
    page = client.get("/accounts/login/", headers={"Accept-Language": "pt-BR,pt;q=0.9"})
    assert '<html lang="pt-br">' in page.content.decode()


def test_personal_pages_are_kept_by_nobody(client: Client, cast: Cast) -> None:
    client.force_login(cast.ana)
    assert client.get("/skills/").headers["Cache-Control"] == "no-store"


def test_signing_in_and_out_are_kept_by_nobody(client: Client, cast: Cast) -> None:
    """The answer that signs in is a visitor's request and a person's answer."""
    signed_in = client.post("/accounts/login/", {"login": cast.ana.email, "password": PASSWORD})
    assert signed_in.status_code == 302
    assert "no-store" in signed_in.headers["Cache-Control"]
    assert "no-store" in client.post("/accounts/logout/").headers["Cache-Control"]


def test_a_page_leads_to_the_sign_in_and_back(client: Client, db: None) -> None:
    response = client.get("/skills/?q=1")
    assert response.headers["Location"] == "/accounts/login/?next=/skills/%3Fq%3D1"


def test_a_fragment_sends_the_whole_page_to_the_sign_in(client: Client, db: None) -> None:
    """Back to the page that the fragment was for, never to the fragment."""
    response = client.get("/skills/?fragment", headers=FRAGMENT)
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fskills%2FCEXP%2F%3Fcompare%3Dru"


def test_a_fragment_of_an_odd_page_leads_home(client: Client, db: None) -> None:
    """What the browser says of its page is not trusted to leave the site."""
    headers = {**FRAGMENT, "HX-Current-URL": "http://testserver//evil.example.net/"}
    response = client.get("/skills/", headers=headers)
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2F"


def test_a_save_without_a_session_is_told_so(client: Client, db: None) -> None:
    """401 with the way to go on; nothing of the page is replaced by a sign-in form."""
    response = client.post("/profile/", headers={**FRAGMENT, "Accept-Language": "en"})
    assert response.status_code == 401
    assert re.search(r"(?i)sign in in a new tab", response.content.decode())


def test_a_deactivated_person_is_out_at_the_next_request(client: Client, cast: Cast) -> None:
    client.force_login(cast.ana)
    assert client.get("/skills/").status_code == 200
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert client.get("/skills/").status_code == 302


def test_the_language_switch_is_kept_in_the_profile(client: Client, cast: Cast) -> None:
    client.force_login(cast.ana)
    response = client.post("/language/", {"language": "ru", "next": "/skills/"})
    assert response.headers["Location"] == "/skills/"
    cast.ana.refresh_from_db()
    assert cast.ana.language == "ru"


def test_a_visitor_s_switch_is_kept_in_a_cookie(client: Client, db: None) -> None:
    client.post("/language/", {"language": "ru"})
    page = client.get("/accounts/login/", headers={"Accept-Language": "en"})
    assert '<html lang="ru">' in page.content.decode()


def test_an_unknown_language_is_refused(client: Client, db: None) -> None:
    assert client.post("/language/", {"language": "tlh"}).status_code == 400
    assert client.get("/language/").status_code == 405


def test_the_switch_leads_nowhere_else(client: Client, db: None) -> None:
    response = client.post("/language/", {"language": "ru", "next": "https://evil.example.net/"})
    assert response.headers["Location"] == "/"
