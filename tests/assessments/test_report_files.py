"""The gap report as PDF, CSV and XLSX: the same numbers as on the page, and nothing typed can break them."""

import csv
import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from assessments.files.report_csv import HEADERS, report_csv
from assessments.files.report_pdf import report_pdf
from assessments.files.report_xlsx import report_xlsx
from assessments.models import AccessEntry, Assessment
from assessments.results.report.gap_report import GapReport
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.assessments.report_paper import Given, item, paper_report
from tests.cast import Cast, evidence, link

WORDS = ["no practice", "knowledge", "practice", "full responsibility"]
NOT_ASKED = re.compile(r"^–$|^$")
HEADING = re.compile(r"Level (\d), statement by statement · (\d+) of (\d+) points, (\d+) (?:is|are) needed")
MARKUP = (
    '#panic() #import "x" $x$ *bold* `raw` <label> @cite \\ // /* ] } " \' <script>1</script> {{ x }} =1+1'
)
CLAIMS: Given = {3: [3] * 5, 4: [2] * 6}

Numbers = dict[str, list[tuple[int, ...]]]


def download(client: Client, assessment: Assessment, suffix: str) -> bytes:
    address = reverse("assessments:report_file", kwargs={"pk": assessment.pk, "suffix": suffix})
    return client.get(address).content


def pdf_text(data: bytes) -> str:
    """As one line; words that were divided at the end of one are whole again."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return " ".join(" ".join(pages).split()).replace("\N{SOFT HYPHEN} ", "")


def rows_of(book: Workbook, name: str) -> list[tuple[object, ...]]:
    return [row for row in book[name].iter_rows(min_row=2, values_only=True) if row[1] is not None]


def sorted_levels(text: str) -> list[tuple[int, ...]]:
    return sorted(tuple(map(int, found)) for found in HEADING.findall(text))


def from_page(html: str) -> Numbers:
    text = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    statements = re.findall(r'<tr id="statement-CEXP-(\d)-(\d)">(.*?)</tr>', html, re.DOTALL)
    marks = [
        re.findall(r'<td data-label="(?:Claimed|Evidence)"><span class="dots dots-(\d)', row[2])
        for row in statements
    ]
    activities = re.findall(r'<td class="number">(?:(\d+)%|–)</td>', html)
    return {
        "levels": sorted_levels(text),
        "statements": sorted(
            (int(a), int(b), *map(int, m)) for (a, b, _), m in zip(statements, marks, strict=True)
        ),
        "activities": [tuple(int(share) for share in activities if share)],
    }


def from_pdf(data: bytes) -> Numbers:
    """A statement's row is its code, texts, two ratings in words, and a dash for what is not validated."""
    text = pdf_text(data)
    words = "|".join(["no evidence", *reversed(WORDS)])
    rows = re.findall(
        rf"(?<=\s)(\d)\.(\d) (?:(?!\s\d\.\d ).)*? ({words}) ({words}) –", text[text.index("Level 4, st") :]
    )
    value = {**{word: index for index, word in enumerate(WORDS)}, "no evidence": 0}
    activities = text[text.index("By activity") : text.index("Level 4, st")]
    return {
        "levels": sorted_levels(text),
        "statements": sorted((int(a), int(b), value[c], value[s]) for a, b, c, s in rows),
        "activities": [tuple(int(share) for share in re.findall(r"(\d+)%", activities))],
    }


def from_xlsx(data: bytes) -> Numbers:
    book = load_workbook(io.BytesIO(data))
    levels = [row for row in rows_of(book, "Levels") if row[6] is not None]
    statements = rows_of(book, "Statements")
    shares = [row[2:5] for row in book["Activities"].iter_rows(min_row=2, max_row=9, values_only=True)]
    return {
        "levels": sorted((row[0], row[3], row[5], row[6]) for row in levels),
        "statements": sorted((*map(int, row[0].split(".")[1:]), row[2], row[4]) for row in statements),
        "activities": [tuple(share for row in shares for share in row if share is not None)],
    }


