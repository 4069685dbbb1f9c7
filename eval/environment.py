"""Which code, on which machine. Owns what a report says of its surroundings; measures nothing."""

import hashlib
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("index", "qa", "eval")


def quoth_version() -> str:
    """As it was installed."""
    return version("quoth")


def commit() -> str | None:
    """The checkout's commit, with ``+`` where files differ from it; None outside of a checkout."""
    head = _git("rev-parse", "--short=12", "HEAD")
    if head is None:
        return None
    return f"{head}+" if _git("status", "--porcelain", "--untracked-files=no") else head


def machine() -> str:
    """Processor, cores that may be used, system and Python; no names of hosts or users."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{_processor()}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def code_sha256(*packages: str) -> str:
    """Over every source file of the packages, of all three if none is named: what other code made is not mixed in."""
    digest = hashlib.sha256()
    for package in packages or _PACKAGES:
        for path in sorted((_ROOT / package).rglob("*.py")):
            digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def peak_memory_mb(*, children: bool = False) -> float | None:
    """Most memory that this process, or any of those it waited for, has held; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    peak = resource.getrusage(who).ru_maxrss
    # Kilobytes everywhere but on macOS, which counts bytes.
    return round(peak / (1024 * 1024 if platform.system() == "Darwin" else 1024), 1)


def _git(*arguments: str) -> str | None:
    # An installed copy may lie inside some other project's checkout, whose commit says nothing.
    if not (_ROOT / ".git").exists():
        return None
    try:
        done = subprocess.run(
            ["git", "-C", str(_ROOT), *arguments],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
