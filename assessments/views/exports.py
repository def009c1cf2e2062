"""Files for HR and managers: what there is, and each one behind a form that asks what it is for."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.log import log_export
from assessments.files.exports_csv import csv_chunks
from assessments.files.exports_xlsx import workbook_file
from assessments.forms.exports import ExportForm
from assessments.results.exports.asked import (
    LEVELS,
    STATEMENTS,
    Choices,
    Kind,
    Wanted,
    choices_for,
    last_exports,
    may_export,
    wanted_from,
)
from people.clock import day_of, now
from people.models import User
from people.requests import signed_in

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What can be exported, and what was."""
    return render(request, "assessments/exports/reports.html", {"exports": last_exports(exporter(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def reports_levels(request: HttpRequest) -> HttpResponseBase:
    return export(request, LEVELS)


@require_http_methods(["GET", "HEAD", "POST"])
def reports_statements(request: HttpRequest) -> HttpResponseBase:
    return export(request, STATEMENTS)


def export(request: HttpRequest, kind: Kind) -> HttpResponseBase:
    """The form, or the file that it asked for.

    The form has no token: a repeated request gives the file once more, and that is one more export in the
    log; nothing is done twice.
    """
    reader = exporter(request)
    choices = choices_for(reader)
    form = ExportForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_valid():
        return exported(form, choices, kind=kind, by=reader)
    status = 422 if form.is_bound else 200
    context = {"form": form, "kind": kind, "choices": choices}
    return render(request, f"assessments/exports/{kind.code}.html", context, status=status)


def exported(form: ExportForm, choices: Choices, *, kind: Kind, by: User) -> HttpResponseBase:
    """Logged first: a file that was only begun was also given."""
    at, asked = now(), form.cleaned_data
    wanted = wanted_from(asked, choices, kind=kind, reader=by, on=day_of(at))
    details = {**wanted.details, "format": asked["file_format"]}
    log_export(kind=kind.access, reason=asked["reason"], details=details, by=by, at=at)
    return file_of(wanted, asked["file_format"])


def file_of(wanted: Wanted, suffix: str) -> HttpResponseBase:
    name, media_type = f"{wanted.file_name}.{suffix}", MEDIA_TYPES[suffix]
    if suffix == "xlsx":
        return FileResponse(workbook_file(wanted), as_attachment=True, filename=name, content_type=media_type)
    response = StreamingHttpResponse(csv_chunks(wanted), content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def exporter(request: HttpRequest) -> User:
    """The signed-in person, who is of HR or leads a team now; else 403."""
    reader = signed_in(request)
    if not may_export(reader):
        raise PermissionDenied
    return reader
