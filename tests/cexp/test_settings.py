"""Production refuses to start half-made; every other start has a safe default."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
WHOLE = {
    "CEXP_ENV": "production",
    "SECRET_KEY": "k3y-" * 5 + "drawn-at-random-and-long-enough-for-everybody",
    "ALLOWED_HOSTS": "ladder.example.org",
    "DATABASE_URL": "postgresql://app@db.example.org/ladder",
}


def read(expression: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Evaluates an expression over the settings that a process with this environment has."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    code = f"from cexp import settings; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", code],
        env=kept | environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_names_what_it_lacks(missing: str) -> None:
    whole = {name: value for name, value in WHOLE.items() if name != missing}
    answer = read("settings.DEBUG", whole)
    assert answer.returncode != 0
    assert f"{missing} is not set" in answer.stderr


def test_production_refuses_a_weak_secret() -> None:
    assert "too weak" in read("settings.DEBUG", WHOLE | {"SECRET_KEY": "x" * 60}).stderr


def test_production_is_shut_to_plain_connections() -> None:
    """Secure cookies, HSTS for a year, no debugging even when asked, no demo company even when asked."""
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    values = ", ".join(f"settings.{name}" for name in names)
    answer = read(
        f"all([{values}]), settings.SECURE_HSTS_SECONDS >= 31536000, settings.DEBUG, settings.DEMO_ALLOWED",
        WHOLE | {"DEBUG": "1", "DEMO": "1"},
    )
    assert answer.stdout.strip() == "True True False False"


def test_behind_a_proxy_the_forwarded_scheme_counts() -> None:
    answer = read("settings.SECURE_PROXY_SSL_HEADER", WHOLE | {"TLS_TERMINATED_BY_PROXY": "1"})
    assert "HTTP_X_FORWARDED_PROTO" in answer.stdout


def test_a_database_of_one_s_own_has_no_demo_unless_asked() -> None:
    own = {"DATABASE_URL": WHOLE["DATABASE_URL"]}
    assert read("settings.DEMO_ALLOWED", own).stdout.strip() == "False"
    assert read("settings.DEMO_ALLOWED", own | {"DEMO": "1"}).stdout.strip() == "True"
    assert read("settings.DEMO_ALLOWED", {}).stdout.strip() == "True"


@pytest.mark.parametrize(
    ("environment", "said"),
    [({"CEXP_ENV": "prod"}, "CEXP_ENV must be"), ({"DEBUG": "perhaps"}, "DEBUG must be 1 or 0")],
)
def test_a_wrong_word_stops_the_start_with_its_name(environment: dict[str, str], said: str) -> None:
    assert said in read("settings.DEBUG", environment).stderr


def test_files_are_kept_outside_the_static_ones() -> None:
    answer = read("settings.STORAGES['default']['OPTIONS']['location'], settings.STATIC_ROOT", {})
    files, static = answer.stdout.split()
    assert files.endswith("/.data/files")
    assert static.endswith("/.data/static")


def test_a_bucket_is_configuration() -> None:
    """Its options are a JSON object; anything else stops the start with its name."""
    bucket = {"FILES_BACKEND": "storages.backends.s3.S3Storage", "FILES_OPTIONS": '{"bucket_name": "b"}'}
    answer = read("settings.STORAGES['default']", bucket)
    assert answer.stdout.strip() == str(
        {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "b"}}
    )
    for wrong in ("{", "[]"):
        assert "FILES_OPTIONS must be" in read("1", bucket | {"FILES_OPTIONS": wrong}).stderr