def from_csv(data: bytes) -> Numbers:
    rows = [
        row
        for row in csv.DictReader(io.StringIO(data.decode(), newline=""))
        if row["level_standing"] == "points"
    ]
    names = ("level", "level_supported_points", "level_points_of", "level_points_needed")
    return {
        "levels": sorted({tuple(int(row[name]) for name in names) for row in rows}),
        "statements": sorted(
            (*map(int, row["statement"].split(".")[1:]), int(row["claimed"]), int(row["supported"]))
            for row in rows
        ),
    }


def test_page_pdf_xlsx_and_csv_show_the_same_numbers(client: Client, cast: Cast, draft: Assessment) -> None:
    """Points of levels, ratings of statements, shares of activities, whatever the form. Print is the page."""
    worked_example(draft)
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    page = from_page(client.get(reverse("assessments:report", args=[draft.pk])).content.decode())
    assert page["levels"] == [(3, 15, 15, 13), (4, 10, 18, 16)]
    assert len(page["statements"]) == 11
    assert from_pdf(download(client, draft, "pdf")) == page
    assert from_xlsx(download(client, draft, "xlsx")) == page
    assert from_csv(download(client, draft, "csv")) == {name: page[name] for name in ("levels", "statements")}


def test_the_csv_has_stable_english_headers_in_any_language(
    client: Client, cast: Cast, draft: Assessment
) -> None:
    """Machines read it: codes, ISO days, one row for each statement."""
    worked_example(draft)
    cast.ana.choose_language("ru")
    client.force_login(cast.ana)
    rows = list(csv.reader(io.StringIO(download(client, draft, "csv").decode(), newline="")))
    assert tuple(rows[0]) == HEADERS
    assert len(rows) == 27
    found = dict(zip(HEADERS, rows[10], strict=True))
    assert (found["statement"], found["reason"], found["raise_to"], found["evidence_items"]) == (
        "CEXP.4.3",
        "no_evidence",
        "2",
        "0",
    )
    assert (found["validated_level"], found["gap"], found["determined"]) == ("", "1", "true")


def test_the_spreadsheet_speaks_the_readers_words_in_typed_cells() -> None:
    """Numbers are numbers, the day of scoring is a day, the credit stands on every sheet."""
    book = load_workbook(io.BytesIO(report_xlsx(paper_report(CLAIMS))))
    assert book.sheetnames == ["Summary", "Levels", "Statements", "Shortest path", "Activities"]
    summary = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    assert summary["Target level"] == 4
    scored_on = summary["Scored as of"]
    assert isinstance(scored_on, dt.datetime)
    assert scored_on.date() == dt.date(2026, 11, 20)
    assert all("Skills Framework" in str(list(sheet.values)[-1]) for sheet in book)


@pytest.mark.parametrize(
    ("language", "words"),
    [("pt-br", "Representações visuais da jornada"), ("ru", "Наглядные карты пути клиента")],
)
def test_the_pdf_is_tagged_and_in_the_readers_language(
    client: Client, cast: Cast, draft: Assessment, language: str, words: str
) -> None:
    """With our font inside, the language and a title for whoever has it read aloud."""
    worked_example(draft)
    cast.ana.choose_language(language)
    client.force_login(cast.ana)
    data = download(client, draft, "pdf")
    catalogue = PdfReader(io.BytesIO(data)).trailer["/Root"]
    assert words in pdf_text(data)
    assert catalogue["/Lang"].lower().startswith(language[:2])
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "CEXP" in str(PdfReader(io.BytesIO(data)).metadata.title)
    assert b"GolosText" in data


def test_the_pdf_carries_credit_and_page_numbers() -> None:
    """On each page."""
    for page in PdfReader(io.BytesIO(report_pdf(paper_report(CLAIMS)))).pages:
        text = page.extract_text()
        assert "with the permission of the SFIA Foundation" in text
        assert f"{page.page_number + 1} / " in text


