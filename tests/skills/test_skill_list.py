"""The list of skills."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from skills.models import Skill
from skills.views import skill_list
from tests.cast import Cast

URL = "/skills/"


@pytest.fixture
def ana(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ana)
    return client


def test_skills_are_listed_with_their_levels(client: Client, cast: Cast) -> None:
    """A skill is named in the reader's language, with the levels at which it is defined."""
    client.force_login(cast.helena)
    page = client.get(URL).content.decode()
    assert '<span lang="en">Customer experience</span> · CEXP' in page
    assert f'href="{reverse("skills:detail", args=["CEXP"])}"' in page
    assert "2, 3, 4, 5, 6" in page


def test_an_empty_list_says_what_to_do(client: Client, cast: Cast) -> None:
    """Without any skill the page says who can bring one."""
    Skill.objects.all().delete()
    client.force_login(cast.helena)
    assert "An administrator can load" in client.get(URL).content.decode()


def test_signed_out_readers_are_sent_to_sign_in(client: Client, cexp: Skill) -> None:
    """Definitions are for people with an account."""
    assert client.get(URL)["Location"] == f"{reverse('account_login')}?next={URL}"


def test_the_list_is_only_read(ana: Client) -> None:
    """Nothing can be sent to the list."""
    assert ana.post(URL).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_queries_do_not_grow_with_skills(ana: Client, cexp: Skill) -> None:
    """Ten more skills cost no more queries."""
    with CaptureQueriesContext(connection) as one:
        ana.get(URL)
    Skill.objects.bulk_create(Skill(framework=cexp.framework, code=f"NEW{number}") for number in range(10))
    with CaptureQueriesContext(connection) as eleven:
        page = ana.get(URL).content.decode()
    assert page.count("/skills/NEW") == 10
    assert len(eleven) == len(one)


def test_a_reader_without_an_account_has_no_language() -> None:
    """Should the sign-in ever be forgotten around this page, it refuses instead of guessing."""
    request = RequestFactory().get(URL)
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        skill_list(request)
