"""Fields for what people type: whatever passes here can break no page, export or log.

Lengths are checked on the server alone: a browser that knows them cuts what is pasted without a word.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_stubs_ext import StrOrPromise

EARLIEST = dt.date(1950, 1, 1)
# Of PostgreSQL's integer.
LARGEST_VERSION = 2**31 - 1

# Every way to end a line is one: the browser's \r\n, the separators of word processors.
LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
# They turn text around, in a PDF for good; a person who typed one did not mean to, so they go without a word.
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# No spreadsheet or database takes these: controls but tab and line end, halves of pairs, non-characters.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
INVISIBLE = {"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"}


def clean_text(text: str) -> str:
    """The text with plain line ends and without bidi controls; empty where nothing can be seen.

    Raises ValidationError, naming the place, for a control character.
    """
    text = BIDI_CONTROLS.sub("", LINE_ENDS.sub("\n", text))
    found = CONTROLS.search(text)
    if found:
        before = text[: found.start()]
        raise control_error(f"U+{ord(found.group()):04X}", " ".join(before.split())[-30:])
    is_visible = any(unicodedata.category(character) not in INVISIBLE for character in text)
    return text.strip() if is_visible else ""


def control_error(code: str, before: str) -> ValidationError:
    params = {"code": code, "before": before}
    if not before:
        return ValidationError(
            _("The text begins with an invisible control character (%(code)s). Delete it and save again."),
            code="control",
            params=params,
        )
    return ValidationError(
        _("There is an invisible control character (%(code)s) after “%(before)s”. Delete it and save again."),
        code="control",
        params=params,
    )


class LengthValidator(MaxLengthValidator):
    message = ngettext_lazy(
        "This is too long: at most %(limit_value)d character is possible, and there are %(show_value)d.",
        "This is too long: at most %(limit_value)d characters are possible, and there are %(show_value)d.",
        "limit_value",
    )


class CleanTextField(forms.CharField):
    """Text of several lines, cleaned by ``clean_text``."""

    widget: type[forms.Widget] = forms.Textarea

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(**options)
        # In place of Django's own check for NUL: clean_text names every control character.
        kept = [check for check in self.validators if not isinstance(check, ProhibitNullCharactersValidator)]
        self.validators = [*kept, LengthValidator(max_length)]

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class CleanLineField(CleanTextField):
    """Text of one line: any white space within is one space."""

    widget: type[forms.Widget] = forms.TextInput

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class LinkField(CleanLineField):
    """An address that opens in a browser. It is never opened by us.

    What has no scheme is taken for https, so that www.example.org will do; a host needs no dot, because the
    wikis of organisations have none.
    """

    widget = forms.URLInput

    def to_python(self, value: Any) -> str:
        address = super().to_python(value)
        return web_address(address) if address else ""


def web_address(address: str) -> str:
    """The address with its scheme in lower case; raises ValidationError where it is not http or https."""
    named = re.fullmatch(r"([a-z][a-z0-9+.-]*)://(.*)", address, re.IGNORECASE)
    scheme, rest = (named[1].lower(), named[2]) if named else ("https", address)
    host = host_of(rest)
    # "tel:12" without a scheme would pass for a host and a port.
    if scheme not in {"http", "https"} or not host or (not named and "." not in host):
        raise ValidationError(
            _("This is no link to a web page. A link begins with http:// or https://."), code="link"
        )
    return f"{scheme}://{rest}"


def host_of(rest: str) -> str:
    """The host of what follows http:// — empty where it cannot follow, or brings a name or password along."""
    try:
        parts = urlsplit(f"https://{rest}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    is_strange = re.search(r"[\s\\<>\"]", rest) or "@" in parts.netloc or port == 0
    return "" if is_strange or not re.fullmatch(r"[\w.:-]*\w[\w.:-]*", host) else host


class PastDayField(forms.DateField):
    """A day that has come, not before 1950. ``latest`` is set for each form: today, as the person has it."""

    widget = forms.DateInput
    latest: dt.date | None = None

    default_error_messages = {"invalid": _("This is no day of the calendar.")}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.latest and value > self.latest:
            raise ValidationError(_("This day is in the future."), code="future")
        if value and value < EARLIEST:
            raise ValidationError(_("Choose a day from 1950 on."), code="early")


class VersionField(forms.IntegerField):
    """The version of what was read; ``damaged`` says what to do where none came along."""

    widget = forms.HiddenInput

    def __init__(self, *, damaged: StrOrPromise) -> None:
        texts = dict.fromkeys(("required", "invalid", "min_value", "max_value"), damaged)
        super().__init__(min_value=0, max_value=LARGEST_VERSION, error_messages=texts)


class FormTokenField(forms.UUIDField):
    """The token by which a form that is sent twice is answered once; see ``actions.once``."""

    widget = forms.HiddenInput

    default_error_messages = {"invalid": _("This form was damaged on its way. Send it again.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})
