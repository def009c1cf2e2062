"""Files of texts: what is read and what is refused."""

from __future__ import annotations

import pytest

from assessments.matching_lines import BadLineError, given, labelled

ON = b'{"id": "1", "lang": "pt", "text": "t", "best": "A", "ok": ["B"]}'
OFF = b'{"id": "2", "lang": "ru", "text": "u"}'


def test_a_line_is_read() -> None:
    """An identifier may be a number; an empty line is nothing."""
    found = given(b'{"id": 7, "lang": "ru", "text": "\xd0\xb4\xd0\xb0"}\r\n')
    assert found is not None
    assert (found.id, found.language, found.text) == (7, "ru", "да")
    assert given(b" \n") is None


def test_parts_make_a_text() -> None:
    """Where there is no text, title, situation, action and result are joined."""
    found = given(
        b'{"id": "a", "lang": "pt", "title": "Um", "situation": "", "action": "Dois", "result": null}'
    )
    assert found is not None
    assert found.text == "Um\nDois"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff", "not UTF-8"),
        (b'{"id": "\\ud800", "lang": "pt", "text": ""}', "not UTF-8"),
        (b"3", "not an object"),
        (b'{"lang": "pt", "text": ""}', '"id" is missing'),
        (b'{"id": true, "lang": "pt", "text": ""}', '"id" is missing'),
        (b'{"id": "1", "lang": "en", "text": ""}', '"lang" is none of pt, ru'),
        (b'{"id": "1", "lang": ["pt"], "text": ""}', '"lang" is none of pt, ru'),
        (b'{"id": "1", "lang": "pt"}', '"text" is missing'),
        (b'{"id": "1", "lang": "pt", "text": 5}', '"text" is missing'),
    ],
)
def test_a_bad_line_says_why(line: bytes, reason: str) -> None:
    """Each fault has its reason."""
    with pytest.raises(BadLineError, match=reason):
        given(line)


@pytest.mark.parametrize(
    "content",
    [
        b"[" + ON + b", " + OFF + b"]",
        ON + b"\n\n" + OFF,
    ],
)
def test_labelled_files_are_lists_or_lines(content: bytes) -> None:
    """Both forms give the same; a text without a best statement is off-topic."""
    one, two = labelled(content)
    assert (one.best, one.ok, one.right) == ("A", ("B",), {"A", "B"})
    assert (two.best, two.right) == (None, frozenset())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[3]", "1: not an object"),
        (b'[{"id": "1", "lang": "pt", "text": "t", "best": 5}]', '1: "best"'),
        (b'[{"id": "1", "lang": "pt", "text": "t", "ok": "A"}]', '1: "ok"'),
        (b'{"id": "1", "lang": "pt", "text": "t"}\n{', "2: not JSON"),
        (b"[", "not JSON"),
    ],
)
def test_a_bad_label_says_where(content: bytes, reason: str) -> None:
    """The place of the fault comes before its reason."""
    with pytest.raises(BadLineError, match=reason):
        labelled(content)
