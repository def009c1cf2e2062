"""The reader's language and zone on every page, and sign-in required unless a view says otherwise."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.conf import settings
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PersonalMiddleware:
    """Speaks the person's language in their time zone, and keeps personal pages out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated:
            response = self.get_response(request)
        else:
            with translation.override(user.language), timezone.override(user.zone):
                request.LANGUAGE_CODE = user.language
                response = self.get_response(request)
            response.headers["Content-Language"] = user.language
        if user.is_authenticated or request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """As Django's, with an answer that a fragment request can use: it never swaps a sign-in page into a page."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        if not getattr(request, "htmx", False):
            return super().handle_no_permission(request, view_func)
        if request.method in {"GET", "HEAD"}:
            return HttpResponse(headers={"HX-Redirect": sign_in_address(request)})
        return render(request, "401.html", status=401)


def sign_in_address(request: HttpRequest) -> str:
    """The sign-in page that leads back to the page the fragment was for, never to the fragment."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    address = page.path + (f"?{page.query}" if page.query else "")
    if not address or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        address = resolve_url(settings.LOGIN_REDIRECT_URL)
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': address})}"
