"""What fields let through, and what they say about the rest."""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.fields import (
    BIDI_CONTROLS,
    CONTROLS,
    INVISIBLE,
    CleanLineField,
    CleanTextField,
    FormTokenField,
    LinkField,
    PastDayField,
)

TEXT = CleanTextField(max_length=5000, required=False)
LINE = CleanLineField(max_length=200)
LINK = LinkField(max_length=1000, required=False)

hostile = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x0b\x1b\x7f\x85\r\n\t\u2028\u202e\u2066\u200b\ufeff\ufffe=+-@<>&\"'"),
    ),
    max_size=80,
)


def refusal(field: CleanTextField | PastDayField | FormTokenField, value: object) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return caught.value


@given(hostile)
def test_what_passes_holds_nothing_that_breaks_an_export(text: str) -> None:
    """A text either passes clean, and is then left as it is, or is refused."""
    if CONTROLS.search(text.strip().replace("\r", "\n")):
        assert refusal(TEXT, text).code == "control"
        return
    passed = TEXT.clean(text)
    assert not CONTROLS.search(passed)
    assert not BIDI_CONTROLS.search(passed)
    assert "\r" not in passed
    assert TEXT.clean(passed) == passed
    passed.encode()


@given(hostile)
def test_a_line_stays_a_line(text: str) -> None:
    """No end of a line and no double space is left in a field of one line."""
    try:
        passed = LINE.clean(text)
    except ValidationError:
        return
    assert passed
    assert passed == " ".join(passed.split())
    assert any(unicodedata.category(character) not in INVISIBLE for character in passed)


@given(hostile)
def test_a_link_that_passes_is_http(text: str) -> None:
    """Whatever is typed as a link becomes http, https, nothing, or a message."""
    try:
        passed = LINK.clean(text)
    except ValidationError:
        return
    assert passed == "" or passed.startswith(("http://", "https://"))
    assert LINK.clean(passed) == passed


@pytest.mark.parametrize("code", ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\ufffe", "\ud800"])
def test_a_control_character_is_refused_with_its_place(code: str) -> None:
    """The message names the character and the words before it."""
    message = refusal(TEXT, f"Conduzi{code} entrevistas").messages[0]
    assert f"U+{ord(code):04X}" in message
    assert "Conduzi" in message


def test_a_control_character_at_the_beginning_is_refused() -> None:
    """There are no words before it to name."""
    assert "begins with" in refusal(TEXT, "\x00Conduzi").messages[0]


def test_bidi_controls_go_without_a_word() -> None:
    """They would turn the text around in a PDF, and nobody means to type them."""
    assert TEXT.clean("abc\u202edef\u2069 \u200fghi") == "abcdef ghi"


def test_line_ends_are_one_character() -> None:
    """A browser sends two; word processors have their own."""
    assert TEXT.clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd\te"


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t ", "\u200b\u200b", "\u00a0", "\u202e", "\ufeff"])
def test_what_cannot_be_seen_is_nothing(nothing: str) -> None:
    """A required field says that it is empty."""
    assert refusal(LINE, nothing).code == "required"


def test_a_megabyte_is_too_long() -> None:
    """The message gives both lengths, and no browser cuts the text before."""
    message = refusal(TEXT, "я" * 1_000_000).messages[0]
    assert "5000" in message
    assert "1000000" in message
    assert "maxlength" not in TEXT.widget.attrs


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://Example.org", "http://Example.org"),
        (" www.example.org/x ", "https://www.example.org/x"),
        ("example.org/?to=http://other.example", "https://example.org/?to=http://other.example"),
        ("http://wiki/cx", "http://wiki/cx"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("https://пример.рф/путь", "https://пример.рф/путь"),
        ("", ""),
    ],
)
def test_links_that_open_in_a_browser(typed: str, kept: str) -> None:
    """Without a scheme it is https; a scheme is written in lower case."""
    assert LINK.clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "JaVaScRiPt:1",
        "data:text/html,<b>x</b>",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "mailto:ana@example.org",
        "tel:112",
        "https://",
        "http:///path",
        "//example.org/x",
        "https://ana:secret@example.org",
        "https://a b.example.org",
        'https://example.org/"onmouseover=',
        "https://example.org\\@other.example",
        "https://example.org:99999",
        "https://[::1",
        "https://...",
        "/evidence/1/",
        "word",
    ],
)
def test_other_links_are_refused(typed: str) -> None:
    """Only http and https with a host can be checked by a reviewer."""
    assert refusal(LINK, typed).code == "link"


def test_a_link_can_be_too_long() -> None:
    """It is kept whole or not at all."""
    assert "1000" in refusal(LINK, "https://example.org/" + "a" * 1000).messages[0]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("2026-11-21", "future"), ("1949-12-31", "early"), ("2026-02-30", "invalid"), ("soon", "invalid")],
)
def test_days_that_cannot_be(typed: str, code: str) -> None:
    """A day is one of the calendar, has come, and is not from another age."""
    field = PastDayField(required=False)
    field.latest = dt.date(2026, 11, 20)
    assert refusal(field, typed).code == code


def test_today_has_come() -> None:
    """The last possible day is today."""
    field = PastDayField()
    field.latest = dt.date(2026, 11, 20)
    assert field.clean("2026-11-20") == dt.date(2026, 11, 20)


def test_tokens() -> None:
    """A token is a UUID or missing; anything else is refused."""
    token = uuid.uuid4()
    assert FormTokenField().clean(str(token)) == token
    assert FormTokenField().clean("") is None
    assert refusal(FormTokenField(), "'; drop").code == "invalid"
