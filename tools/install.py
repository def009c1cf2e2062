"""Bring .venv to what a lock says, installed with hashes: ``install.py requirements.lock``.

Does nothing where it is so already, which a stamp beside the packages tells.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
STAMP = VENV / ".installed"
NO_VENV = (
    "Python's venv module cannot make an environment here. On Debian and Ubuntu: apt-get install python3-venv"
)


def wanted(lock: Path) -> str:
    """What the stamp says when this lock is installed with this Python, in this folder."""
    content = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{lock.name} {content} {sys.version_info.major}.{sys.version_info.minor} {VENV}"


def is_installed(lock: Path) -> bool:
    """Whether .venv holds this lock, or the one for development, which holds it too."""
    if not STAMP.exists() or not (VENV / "bin" / "python").exists():
        return False
    return STAMP.read_text() in {wanted(lock), wanted(PROJECT / "requirements-dev.lock")}


def is_usable() -> bool:
    """Whether the environment's own Python answers from this folder: a moved or updated one does not."""
    probe = "import sys, pip; print(sys.prefix, *sys.version_info[:2])"
    answer = subprocess.run(
        [VENV / "bin" / "python", "-c", probe], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() == f"{VENV} {sys.version_info.major} {sys.version_info.minor}"


def make_environment() -> None:
    if (VENV / "bin" / "python").exists() and is_usable():
        return
    print("Making an environment in .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(NO_VENV)


def install(lock: Path) -> None:
    count = sum("==" in line for line in lock.read_text().splitlines())
    print(f"Installing {lock.name} into .venv, once (about {count} packages) …", flush=True)
    STAMP.unlink(missing_ok=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    options = ["--require-hashes", "--only-binary=:all:", "--progress-bar=off", "-r", str(lock)]
    with subprocess.Popen([*pip, *options], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            tell(line)
    if process.returncode != 0:
        sys.exit(f"pip could not install {lock.name}: see its message above.")
    STAMP.write_text(wanted(lock))


def tell(line: str) -> None:
    """pip's progress, a line per package."""
    if line.startswith(("Collecting ", "Installing collected")):
        print("  " + line.split(" (")[0].split(":")[0].strip(), flush=True)


def main(lock: Path) -> None:
    os.chdir(PROJECT)
    Path(".data").mkdir(exist_ok=True)
    with Path(".data/install.lock").open("a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not is_installed(lock):
            make_environment()
            install(lock)


if __name__ == "__main__":
    try:
        main(PROJECT / sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
