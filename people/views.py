"""Pages about the person who is signed in."""

import copy
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms import LanguageForm, ProfileForm
from people.held import held_of, is_from_here, send_again
from people.requests import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Language, time zone and the language of official texts."""
    # A copy: what is typed must not speak for the person before it is saved.
    form = ProfileForm(
        request.POST if request.method == "POST" else None, instance=copy.copy(signed_in(request))
    )
    if form.is_bound and form.is_valid():
        user = form.instance
        user.save(update_fields=list(form.fields))
        with override(user.language):
            messages.success(request, _("Your settings are saved."))
        return remember_language(redirect("people:profile"), user.language)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "people/profile.html", {"form": form}, status=status)


@login_not_required
@require_POST
def set_language_choice(request: HttpRequest) -> HttpResponse:
    """The switch in the header: kept in the profile when signed in, in a cookie otherwise."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
    language = form.cleaned_data["language"]
    if request.user.is_authenticated:
        request.user.choose_language(language)
    return remember_language(HttpResponseRedirect(safe_next(request)), language)


def remember_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=60 * 60 * 24 * 365,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


def safe_next(request: HttpRequest) -> str:
    """The page to go back to, if it is one of ours."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else "/"


@require_safe
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where the admin site sends whoever it does not let in: one sign-in for all, and no way round."""
    if not signed_in(request).is_staff:
        raise PermissionDenied
    return redirect("admin:index")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form opened before signing in elsewhere, or of another site: only one of ours comes back."""
    held = held_of(request) if is_from_here(request) and needs_sign_in(request) else None
    if held is None:
        return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)
    is_in = request.user.is_authenticated
    return send_again(request, held, status=HTTPStatus.FORBIDDEN if is_in else HTTPStatus.UNAUTHORIZED)


def needs_sign_in(request: HttpRequest) -> bool:
    """Whether the address that was asked for is for people who have signed in."""
    return request.resolver_match is not None and getattr(request.resolver_match.func, "login_required", True)
