"""Loud readers of environment variables: a wrong value stops the start with its name."""

import json
import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def flag(name: str) -> bool:
    """Whether an on/off variable is on; absent is off."""
    value = os.environ.get(name, "").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def required(name: str, why: str) -> str:
    """The value of a variable that production cannot do without."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


def words(name: str) -> list[str]:
    """A comma-separated list, without empty entries."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def options(name: str) -> dict[str, Any]:
    """A JSON object; absent is empty."""
    try:
        found = json.loads(text(name, "{}"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a JSON object.") from error
    if not isinstance(found, dict):
        raise ImproperlyConfigured(f"{name} must be a JSON object.")
    return found
