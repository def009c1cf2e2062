"""The guards of the tests do guard."""

import socket
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.template import engines
from django.template.loader import get_template

from tests.guards import OURS, Undefined


def test_a_connection_to_the_world_is_refused() -> None:
    """A test that speaks to another machine fails at once, and names it."""
    with socket.socket() as probe, pytest.raises(AssertionError, match=r"203\.0\.113\.1"):
        probe.connect(("203.0.113.1", 9))


def test_a_connection_to_this_machine_is_allowed() -> None:
    """The server of the browser tests can be reached."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as probe:
        probe.connect(server.getsockname())


def test_an_undefined_variable_of_ours_fails() -> None:
    """A template under templates/ that uses what it was not given is an error that names it."""
    template = _template("{{ nothing.here }}", str(OURS / "page.html"))
    with pytest.raises(AssertionError, match=r"templates/page.html uses nothing.here"):
        template.render()


def test_an_undefined_variable_of_others_is_empty() -> None:
    """The templates of packages may use what they were not given, as Django lets them."""
    assert _template("a{{ nothing.here }}b", "/elsewhere/page.html").render() == "ab"


def test_the_engine_of_the_project_is_guarded() -> None:
    """Every template that the project loads is under the guard."""
    assert isinstance(get_template("base.html").template.engine.string_if_invalid, Undefined)


@pytest.mark.django_db
def test_rows_without_an_order_come_at_random() -> None:
    """A list without an order asks the database for a random one; a list with an order, a count do not."""
    users = get_user_model().objects
    assert "RANDOM()" in str(users.order_by().query)
    assert "RANDOM()" not in str(users.order_by("pk").query)
    assert users.order_by().count() == 0


def _template(source: str, name: str) -> Any:
    template = engines["django"].from_string(source)
    for node in template.template.nodelist:
        node.origin.name = name
    return template
