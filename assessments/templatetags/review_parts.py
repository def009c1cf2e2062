"""What the parts of a review share: how an act is posted, and how a part says that it replaces itself."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

from people.html import fill
from people.templatetags.addresses import address

# Every act answers with the parts that it changed, each swapped by its id; what stands in its way goes here.
ACT = (
    'method="post" action="{0}" hx-post="{0}" hx-target="#refusal" hx-swap="outerHTML" '
    'hx-select-oob="#essence-question,#essence-note" hx-sync="body:queue all" hx-include="#seen"'
)
FORGERY = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
HIDDEN = '<input type="hidden" name="{}" value="{}">'
TYPED = '<{0} dir="auto" hx-disable>{1}</{0}>'
NOTHING = SafeString()


def act(name: str, *numbers: int) -> SafeString:
    """The attributes of a form that posts to a route of the review."""
    return fill(ACT, address(name, *numbers))


def part(name: str, key: int, *, oob: bool, classes: str = "") -> SafeString:
    """Id and class of a part; ``oob`` in what answers an act, where it takes the place of the old one."""
    found = fill('id="{}-{}"', name, key)
    if classes:
        found += fill(' class="{}"', classes)
    return found + SafeString(' hx-swap-oob="true"') if oob else found


def say(text: str, **values: object) -> SafeString:
    """A translated text with its %(places)s filled, the values escaped."""
    escaped = {name: escape(str(value)) for name, value in values.items()}
    return SafeString(escape(text) % escaped)
