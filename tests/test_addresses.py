"""Every address, as somebody signed out and as a stranger. One that is not listed here fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from assessments.actions.evidence_files import attach_file
from assessments.actions.send import submit
from assessments.models import Assessment
from assessments.uploads.checked import checked
from tests.cast import NOON, TODAY, Cast, answer_level, evidence, link, rating_of

# Anybody may see these without signing in.
OPEN = {
    "healthz",
    "favicon",
    "set_language_choice",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "mfa_authenticate",
}
# Everybody who has signed in may see these: they show nothing but one's own.
SIGNED_IN = {
    "home",
    "skills:list",
    "skills:detail",
    "people:profile",
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "assessments:list",
    "assessments:start",
    "assessments:starting_level",
    "assessments:evidence",
    "assessments:evidence_new",
    "assessments:evidence_suggest",
    "assessments:mail",
    "assessments:from_text",
}
# Somebody else's: not found by a stranger.
PERSONAL = {
    "assessments:detail",
    "assessments:level",
    "assessments:level_evidence",
    "assessments:rate",
    "assessments:confirm_last",
    "assessments:returned",
    "assessments:sent",
    "assessments:sent_last",
    "assessments:compare",
    "assessments:target",
    "assessments:abandon",
    "assessments:submit",
    "assessments:withdraw",
    "assessments:report",
    "assessments:history",
    "assessments:thread",
    "assessments:report_file",
    "assessments:decision_record",
    "assessments:answer",
    "assessments:contest",
    "assessments:contest_rate",
    "assessments:contest_decide",
    "assessments:evidence_edit",
    "assessments:evidence_delete",
    "assessments:evidence_duplicate",
    "assessments:evidence_files",
    "assessments:evidence_file",
    "assessments:evidence_file_remove",
    "assessments:evidence_dismiss",
    "assessments:evidence_link",
    "assessments:evidence_unlink",
}
# Of a role that a stranger lacks: refused.
OF_A_ROLE = {
    "assessments:team",
    "assessments:reviews",
    "assessments:delegation",
    "assessments:delegation_end",
    "assessments:review",
    "assessments:contests",
    "assessments:contest_assign",
    "assessments:review_rate",
    "assessments:review_changes",
    "assessments:review_accept",
    "assessments:review_verdict",
    "assessments:review_confirm",
    "assessments:review_open",
    "assessments:review_validate",
    "assessments:review_return",
    "assessments:review_take_back",
    "assessments:review_essence",
    "assessments:review_notes",
    "assessments:organisation",
    "assessments:organisation_assign",
    "assessments:organisation_close",
    "assessments:organisation_close_all",
    "assessments:organisation_reopen",
    "assessments:kept",
    "assessments:kept_use",
    "assessments:kept_remove",
    "assessments:reports",
    "assessments:reports_levels",
    "assessments:reports_statements",
}
ADMIN = "admin:"


def addresses(
    patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Name and route of every address; the converters still stand in the route."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, route, inner)
        else:
            yield f"{space}{pattern.name}", route


ALL = sorted(set(addresses(get_resolver().url_patterns)))


def filled(route: str, given: dict[str, object]) -> str:
    """The route as an address, with a value for each of its parameters."""
    plain = (
        re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("\\Z", "").replace("$", "")
    )
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(given.get(found[1], "1")), plain)


@pytest.fixture
def given(draft: Assessment, cast: Cast) -> dict[str, object]:
    """Ana's, sent to Marta: for each parameter of an address, an id that exists."""
    answer_level(draft, 2, 3)
    item = evidence(cast.ana)
    upload = checked(SimpleUploadedFile("notes.txt", b"Notes"))
    file = attach_file(evidence=item, upload=upload, by=cast.ana, at=NOON)
    link(draft, "CEXP.2.1", item)
    submission = submit(assessment=draft, by=cast.ana, at=NOON, on=TODAY)
    rating = rating_of(draft, "CEXP.2.1")
    return {
        "code": "CEXP",
        "level": 2,
        "pk": draft.pk,
        "rating_id": rating.pk,
        "statement_id": rating.statement_id,
        "link_id": rating.links.get().pk,
        "submission_id": submission.pk,
        "evidence_id": item.pk,
        "file_id": file.pk,
        "suffix": "pdf",
    }


def test_every_address_is_known() -> None:
    """A new one is put in one of the lists above first, and so decides who may see it."""
    known = OPEN | SIGNED_IN | PERSONAL | OF_A_ROLE
    unknown = {name for name, route in ALL if name not in known and not name.startswith(ADMIN)}
    assert unknown - {"None"} == set()
    assert {route for name, route in ALL if name == "None"} <= {"admin/login/", "accounts/email/"}


def test_signed_out_one_is_sent_to_sign_in(client: Client, given: dict[str, object]) -> None:
    """Asking and saving alike, except where the address is open to all."""
    for name, route in ALL:
        if name in OPEN:
            continue
        address = filled(route, own_ids(name, given))
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 302, address
            assert response.headers["Location"].startswith(("/accounts/", "/admin/login/")), address


def test_a_stranger_does_not_find_what_is_not_theirs(
    client: Client, cast: Cast, given: dict[str, object]
) -> None:
    """Neither a colleague, nor a manager elsewhere, nor HR, nor an administrator."""
    for stranger in (cast.bruno, cast.elena, cast.helena, cast.admir):
        client.force_login(stranger)
        for address in of(PERSONAL, given):
            assert client.get(address).status_code in {404, 405}, (address, stranger)
            assert client.post(address).status_code in {404, 405}, (address, stranger)


def test_a_page_of_a_role_is_refused_without_it(client: Client, cast: Cast, given: dict[str, object]) -> None:
    client.force_login(cast.bruno)
    for address in of(OF_A_ROLE, given):
        statuses = {client.get(address).status_code, client.post(address).status_code}
        assert statuses <= {403, 404, 405}, address


def test_the_admin_site_is_for_administrators(client: Client, cast: Cast) -> None:
    for stranger in (cast.ana, cast.marta, cast.helena):
        client.force_login(stranger)
        for name, route in ALL:
            if name.startswith(ADMIN):
                response = client.get(filled(route, {}), follow=True)
                assert is_refused(response.status_code, response.wsgi_request.path), route


def is_refused(status: int, path: str) -> bool:
    return status in {403, 404, 405} or path == "/accounts/login/"


def of(names: set[str], given: dict[str, object]) -> list[str]:
    return [filled(route, own_ids(name, given)) for name, route in ALL if name in names]


def own_ids(name: str, given: dict[str, object]) -> dict[str, object]:
    """The ids for an address: those of evidence have the item's under the common name."""
    is_item = name.startswith("assessments:evidence_") and not name.endswith(("link", "unlink"))
    return {**given, "pk": given["evidence_id"]} if is_item else given
