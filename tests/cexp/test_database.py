"""DATABASE_URL, in Django's words."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from cexp import database


def default(url: str) -> dict[str, object]:
    return database.databases({"DATABASE_URL": url})["default"]


def test_an_address_is_taken_apart() -> None:
    """Every part of the address has its place, with special characters decoded."""
    settings = default("postgresql://ana:p%40ss%2Fword@db.example.org:6432/ladder")
    parts = {name: settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert parts == {
        "NAME": "ladder",
        "USER": "ana",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example.org",
        "PORT": "6432",
    }


def test_options_of_the_address_reach_the_driver() -> None:
    """What stands after the question mark is passed on, beside the pool."""
    options = default("postgres://db/ladder?sslmode=require&application_name=x")["OPTIONS"]
    assert options == {"sslmode": "require", "application_name": "x", "pool": database.POOL}


def test_the_words_of_libpq_are_understood_too() -> None:
    """A socket's folder can be named as key=value."""
    settings = default("host=/run/postgresql dbname=ladder")
    assert (settings["HOST"], settings["NAME"]) == ("/run/postgresql", "ladder")


def test_the_pool_keeps_the_connections() -> None:
    """Django keeps none itself, and a connection is looked at before it is lent."""
    settings = default("postgresql://db/ladder")
    assert (settings["CONN_MAX_AGE"], settings["CONN_HEALTH_CHECKS"]) == (0, True)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ana:secret@db/ladder",
        "postgresql://ana:secret@db/ladder?nonsense=1",
        "postgresql://ana:sec ret@db/x",
    ],
)
def test_an_unreadable_address_is_refused_without_its_password(url: str) -> None:
    """The message says how to write it, and repeats nothing of it."""
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL cannot be read") as error:
        default(url)
    assert "sec" not in str(error.value)


def test_an_address_without_a_database_is_refused() -> None:
    """No name is guessed."""
    with pytest.raises(ImproperlyConfigured, match="names no database"):
        default("postgresql://ana@db/")


@pytest.mark.parametrize("environ", [{}, {"DATABASE_URL": ""}, {"DATABASE_URL": "  "}])
def test_without_an_address_it_is_the_embedded_server(environ: dict[str, str]) -> None:
    """Its socket lies in a private folder; nothing is started by asking."""
    settings = database.databases(environ)["default"]
    assert database.is_embedded(environ)
    assert str(settings["HOST"]).startswith("/")


def test_another_server_is_its_owners_to_run() -> None:
    """With DATABASE_URL nothing is started, and nothing is said."""
    with database.available({"DATABASE_URL": "postgresql://db.invalid/x"}, say=pytest.fail):
        pass
