"""Every Python 3.11 or newer on this machine, each with the product installed: to see that all of them tell the same story."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


def found() -> dict[str, str]:
    """Version to interpreter, for each that really starts; the one that runs the tests among them."""
    out = {}
    for version in VERSIONS:
        places = [shutil.which(f"python{version}"), *map(str, sorted(_pyenv().glob(f"{version}.*/bin/python{version}")))]
        working = [place for place in places if place and _starts(place, version)]
        if working:
            out[version] = working[0]
    out[f"{sys.version_info.major}.{sys.version_info.minor}"] = sys.executable
    return out


def with_product(version: str, interpreter: str) -> str:
    """An interpreter of this version that has the product and what it depends on, set up on first use.

    Raises:
        subprocess.CalledProcessError: it cannot be installed there.
    """
    if interpreter == sys.executable:
        return interpreter
    home = REPOSITORY / ".venv" / "pythons" / version
    wanted = hashlib.sha256((REPOSITORY / "pyproject.toml").read_bytes()).hexdigest()[:12]
    python, ready = home / "bin" / "python", home / f".ready-{wanted}"
    if not ready.exists():
        subprocess.run([interpreter, "-m", "venv", str(home)], check=True, capture_output=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-e", str(REPOSITORY)], check=True, capture_output=True)
        ready.touch()
    return str(python)


def _pyenv() -> Path:
    return Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"


def _starts(place: str, version: str) -> bool:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([place, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() == version
