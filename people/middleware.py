"""The reader's language and zone on every page, and sign-in required unless a view says otherwise."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from people.held import held_of, send_again

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
    """As Django's, but the sign-in is never swapped into a page, nor does it replace what was typed."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is None:
            return None
        if not getattr(request, "htmx", False):
            held = held_of(request)
            return send_again(request, held, status=HTTPStatus.UNAUTHORIZED) if held else refusal
        if request.method in {"GET", "HEAD"}:
            return HttpResponse(headers={"HX-Redirect": sign_in_address(request)})
        return render(request, "401.html", status=HTTPStatus.UNAUTHORIZED)


def sign_in_address(request: HttpRequest) -> str:
    """The sign-in page that leads back to the page the fragment was for, never to the fragment."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    address = page.path + (f"?{page.query}" if page.query else "")
    if not address or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        address = resolve_url(settings.LOGIN_REDIRECT_URL)
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': address})}"
