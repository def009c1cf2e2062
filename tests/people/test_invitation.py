"""Administrators make people; a one-time link sets the password."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from people.actions import InactiveError, invite
from people.models import User
from tests.cast import NOON, Cast

NEW_PASSWORD = "escada-de-habilidades-7"


@pytest.fixture
def admin_client(client: Client, cast: Cast) -> Client:
    client.force_login(cast.admir)
    return client


def add_person(client: Client, **fields: str) -> str:
    data = {
        "email": "Nova.Pessoa@example.org",
        "name": "Nova Pessoa",
        "language": "ru",
        "official_language": "pt",
        "timezone": "",
        "is_active": "on",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
        **fields,
    }
    return client.post("/admin/people/user/add/", data, follow=True).content.decode()


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/[\w-]+/)", text)
    assert found, text
    return found[1]


def test_a_new_person_sets_a_password_by_the_link_shown(admin_client: Client) -> None:
    """Without a mail server the administrator is shown the link, and it signs the person in."""
    link = link_in(add_person(admin_client))
    person = User.objects.get(email="nova.pessoa@example.org")
    assert not person.has_usable_password()
    visitor = Client()
    form = visitor.get(link, follow=True)
    visitor.post(form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert (
        visitor.post("/accounts/login/", {"login": person.email, "password": NEW_PASSWORD}).status_code == 302
    )


def test_the_link_works_once(admin_client: Client) -> None:
    link = link_in(add_person(admin_client))
    visitor = Client()
    form = visitor.get(link, follow=True)
    visitor.post(form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    again = Client().get(link, follow=True)
    assert 'name="password1"' not in again.content.decode()


def test_with_a_mail_server_the_link_goes_by_mail_in_the_person_s_language(
    admin_client: Client,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """Nothing of the link is shown to the administrator then."""
    settings.EMAIL_HOST = "localhost"
    with django_capture_on_commit_callbacks(execute=True):
        page = add_person(admin_client)
    assert "/accounts/password/reset/key/" not in page
    (message,) = mail.outbox
    assert message.to == ["nova.pessoa@example.org"]
    assert link_in(message.body)


def test_somebody_inactive_is_not_invited(cast: Cast) -> None:
    cast.ana.is_active = False
    with pytest.raises(InactiveError):
        invite(person=cast.ana, site="https://ladder.example.org", by=cast.admir, at=NOON)


def test_an_address_taken_in_another_case_is_refused_beside_its_field(admin_client: Client) -> None:
    assert "This e-mail has an account." in add_person(admin_client, email="ANA@example.org")


def test_people_are_invited_again_from_the_list(admin_client: Client, cast: Cast) -> None:
    data = {"action": "invite_people", "_selected_action": [str(cast.ana.pk), str(cast.bruno.pk)]}
    page = admin_client.post("/admin/people/user/", data, follow=True).content.decode()
    assert "2 people invited." in page
    assert page.count("/accounts/password/reset/key/") == 2


def test_nobody_is_deleted_in_the_admin(admin_client: Client, cast: Cast) -> None:
    """Deleting would list what is theirs alone; deactivating keeps it."""
    assert admin_client.post(f"/admin/people/user/{cast.ana.pk}/delete/").status_code == 403


@pytest.mark.parametrize("name", ["ana", "marta", "helena"])
def test_the_admin_is_closed_to_everybody_else(client: Client, cast: Cast, name: str) -> None:
    client.force_login(getattr(cast, name))
    assert client.get("/admin/", follow=True).status_code == 403


def test_evidence_ratings_and_reviews_are_not_in_the_admin(admin_client: Client) -> None:
    page = admin_client.get("/admin/").content.decode()
    assert "/admin/assessments/cycle/" in page
    for model in ("evidence", "assessment", "statementrating", "submission", "review", "reviewrating"):
        assert f"/admin/assessments/{model}/" not in page
