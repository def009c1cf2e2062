"""Whether the locks hold what pyproject.toml asks for, with hashes, and name no host. Needs no network."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")


def pins(text: str) -> dict[str, str]:
    found = (PIN.match(line) for line in text.splitlines())
    return {canonicalize_name(match[1]): match[2] for match in found if match}


def problems(requirements: list[str], text: str) -> list[str]:
    """What the text of a lock lacks for these requirements."""
    pinned = pins(text)
    wrong = [
        f"{line} is not satisfied by {_pin(line, pinned)}"
        for line in requirements
        if not _holds(line, pinned)
    ]
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    wrong += [
        f"{block.split()[0]} has no hash" for block in blocks if PIN.match(block) and "--hash=" not in block
    ]
    if re.search(r"https?://|^--(index|extra|find)", text, flags=re.MULTILINE):
        wrong.append("it names a host")
    return wrong


def _pin(line: str, pinned: dict[str, str]) -> str:
    name = canonicalize_name(Requirement(line).name)
    return pinned.get(name, "no pin")


def _holds(line: str, pinned: dict[str, str]) -> bool:
    version = pinned.get(canonicalize_name(Requirement(line).name))
    return version is not None and Requirement(line).specifier.contains(version, prereleases=True)


def main() -> int:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    runtime, dev = project["dependencies"], project["optional-dependencies"]["dev"]
    locks = {name: (PROJECT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock")}
    wrong = [f"requirements.lock: {said}" for said in problems(runtime, locks["requirements.lock"])]
    wrong += [
        f"requirements-dev.lock: {said}" for said in problems(runtime + dev, locks["requirements-dev.lock"])
    ]
    developing = pins(locks["requirements-dev.lock"])
    wrong += [
        f"{name} {version} in requirements.lock is {developing.get(name)} in requirements-dev.lock"
        for name, version in pins(locks["requirements.lock"]).items()
        if developing.get(name) != version
    ]
    print("\n".join([*wrong, "Mend it with make lock."]) if wrong else "The locks are current.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
