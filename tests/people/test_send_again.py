"""What was typed into a plain form, when the session is gone or signing in elsewhere changed the token."""

from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from people.held import MOST_CHARACTERS
from tests.cast import Cast

HOSTILE = "two \"words\" <script>alert(1)</script>\n  and 'a' line & more"
ENGLISH = {"Accept-Language": "en"}


class Form(HTMLParser):
    """The fields of the form that sends again, and where it goes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action, self.fields, self.is_inside = "", list[tuple[str, str]](), False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.is_inside = "data-held" in given
            self.action = given["action"] or "" if self.is_inside else self.action
        elif tag == "input" and self.is_inside:
            self.fields.append((given["name"] or "", given["value"] or ""))


def test_what_was_typed_is_held_by_the_page(client: Client, db: None) -> None:
    """Every value as it came, in its order, for the same address; nothing of it is markup."""
    sent = {"note": HOSTILE, "contested": ["4", "7"], "form_token": "abc"}
    response = client.post("/assessments/7/answer/?from=mail", sent, headers=ENGLISH)
    page = response.content.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (401, "no-store")
    form = Form(page)
    assert form.action == "/assessments/7/answer/?from=mail"
    expected = [("note", HOSTILE), ("contested", "4"), ("contested", "7"), ("form_token", "abc")]
    assert [field for field in form.fields if field[0] != "csrfmiddlewaretoken"] == expected
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"oldpassword": "secret", "form_token": "abc"},
        {"note": "a" * MOST_CHARACTERS},
    ],
)
def test_nothing_typed_passwords_and_too_much_lead_to_the_sign_in(
    client: Client, db: None, sent: dict[str, str]
) -> None:
    response = client.post("/profile/", sent)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_an_address_of_another_site_is_never_sent_to(client: Client, db: None) -> None:
    """The form goes where the request came, which is a path of ours."""
    page = client.post("/profile/?next=//evil.example.net/", {"language": "ru"}).content.decode()
    assert Form(page).action == "/profile/?next=//evil.example.net/"


def _with_an_old_token(cast: Cast, origin: str) -> tuple[Client, int, str]:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ana)
    client.get("/profile/")
    sent = {"csrfmiddlewaretoken": "a" * 64, "language": "ru", "zone": "what I typed"}
    response = client.post("/profile/", sent, headers={"Origin": origin})
    return client, response.status_code, response.content.decode()


def test_a_token_that_is_too_old_is_renewed_with_what_was_typed(cast: Cast) -> None:
    """Signing in changes it: the form of another tab is sent with one press more."""
    client, status, page = _with_an_old_token(cast, "http://testserver")
    fields = dict(Form(page).fields)
    assert (status, fields["zone"]) == (403, "what I typed")
    again = client.post("/profile/", fields, headers={"Origin": "http://testserver"})
    assert again.status_code == 422


def test_a_stranger_s_form_does_not_come_back(cast: Cast) -> None:
    """One press on a page of ours must not do what another site has filled in."""
    for origin in ("https://evil.example.net", "null", ""):
        _client, status, page = _with_an_old_token(cast, origin)
        assert (status, Form(page).fields) == (403, [])
        assert "what I typed" not in page


def test_a_form_of_the_sign_in_does_not_come_back(db: None) -> None:
    """It is no form of somebody who has signed in."""
    client = Client(enforce_csrf_checks=True)
    response = client.post("/language/", {"language": "ru"}, headers={"Origin": "http://testserver"})
    assert (response.status_code, Form(response.content.decode()).fields) == (403, [])


def test_a_file_is_chosen_again(client: Client, db: None) -> None:
    sent = {"form_token": "abc", "file": SimpleUploadedFile("a.txt", b"text")}
    page = client.post("/evidence/3/files/", sent, headers=ENGLISH).content.decode()
    assert "choose it again" in page
    assert [name for name, _value in Form(page).fields if name != "csrfmiddlewaretoken"] == ["form_token"]
