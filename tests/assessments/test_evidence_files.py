"""Bringing files to an item, removing and opening them."""

from __future__ import annotations

import random
import uuid
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from assessments.models import AccessEntry, Evidence, EvidenceFile
from assessments.uploads.limits import LARGEST
from tests.assessments.file_cases import PDF, attach, brought, office, png
from tests.cast import Cast, evidence
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("noon")

HTMX = {"HX-Request": "true"}


@pytest.fixture
def item(cast: Cast) -> Evidence:
    return evidence(cast.ana, url="")


def bring(
    client: Client, item: Evidence, name: str = "mapa.pdf", content: bytes = PDF, **more: str
) -> HttpResponse:
    data = {"form_token": str(uuid.uuid4()), "file": brought(name, content), **more}
    return client.post(f"/evidence/{item.pk}/files/", data)


def opened(file: EvidenceFile, item: Evidence) -> str:
    return f"/evidence/{item.pk}/files/{file.pk}/"


def test_bringing(ana: Client, item: Evidence) -> None:
    """The file is kept under a random name, and the person is back at the item."""
    response = bring(ana, item)
    file = item.files.get()
    assert response["Location"] == f"/evidence/{item.pk}/#evidence-files"
    assert (file.name, file.content_type, file.size) == ("mapa.pdf", "application/pdf", len(PDF))
    assert "mapa" not in (file.file.name or "")
    assert file.file.read() == PDF


