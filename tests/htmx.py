"""What htmx does with an answer, on a parsed page: so that a test can hold the page against a fresh reload.

::

    page = Page(client.get(url).content)
    page.choose("statement-CEXP-3-1", "answer", "2")
    page.swap(answer.content, target="#notes-7", select_oob="#progress,#saved")
    assert page.html() == Page(client.get(url).content).html()
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeGuard

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
# What differs between two answers without meaning anything.
MASKED = re.compile(r'(?<=value=")[A-Za-z0-9]{64}(?=")|(?<="X-CSRFToken": ")[A-Za-z0-9]{64}(?=")')


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """This element and all within, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    @property
    def text(self) -> str:
        found = "".join(child if isinstance(child, str) else f" {child.text} " for child in self.children)
        return " ".join(found.split())

    def html(self) -> str:
        """Comparable: attributes in order, white space of one kind."""
        marks = "".join(f' {name}="{value}"' for name, value in sorted(self.attributes.items()))
        inner = "".join(_text(child) if isinstance(child, str) else child.html() for child in self.children)
        return f"<{self.name}{marks}>\n{inner}</{self.name}>\n"


def _text(text: str) -> str:
    words = " ".join(text.split())
    return f"{words}\n" if words else ""


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(content: bytes | str) -> Element:
    """The tree of a page or fragment; tags that are not closed in order are an error."""
    text = content.decode() if isinstance(content, bytes) else content
    builder = _Builder()
    builder.feed(MASKED.sub("", text))
    builder.close()
    assert len(builder.open) == 1, f"<{builder.open[-1].name}> is never closed"
    return builder.open[0]


class Page:
    """A page as the browser has it."""

    def __init__(self, content: bytes | str) -> None:
        self.root = parse(content)

    def html(self) -> str:
        """Equal for two pages that show the same."""
        return self.root.html()

    def get(self, selector: str) -> Element:
        """The one element of an id, given as "#id"."""
        found = [element for element in self.root if f"#{element.attributes.get('id')}" == selector]
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def choose(self, within: str, name: str, value: str) -> None:
        """Chooses a radio button within the element of an id."""
        for element in self.get(within):
            if element.attributes.get("name") == name and element.attributes.get("type") == "radio":
                element.attributes.pop("checked", None)
                if element.attributes["value"] == value:
                    element.attributes["checked"] = ""

    def fill(self, selector: str, text: str) -> None:
        """Types into a textarea."""
        self.get(selector).children = [text]

    def swap(self, content: bytes | str, *, target: str, select_oob: str = "") -> None:
        """What hx-swap="outerHTML" does: what select_oob names goes to its place, the rest to the target.

        So does what says hx-swap-oob itself.
        """
        fragment = parse(content)
        for element in [child for child in fragment.children if _is_out_of_band(child)]:
            fragment.children.remove(element)
            del element.attributes["hx-swap-oob"]
            self._replace(f"#{element.attributes['id']}", [element])
        for selector in filter(None, (part.strip() for part in select_oob.split(","))):
            for element in [child for child in fragment.children if _is(child, selector)]:
                fragment.children.remove(element)
                self._replace(selector, [element])
        self._replace(target, fragment.children)

    def _replace(self, selector: str, new: list[Element | str]) -> None:
        old = self.get(selector)
        for element in self.root:
            places = [i for i, child in enumerate(element.children) if child is old]
            for place in places:
                element.children[place : place + 1] = new
                return


def _is_out_of_band(child: Element | str) -> TypeGuard[Element]:
    return isinstance(child, Element) and child.attributes.get("hx-swap-oob") == "true"


def _is(child: Element | str, selector: str) -> bool:
    return isinstance(child, Element) and f"#{child.attributes.get('id')}" == selector
