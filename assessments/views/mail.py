"""Which mails a person gets."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.preferences import choose_mails
from assessments.forms.mail import MailForm
from assessments.results.preferences import kinds_for, preference_of
from people.requests import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """A switch for each kind, and once a day instead of at once."""
    user = signed_in(request)
    data = request.POST if request.method == "POST" else None
    form = MailForm(data, preference=preference_of(user), kinds=kinds_for(user))
    if form.is_bound and form.is_valid():
        choose_mails(unwanted=form.unwanted, is_daily=form.is_daily, by=user)
        messages.success(request, _("Your settings are saved."))
        return redirect("assessments:mail")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "assessments/mail/page.html", {"form": form}, status=status)