def test_hostile_titles_stay_text_in_every_file(client: Client, cast: Cast, draft: Assessment) -> None:
    """Markup, formulas and characters that turn the line round."""
    title = f"=cmd {MARKUP} \u202eevil"[:200]
    worked_example(draft)
    link(draft, "CEXP.4.3", evidence(cast.ana, title=title, result=""))
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    text = pdf_text(download(client, draft, "pdf"))
    assert "#panic()" in text
    assert "\u202e" not in text
    book = load_workbook(io.BytesIO(download(client, draft, "xlsx")))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(exclude_categories=[]), max_size=300)
    | st.sampled_from([MARKUP, "=1+1", "я" * 100_000])
)
def test_any_text_makes_a_pdf_a_spreadsheet_and_a_csv(text: str) -> None:
    """Whatever is typed as a name, a title or a comment: no error, no formula, one row for each statement."""
    report = hostile(text)
    assert report_pdf(report).startswith(b"%PDF")
    book = load_workbook(io.BytesIO(report_xlsx(report)))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    rows = list(csv.reader(io.StringIO(report_csv(report).decode(), newline="")))
    assert {len(row) for row in rows} == {len(HEADERS)}
    assert len(rows) == 27
    assert not any(cell.startswith(("=", "+", "@", "\t")) for row in rows for cell in row)


def hostile(text: str) -> GapReport:
    weak = {f"4.{n}": [item(n, title=text, result="")] for n in range(1, 7)}
    report = paper_report(CLAIMS, evidence=weak, employee=text, is_own=False)
    return replace(report, header=replace(report.header, cycle=text))


def test_a_character_that_our_font_lacks_makes_a_pdf_all_the_same() -> None:
    """Emoji in a title, which PDF/UA alone would refuse."""
    assert report_pdf(hostile("Pesquisa 🎉")).startswith(b"%PDF")


def test_ones_own_download_is_not_logged_and_anothers_is(
    client: Client, cast: Cast, draft: Assessment
) -> None:
    """One row for each file that a manager takes."""
    worked_example(draft)
    sent(draft)
    client.force_login(cast.ana)
    download(client, draft, "csv")
    assert not AccessEntry.objects.exists()
    client.force_login(cast.marta)
    download(client, draft, "pdf")
    entry = AccessEntry.objects.get()
    assert (entry.by, entry.kind, entry.person, entry.object_id) == (
        cast.marta,
        "report_file",
        cast.ana,
        draft.pk,
    )


@pytest.mark.parametrize("suffix", ["pdf", "csv", "xlsx"])
def test_strangers_and_early_managers_get_no_file(
    client: Client, cast: Cast, draft: Assessment, suffix: str
) -> None:
    """404, as for the page."""
    address = reverse("assessments:report_file", kwargs={"pk": draft.pk, "suffix": suffix})
    for person in (cast.bruno, cast.marta, cast.elena, cast.helena, cast.admir):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_a_file_has_a_name_and_a_type(client: Client, cast: Cast, draft: Assessment) -> None:
    """In letters that every system keeps."""
    cast.ana.name = "Ана/Соуза \r\n<x>"
    cast.ana.save()
    client.force_login(cast.ana)
    address = reverse("assessments:report_file", kwargs={"pk": draft.pk, "suffix": "xlsx"})
    response = client.get(address)
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''cexp-2026-")
    assert "no-store" in response.headers["Cache-Control"]


def test_a_validated_report_carries_the_reviewers_word(client: Client, cast: Cast, draft: Assessment) -> None:
    """Rating and comment, in the file too."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta, lower={"CEXP.4.1": 1})
    cast.ana.choose_language("en")
    client.force_login(cast.ana)
    rows = rows_of(load_workbook(io.BytesIO(download(client, draft, "xlsx"))), "Statements")
    first = next(row for row in rows if row[0] == "CEXP.4.1")
    assert (first[6], first[8], first[10]) == (1, "the reviewer rated lower", "Vi só uma parte.")


def test_files_are_made_in_every_language() -> None:
    """No word of a file depends on another language's."""
    for language in ("pt-br", "ru", "en"):
        with translation.override(language):
            report = paper_report(CLAIMS)
            assert report_pdf(report).startswith(b"%PDF")
            assert len(load_workbook(io.BytesIO(report_xlsx(report))).sheetnames) == 5