def test_it_is_shown(ana: Client, item: Evidence) -> None:
    """On the item's page and in the portfolio, with its size; and the item is stronger by it."""
    assert "Add a link or a file that can be checked." in ana.get("/evidence/").content.decode()
    file = attach(item, "mapa.png", png())
    for page in (f"/evidence/{item.pk}/", "/evidence/"):
        html = ana.get(page).content.decode()
        assert f'href="{opened(file, item)}"' in html
        assert "mapa.png" in html
        assert f"{file.size}\xa0bytes" in html
    assert "Add a link or a file" not in html


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_refused(ana: Client, item: Evidence, headers: dict[str, str]) -> None:
    """With the reason beside the field, on the whole page as in the fragment."""
    data = {"form_token": str(uuid.uuid4()), "file": brought("a.pdf", b"MZ\x90")}
    response = ana.post(f"/evidence/{item.pk}/files/", data, headers=headers)
    page = Page(response.content)
    assert response.status_code == 422
    assert "This is a program" in page.get("#id_file_error").text
    assert not item.files.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose a file."),
        ({"file": "text instead"}, "Choose a file."),
        ({"file": brought("a.txt", b"")}, "This file is empty."),
        ({"file": brought("a.txt", b"x" * (LARGEST + 9))}, "larger than 10 MB"),
        ({"file": brought(), "form_token": "x"}, "damaged"),
    ],
)
def test_nothing_useful(ana: Client, item: Evidence, data: dict[str, str], said: str) -> None:
    """Empty, too large or no file at all."""
    response = ana.post(f"/evidence/{item.pk}/files/", data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not item.files.exists()


def test_the_largest(ana: Client, item: Evidence) -> None:
    """Ten megabytes go through, to the byte."""
    content = b"x" * LARGEST
    assert bring(ana, item, "a.txt", content).status_code == 302
    assert item.files.get().size == LARGEST


def test_in_a_folder(ana: Client, item: Evidence, settings: Settings, tmp_path: Path) -> None:
    """As it is kept without a bucket: for the server’s account alone, also what came by way of the disk."""
    folder = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {**settings.FILES_IN_FOLDER, "location": tmp_path},
    }
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    content = office("docx", {"word/media/noise.bin": random.Random(1).randbytes(400_000)})
    assert len(content) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    bring(ana, item, "a.docx", content)
    (stored,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert stored.stat().st_mode & 0o777 == 0o600
    assert b"".join(ana.get(opened(item.files.get(), item))) == content


def test_a_sixth_and_the_same_twice(ana: Client, item: Evidence) -> None:
    """Both are told beside the field; a place that becomes free is used."""
    files = [attach(item, f"{number}.txt", f"{number}".encode()) for number in range(5)]
    assert "five files already" in bring(ana, item).content.decode()
    assert "attached already" in bring(ana, item, "other.txt", b"3").content.decode()
    ana.post(f"{opened(files[1], item)}remove/")
    bring(ana, item)
    assert list(item.files.in_order().values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_sent_twice(ana: Client, item: Evidence) -> None:
    """A second click is answered like the first."""
    token = str(uuid.uuid4())
    assert [bring(ana, item, form_token=token).status_code for _ in range(2)] == [302, 302]
    assert item.files.count() == 1


def test_after_a_swap_the_page_is_as_reloaded(ana: Client, item: Evidence) -> None:
    """Bringing and removing alike."""
    page = Page(ana.get(f"/evidence/{item.pk}/").content)
    data = {"form_token": str(uuid.uuid4()), "file": brought()}
    answer = ana.post(f"/evidence/{item.pk}/files/", data, headers=HTMX)
    page.swap(answer.content, target="#evidence-files")
    assert files_of(page) == files_of(Page(ana.get(f"/evidence/{item.pk}/").content))
    answer = ana.post(f"{opened(item.files.get(), item)}remove/", headers=HTMX)
    page.swap(answer.content, target="#evidence-files")
    assert files_of(page) == files_of(Page(ana.get(f"/evidence/{item.pk}/").content))


def files_of(page: Page) -> str:
    """The section without the token that is drawn anew each time."""
    section = page.get("#evidence-files")
    for element in section:
        if element.attributes.get("name") == "form_token":
            element.attributes["value"] = ""
    return section.html()


def test_removing(
    ana: Client, item: Evidence, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """The file goes for good, row and content; once removed, it may be removed again."""
    file = attach(item)
    stored = file.file.name or ""
    with django_capture_on_commit_callbacks(execute=True):
        assert ana.post(f"{opened(file, item)}remove/").status_code == 302
    assert not EvidenceFile.objects.exists()
    assert not default_storage.exists(stored)
    assert ana.post(f"{opened(file, item)}remove/").status_code == 302


def test_opening(ana: Client, item: Evidence) -> None:
    """To be saved, never shown: no guessing, no script, no copy in a cache. One's own leaves no trace."""
    file = attach(item, "relatório “1”.pdf", PDF)
    response = ana.get(opened(file, item))
    assert b"".join(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''relat%C3%B3rio")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]
    assert not AccessEntry.objects.exists()


def test_after_a_refused_file_the_page_can_be_asked_for_anew(ana: Client, item: Evidence) -> None:
    """Its address leads to the item: a reload or another language loses nobody."""
    response = ana.get(f"/evidence/{item.pk}/files/")
    assert response["Location"] == f"/evidence/{item.pk}/#evidence-files"


def test_text_is_not_guessed_at(ana: Client, item: Evidence) -> None:
    assert ana.get(opened(attach(item), item))["Content-Type"] == "application/octet-stream"


def test_strangers(ana: Client, cast: Cast, item: Evidence) -> None:
    """Not the manager either, as long as nothing was sent."""
    file = attach(item)
    for stranger in (cast.bruno, cast.marta, cast.helena, cast.admir):
        ana.force_login(stranger)
        assert ana.get(opened(file, item)).status_code == 404
        assert ana.post(f"{opened(file, item)}remove/").status_code == 404
        assert bring(ana, item).status_code == 404
    ana.logout()
    assert ana.get(opened(file, item)).status_code == 302
    assert item.files.count() == 1


def test_missing_and_wrong_verb(ana: Client, cast: Cast, item: Evidence) -> None:
    """A file is found under its own item alone, and as long as its content is there."""
    file = attach(item)
    assert ana.get(opened(file, evidence(cast.ana))).status_code == 404
    assert ana.post(opened(file, item)).status_code == 405
    assert ana.delete(f"/evidence/{item.pk}/files/").status_code == 405
    default_storage.delete(file.file.name or "")
    assert ana.get(opened(file, item)).status_code == 404


def test_queries_do_not_grow(
    ana: Client, item: Evidence, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The item's page asks as little with five files as with none."""
    for number in range(5):
        attach(item, f"{number}.txt", f"{number}".encode())
    with django_assert_num_queries(4):
        ana.get(f"/evidence/{item.pk}/")
