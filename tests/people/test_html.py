"""HTML joined in Python is escaped as Django's own does it."""

import pytest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from people.html import fill, fill_each

VALUES = (
    "",
    "Ana & Bruno",
    "<script>alert('x')</script>",
    '"double" and `back`',
    SafeString("<b>bold</b>"),
    7,
    -1.5,
    True,
    None,
    gettext_lazy("Level"),
)


@pytest.mark.parametrize("value", VALUES)
def test_every_value_is_shown_as_django_shows_it(value: object) -> None:
    assert fill("<i>{}</i>{name}", value, name=value) == format_html("<i>{}</i>{name}", value, name=value)
    assert fill_each("<i>{}</i>", [[value], [value]]) == format_html_join("", "<i>{}</i>", [[value], [value]])


def test_what_is_filled_is_html() -> None:
    """So that it is not escaped once more where it is put into something else."""
    assert isinstance(fill("<i>{}</i>", "&"), SafeString)
    assert fill("<p>{}</p>", fill("<i>{}</i>", "&")) == "<p><i>&amp;</i></p>"


def test_a_lazy_text_is_read_in_the_language_of_now() -> None:
    text = gettext_lazy("Level")
    with override("ru"):
        assert fill("{}", text) == "Уровень"
