"""What a browser does with the page that starts from a text: pastes, types, ticks, presses a button."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client

from tests.htmx import Element, Page

ADDRESS = "/evidence/from-text/"
JOURNEY = "Redesenhei a jornada do cliente com TI e operação, em três rodadas de teste."
PAYROLL = "Calculei as férias e a folha de pagamento e enviei ao sindicato."
CV = f"""Ana Souza
ana@example.org

Banco Araçari
mar 2024 – atual
• {JOURNEY}
• {PAYROLL} Com isso, ninguém reclamou.
"""
HTMX = {"HX-Request": "true"}
SAYING = "A suggestion never changes a rating or a level."


def pasted(client: Client, text: str = CV, **fields: Any) -> Any:
    return client.post(ADDRESS, {"text": text, "language": "pt", **fields})


def fields_of(content: bytes) -> dict[str, Any]:
    """What the browser would send of the form as it stands, without a button."""
    form = Page(content).get("#from-text")
    sent: dict[str, Any] = {}
    for element in form:
        value = value_of(element)
        if value is not None:
            sent.setdefault(element.attributes["name"], []).append(value)
    sent.pop("csrfmiddlewaretoken")
    return sent


def value_of(element: Element) -> str | None:
    if "name" not in element.attributes or element.name not in {"input", "textarea"}:
        return None
    if element.attributes.get("type") == "checkbox":
        return element.attributes.get("value", "on") if "checked" in element.attributes else None
    if element.name == "textarea":
        return "".join(str(child) for child in element.children).removeprefix("\n")
    return element.attributes.get("value", "")


def press(client: Client, answer: Any, do: str, **changed: Any) -> Any:
    """A button of the second step, after something was typed; a value of None is a tick taken off."""
    sent = {
        **fields_of(answer.content),
        "do": do,
        **{name.replace("_", "-"): v for name, v in changed.items()},
    }
    return client.post(ADDRESS, {name: value for name, value in sent.items() if value is not None})


def typed(**fields: Any) -> dict[str, Any]:
    """One item, as it is sent."""
    item = {"title": "Jornada", "action": JOURNEY, "keep": "on", **fields}
    rest = {"count": "1", "language": "pt", "do": "save", "form_token": str(uuid.uuid4())}
    return {**rest, **{f"item-1-{name}": value for name, value in item.items() if value is not None}}


def html(answer: Any) -> str:
    return str(answer.content.decode())


def swap(page: Page, content: bytes) -> None:
    """Puts a fragment into the page, its mark for the focus being the one of whole pages."""
    page.swap(content.replace(b" data-focus", b" autofocus"), target="#from-text")
