"""The content security policy on every response, set under Django 6's name and in its shape.

``SECURE_CSP`` maps a directive to its sources: several strings, or one; ``True`` writes one that takes
none, ``False`` and ``None`` leave it out. With Django 6 its own middleware takes this one's place.
"""

from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "Content-Security-Policy"

Sources = Iterable[str] | bool | None
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ContentSecurityPolicyMiddleware:
    """Belongs first, so that redirects, errors and static files carry the policy too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = policy_text(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


def policy_text(policy: Mapping[str, Sources]) -> str:
    """The header's text, in the order of the setting; a policy that says nothing is a mistake."""
    text = "; ".join(directive_text(name, sources) for name, sources in policy.items() if sources)
    if not text:
        raise ImproperlyConfigured("SECURE_CSP must name at least one directive.")
    return text


def directive_text(name: str, sources: Sources) -> str:
    words = [] if sources is True else [sources] if isinstance(sources, str) else sources or []
    text = " ".join([name, *words])
    if ";" in text or "\n" in text:
        raise ImproperlyConfigured(f"SECURE_CSP: {text!r} would end the directive {name}.")
    return text
