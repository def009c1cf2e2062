"""What no test may do: speak to the world, use undefined template variables, count on an order by luck."""

import inspect
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.postgresql.compiler import SQLCompiler as ListCompiler
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.template import engines
from django.template.base import Node

PROJECT = Path(__file__).resolve().parent.parent
OURS = PROJECT / "templates"


@pytest.fixture(autouse=True, scope="session")
def closed_sockets() -> Iterator[None]:
    """Connections go to this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_here(address[0]):
            raise AssertionError(f"A test connects to {address[0]}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_here(host: str) -> bool:
    return host == "localhost" or ip_address(host).is_loopback


class Undefined(str):
    """Stands for a variable that a template does not get: an error in our templates, nothing in others'."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        # Django asks for this before it fills in the variable's name.
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        template = _template_being_rendered()
        if template is not None and OURS in template.parents:
            raise AssertionError(f"{template.relative_to(PROJECT)} uses {variable}, which is not defined.")
        return ""


def _template_being_rendered() -> Path | None:
    frame = inspect.currentframe()
    while frame is not None:
        node = frame.f_locals.get("self")
        if frame.f_code.co_name == "render_annotated" and isinstance(node, Node):
            return Path(node.origin.name)
        frame = frame.f_back
    return None


@pytest.fixture(autouse=True, scope="session")
def defined_variables() -> None:
    """An undefined variable in a template of ours is an error."""
    for engine in engines.all():
        engine.engine.string_if_invalid = Undefined("%s")


@pytest.fixture(autouse=True, scope="session")
def unordered_is_random() -> Iterator[None]:
    """Rows that nobody ordered come back in a random order, so that a test cannot get used to one."""
    asked = SQLCompiler.get_order_by

    def shuffled(self: SQLCompiler) -> Any:
        order = asked(self)
        return order or ([(OrderBy(Random()), ("RANDOM()", [], None))] if _is_plain(self) else order)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "get_order_by", shuffled)
        yield


def _is_plain(compiler: SQLCompiler) -> bool:
    """Whether this is an ordinary list of rows: not counted, grouped, made distinct, combined or nested."""
    query = compiler.query
    special = query.distinct or query.combinator or query.subquery or query.group_by is not None
    return type(compiler) is ListCompiler and not special
