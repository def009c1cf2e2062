"""What every page reads: the same from the tables and from what was sent."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment
from assessments.results.frozen import digest_of, document_of, frozen_sheet
from assessments.results.live import EVIDENCE_COLUMNS, evidence_facts, live_sheet
from assessments.results.sheet import EvidenceFacts, Sheet, same_work
from assessments.scoring import ScoringPolicy
from tests.assessments.report_cases import sent, worked_example
from tests.cast import NOON, TODAY, Cast, answer, evidence, link


def live(assessment: Assessment, on: dt.date = TODAY) -> Sheet:
    found = Assessment.objects.for_page().get(pk=assessment.pk)
    return live_sheet(found, reader=found.employee, on=on)


def item(
    pk: int, *, action: str = "Desenhei.", origin: int | None = None, title: str = "Mapa"
) -> EvidenceFacts:
    return EvidenceFacts(
        id=pk,
        title=title,
        situation="",
        action=action,
        result="",
        started_on=None,
        ended_on=None,
        ongoing_on=TODAY,
        url="",
        language="pt",
        is_confirmed=False,
        origin=origin or pk,
    )


def test_what_was_sent_reads_as_it_stood(draft: Assessment, cast: Cast) -> None:
    """Answers, evidence and result of the frozen sheet are those of the live one."""
    worked_example(draft)
    before = live(draft)
    after = frozen_sheet(sent(draft), reader=cast.ana)
    assert after.result == before.result
    assert [given.evidence for given in after.answers] == [given.evidence for given in before.answers]
    assert document_of(after, {})["statements"] == document_of(before, {})["statements"]


def test_what_was_sent_stays_when_the_evidence_changes(draft: Assessment, cast: Cast) -> None:
    worked_example(draft)
    submission = sent(draft)
    cast.ana.evidence.update(action="", title="Outra coisa")
    again = frozen_sheet(submission, reader=cast.ana)
    assert again.result.to_json() == submission.result
    assert live(draft).result.held.supported is None


def test_the_digest_is_of_the_content_alone(draft: Assessment) -> None:
    """The order of keys does not move it; a single character does."""
    answer(draft, "CEXP.3.1", 3)
    document = sent(draft).document
    assert digest_of(dict(reversed(document.items()))) == digest_of(document)
    document["statements"][0]["text"] += "."
    assert digest_of(document) != sent_digest(draft)


def sent_digest(draft: Assessment) -> str:
    draft.refresh_from_db()
    assert draft.latest_submission is not None
    return draft.latest_submission.digest


def test_a_manager_reads_it_in_their_language(draft: Assessment, cast: Cast) -> None:
    answer(draft, "CEXP.3.1", 3)
    sheet = frozen_sheet(sent(draft), reader=cast.elena)
    assert sheet.by_code["CEXP.3.1"].statement.language == "ru"
    assert sheet.result == live(draft).result


def test_evidence_grows_stale_with_the_day(draft: Assessment, cast: Cast) -> None:
    """Complete and current on one day, stale 36 months and a day after its end."""
    answer(draft, "CEXP.3.1", 3)
    link(draft, "CEXP.3.1", evidence(cast.ana, ended_on=TODAY))
    current = live(draft).by_code["CEXP.3.1"].evidence[0]
    stale = live(draft, TODAY.replace(year=TODAY.year + 3) + dt.timedelta(1)).by_code["CEXP.3.1"].evidence[0]
    assert (current.strength, current.is_stale) == (3, False)
    assert (stale.strength, stale.is_stale) == (1, True)


def test_it_takes_two_queries_when_the_texts_are_known(draft: Assessment) -> None:
    live(draft)
    found = Assessment.objects.for_page().get(pk=draft.pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        live_sheet(found, reader=found.employee, on=TODAY)
    assert len(queries) == 2


@pytest.mark.parametrize(
    ("items", "works"),
    [
        ([item(1), item(2, action="Conduzi.")], 2),
        ([item(1), item(2)], 1),
        ([item(1), item(2, action="  DESENHEI. ")], 1),
        ([item(1), item(2, action="Outro texto.", origin=1)], 1),
        ([item(1), item(2, action="B", origin=1), item(3, action="B")], 1),
        ([item(1, action=""), item(2, action="", title="Outro")], 2),
    ],
)
def test_one_origin_or_one_text_is_one_work(items: list[EvidenceFacts], works: int) -> None:
    """Whatever the case and the white space; items without any text differ by their titles."""
    assert len(set(same_work(items).values())) == works


def test_a_confirmed_item_is_corroborated_without_a_link(cast: Cast) -> None:
    """And one with neither carries no more than a result."""
    evidence(cast.ana, url="")
    row = cast.ana.evidence.with_file_rows().values_list(*EVIDENCE_COLUMNS).get()
    place = EVIDENCE_COLUMNS.index("confirmed_at")
    confirmed = (*row[:place], NOON, *row[place + 1 :])
    assert evidence_facts(*row).strength(TODAY, ScoringPolicy()) == 2
    assert evidence_facts(*confirmed).strength(TODAY, ScoringPolicy()) == 3
