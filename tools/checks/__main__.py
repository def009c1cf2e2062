"""`make check`: everything that a machine can say about the source without running its tests.

Goes through all checks, prints what the failed ones said, and ends with 1 where one failed.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests import cluster

PYTHON = sys.executable
CODE = ("cexp", "people", "skills", "assessments", "tests", "tools", "manage.py")
CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("ruff check", [PYTHON, "-m", "ruff", "check", *CODE]),
    ("ruff format", [PYTHON, "-m", "ruff", "format", "--check", *CODE]),
    ("mypy", [PYTHON, "-m", "mypy"]),
    ("import layers", ["lint-imports"]),
    ("templates", ["djlint", "--lint", "--quiet", "templates"]),
    ("django", [PYTHON, "manage.py", "check", "--fail-level", "WARNING"]),
    ("migrations complete", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("locks current", [PYTHON, "-m", "tools.checks.locks"]),
    ("messages", [PYTHON, "-m", "tools.checks.messages"]),
    ("fixtures load twice", [PYTHON, "-m", "tools.checks.fixtures"]),
    ("source habits", [PYTHON, "-m", "tools.checks.habits"]),
)


def run(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    passed = done.returncode == 0
    print(f"{'ok    ' if passed else 'FAILED'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    # A check that passed may still have something to say aloud.
    said = done.stdout + done.stderr if not passed else done.stdout if "NOTE" in done.stdout else ""
    if said:
        print("\n".join("       " + line for line in said.strip().splitlines()), flush=True)
    return passed


def main() -> int:
    cluster.prepare_environment()
    os.environ["PATH"] = os.pathsep.join([str(Path(PYTHON).parent), os.environ.get("PATH", os.defpath)])
    failed = [name for name, command in CHECKS if not run(name, command)]
    print(f"FAILED: {', '.join(failed)}" if failed else f"All {len(CHECKS)} checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
