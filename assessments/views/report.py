"""The gap report of one assessment, as a page and as files."""

import datetime as dt
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessments.actions.log import log_opening
from assessments.files.report_csv import report_csv
from assessments.files.report_pdf import report_pdf
from assessments.files.report_xlsx import report_xlsx
from assessments.files.writer import Writer, file_name
from assessments.models import Assessment
from assessments.models.log import AccessKind
from assessments.results.report import GapReport, report_of
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
    return render(request, "assessments/report/report.html", {"report": found})


@require_safe
def report_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    found = opened(signed_in(request), pk, kind=AccessKind.REPORT_FILE, at=now())
    response = HttpResponse(WRITERS[suffix](found), content_type=MEDIA_TYPES[suffix])
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name(found, suffix)) or ""
    return response


def opened(user: User, pk: int, *, kind: AccessKind, at: dt.datetime) -> GapReport:
    """The report for this reader, or 404; another person's leaves a trace in the log."""
    assessment = get_object_or_404(Assessment.objects.readable_for_page(user, day_of(at)), pk=pk)
    log_opening(kind=kind, person_id=assessment.employee_id, object_id=assessment.pk, by=user, at=at)
    return report_of(assessment, reader=user, on=day_of(at))
