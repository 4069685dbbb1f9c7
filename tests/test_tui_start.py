"""How the terminal UI starts and ends: nothing heavy before the first paint, the terminal as it was afterwards."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

HEAVY = ("torch", "faiss", "onnxruntime", "sentence_transformers", "transformers", "tantivy", "numpy", "sqlite3")
ROOT = Path(__file__).parent.parent


def test_importing_the_app_imports_nothing_heavy() -> None:
    code = f"import sys, qa.tui.app; print(*[each for each in {(*HEAVY, 'pydantic')!r} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == []


FIRST_PAINT = """
import sys, time
from qa.tui import app as module

def tell(*words):
    with open(sys.argv[1], "a") as file:
        print(*words, file=file)

display = module.QuothApp._display

def watched(self, screen, renderable):
    display(self, screen, renderable)
    tell("painted")

def loader():
    tell("loading", "pydantic" in sys.modules)
    time.sleep(30)

module.QuothApp._display = watched
sys.exit(module.run(loader=loader, index_label="x"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_screen_is_painted_before_loading_and_quitting_does_not_wait_for_it(tmp_path: Path) -> None:
    screen, keyboard = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path / "told")],
        stdin=keyboard,
        stdout=keyboard,
        stderr=keyboard,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
    )
    os.close(keyboard)
    try:
        drawn = _read_until(screen, b"Ask your articles")
        time.sleep(0.5)
        os.write(screen, b"\x11")  # ctrl+q, while the loader still sleeps
        drawn += _read_until(screen, b"\x1b[?1049l")
        process.wait(timeout=10)
    finally:
        process.kill()
        process.wait()
        os.close(screen)
    assert process.returncode == 0
    told = (tmp_path / "told").read_text().splitlines()
    assert told[0] == "painted"
    assert told.index("painted") < told.index("loading False")
    assert b"\x1b[?1049h" in drawn
    assert drawn.rindex(b"\x1b[?25h") > drawn.index(b"\x1b[?1049h"), "the cursor is back"


def _read_until(screen: int, wanted: bytes) -> bytes:
    read, deadline = b"", time.monotonic() + 20
    while wanted not in read:
        assert time.monotonic() < deadline, read
        if select.select([screen], [], [], 0.2)[0]:
            try:
                read += os.read(screen, 65536)
            except OSError:  # the other side is gone
                assert wanted in read, read
    return read
