"""Evidence of what was sent, and its files, for who decides on a contest."""

from __future__ import annotations

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.actions.evidence_files import attach_file
from assessments.models import Assessment, LinkVerdict, Response
from assessments.uploads.checked import checked
from tests.assessments.contest_cases import NEXT_DAY, contest, validated
from tests.assessments.review_cases import read, sign_in, statement_id
from tests.cast import NOON, Cast, evidence, link


@time_machine.travel(NEXT_DAY, tick=False)
def test_who_decides_opens_the_files_that_were_sent(client: Client, cast: Cast, draft: Assessment) -> None:
    """HR chose somebody from elsewhere: the files of this submission, while the contest is open."""
    item = evidence(cast.ana)
    upload = checked(SimpleUploadedFile("notes.txt", b"Notes"))
    file = attach_file(evidence=item, upload=upload, by=cast.ana, at=NOON)
    link(draft, "CEXP.4.2", item)
    contest(validated(draft, cast), "CEXP.4.1")
    at = reverse("assessments:evidence_file", args=[item.pk, file.pk])
    client.force_login(cast.elena)
    assert client.get(at).status_code == 404
    Response.objects.update(second_reviewer=cast.elena)
    assert client.get(at).status_code == 200
    Assessment.objects.update(contested_at=None)
    assert client.get(at).status_code == 404


@time_machine.travel(NEXT_DAY, tick=False)
def test_it_is_shown_as_the_first_reviewer_judged_it(client: Client, cast: Cast, draft: Assessment) -> None:
    """A link that was found not to show it, with the reason."""
    response = contest(validated(draft, cast), "CEXP.4.1")
    Response.objects.update(second_reviewer=cast.elena)
    LinkVerdict.objects.create(
        review=response.review,
        statement_id=statement_id("CEXP.4.1"),
        link_id=draft.ratings.get(statement__code="CEXP.4.1").links.get().pk,
        evidence_id=cast.ana.evidence.earliest("pk").pk,
        verdict="does_not_show",
        reason="É de outra equipe.",
        at=NEXT_DAY,
    )
    sign_in(client, cast.elena)
    text = read(client.get(reverse("assessments:contest", args=[response.pk])).content)
    assert "The first reviewer: does not show it É de outra equipe." in text
