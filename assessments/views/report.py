"""The gap report of one assessment, as a page and as files."""

import datetime as dt
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessments.actions.log import log_opening
from assessments.context import viewer_about
from assessments.files.decision_pdf import decision_file_name, decision_pdf
from assessments.files.report_csv import report_csv
from assessments.files.report_pdf import report_pdf
from assessments.files.report_xlsx import report_xlsx
from assessments.files.writer import Writer, file_name
from assessments.models import Assessment
from assessments.models.log import AccessKind
from assessments.results.contest.decision_record import decision_record
from assessments.results.report.gap_report import GapReport, report_of
from people.clock import day_of, now
from people.models import User
from people.requests import signed_in

WRITERS: Final[dict[str, Writer]] = {"pdf": report_pdf, "csv": report_csv, "xlsx": report_xlsx}
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own as it stands; of people below, what they have sent."""
    found = opened(signed_in(request), pk, kind=AccessKind.REPORT, at=now())
    context = {"report": found, **viewer_about(request, found.header.employee_id)}
    return render(request, "assessments/report/report.html", context)


@require_safe
def report_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    found = opened(signed_in(request), pk, kind=AccessKind.REPORT_FILE, at=now())
    return attachment(WRITERS[suffix](found), suffix, file_name(found, suffix))


@require_safe
def decision_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of the last decision that validated a level; 404 where there is none."""
    user, at = signed_in(request), now()
    record = decision_record(readable(user, pk, at), reader=user)
    if record is None:
        raise Http404
    header = record.sheet.header
    log_opening(kind=AccessKind.DECISION_RECORD, person_id=header.employee_id, object_id=pk, by=user, at=at)
    return attachment(decision_pdf(record), "pdf", decision_file_name(record))


def attachment(content: bytes, suffix: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPES[suffix])
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def opened(user: User, pk: int, *, kind: AccessKind, at: dt.datetime) -> GapReport:
    """The report for this reader, or 404; another person's leaves a trace in the log."""
    assessment = readable(user, pk, at)
    log_opening(kind=kind, person_id=assessment.employee_id, object_id=assessment.pk, by=user, at=at)
    return report_of(assessment, reader=user, on=day_of(at))


def readable(user: User, pk: int, at: dt.datetime) -> Assessment:
    return get_object_or_404(Assessment.objects.readable_for_page(user, day_of(at)), pk=pk)
