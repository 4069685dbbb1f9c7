"""A terminal that is closed ends what runs in it."""

import os
import pty
from queue import Queue

import pytest

from qa.tui.hangup import EXIT_CODE, hung_up, leave_with


def test_a_closed_terminal_is_left() -> None:
    outside, inside = pty.openpty()
    left: Queue[int] = Queue()
    thread = leave_with(inside, left.put)
    os.write(outside, b"who mediated?\n")
    thread.join(0.2)
    assert thread.is_alive()
    assert left.empty()
    os.close(outside)
    assert left.get(timeout=10) == EXIT_CODE == 129
    thread.join(10)
    os.close(inside)


def test_what_is_no_terminal_is_not_waited_for(tmp_path) -> None:
    with (tmp_path / "file").open("wb") as file:
        closed = file.fileno()
    assert not hung_up(closed)


def test_a_system_without_polling_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("select.poll")
    assert not hung_up(0)
