"""Files of an evidence item: bringing, removing and reading them."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions.errors import SameFileError, TooManyFilesError
from assessments.actions.evidence_files import attach_file, remove_file
from assessments.actions.log import log_opening
from assessments.actions.once import once
from assessments.forms.evidence import EditEvidenceForm
from assessments.forms.files import FileForm
from assessments.models import Evidence, EvidenceFile
from assessments.models.log import AccessKind
from assessments.results.evidence.files import readable_file
from assessments.views.evidence import edit_page, last_day
from people.clock import day_of, now
from people.models import User
from people.requests import signed_in

# Opened by a browser after all, it may do nothing and reach nothing.
CAGE = "sandbox; default-src 'none'"


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one file for an own item, or says beside the field why not; asked for, leads to the item."""
    user, at = signed_in(request), now()
    item = get_object_or_404(user.evidence, pk=pk)
    if request.method != "POST":
        return redirect(files_address(pk))
    form = FileForm(request.POST, request.FILES)
    if not (form.is_valid() and attached(form, item, user, at)):
        return files_page(request, item, form, at)
    if request.headers.get("HX-Request"):
        return files_page(request, item, FileForm(), at)
    messages.success(request, _("The file is attached."))
    return redirect(files_address(pk))


def attached(form: FileForm, item: Evidence, user: User, at: dt.datetime) -> bool:
    """Whether the item has the file now; if not, the form says why."""

    def attach() -> str:
        attach_file(evidence=item, upload=form.cleaned_data["file"], by=user, at=at)
        return files_address(item.pk)

    try:
        once(token=form.cleaned_data["form_token"], by=user, at=at, do=attach)
    except TooManyFilesError:
        form.say_too_many()
    except SameFileError:
        form.say_same()
    except Evidence.DoesNotExist as missing:
        raise Http404 from missing
    return form.is_valid()


@require_POST
def evidence_file_remove(request: HttpRequest, pk: int, file_id: int) -> HttpResponse:
    """Takes a file off an own item; removed already is removed."""
    user, at = signed_in(request), now()
    item = get_object_or_404(user.evidence, pk=pk)
    file = item.files.in_order().of_id(file_id).first()
    if file:
        remove_file(file=file, by=user)
    if request.headers.get("HX-Request"):
        return files_page(request, item, FileForm(), at)
    messages.success(request, _("The file is removed."))
    return redirect(files_address(pk))


@require_safe
def evidence_file(request: HttpRequest, pk: int, file_id: int) -> HttpResponseBase:
    """The file itself, to be saved and never shown within a page of ours."""
    user, at = signed_in(request), now()
    try:
        file = readable_file(file_id, item_id=pk, reader=user, on=day_of(at))
        content = file.file.open("rb")
    except (EvidenceFile.DoesNotExist, FileNotFoundError) as missing:
        raise Http404 from missing
    log_opening(kind=AccessKind.EVIDENCE, person_id=file.owner_id, object_id=pk, by=user, at=at)
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=served_as(file))
    response.headers["Content-Security-Policy"] = CAGE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def served_as(file: EvidenceFile) -> str:
    """Text keeps the browser from guessing: its encoding is not known to us."""
    return "application/octet-stream" if file.content_type == "text/plain" else file.content_type


def files_page(request: HttpRequest, item: Evidence, form: FileForm, at: dt.datetime) -> HttpResponse:
    """The item's page, or for htmx the part of it about files."""
    user = signed_in(request)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    current = get_object_or_404(user.evidence.for_form(), pk=item.pk)
    if request.headers.get("HX-Request"):
        context = {"item": current, "file_form": form}
        return render(request, "assessments/evidence/form.html#evidence-files", context, status=status)
    edited = EditEvidenceForm.of(current, latest=last_day(user, at))
    return edit_page(request, current, edited, status, file_form=form)


def files_address(pk: int) -> str:
    return f"{reverse('assessments:evidence_edit', args=[pk])}#evidence-files"
