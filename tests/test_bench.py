"""The measurements of speed still measure; what they find is nobody's business here."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LIMITS = ("L-bare", "L-own", "L-team", "L-team-fast", "L-copy", "L-xlsx", "L-score")


def test_every_page_and_file_is_measured_against_its_limit() -> None:
    """A short run on a tiny company ends well and has a line for every limit."""
    command = [sys.executable, "-m", "tools.bench", "--people", "40", "--large", "40", "--quick"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    measured = {row[1].strip() for row in rows if row[2].strip().endswith("×")}
    missing = [limit for limit in LIMITS if not any(name.startswith(limit) for name in measured)]
    assert not missing
