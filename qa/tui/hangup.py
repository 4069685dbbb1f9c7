"""Leaves when the terminal is gone. Owns the waiting for that.

The kernel tells a session's leader only (a shell passes it on; ``make`` waits for its children instead), and Textual
takes the end of a closed terminal's input for no input at all: it would ask again without a pause, for ever.
"""

import os
import select
import signal
from collections.abc import Callable
from threading import Thread

EXIT_CODE = 128 + getattr(signal, "SIGHUP", 1)
"""As if the signal had come."""


def leave_with(terminal: int, leave: Callable[[int], object] = os._exit) -> Thread:
    """Call ``leave`` with ``EXIT_CODE`` once the file descriptor ``terminal`` hangs up; returns the waiting thread."""

    def wait() -> None:
        if hung_up(terminal):
            leave(EXIT_CODE)

    thread = Thread(target=wait, name="quoth-hangup", daemon=True)
    thread.start()
    return thread


def hung_up(terminal: int) -> bool:
    """Wait, without using the processor, until ``terminal`` hangs up; False where that can't be waited for."""
    if not hasattr(select, "poll"):
        return False
    poll = select.poll()
    # No event is asked for: a hang-up is told unasked.
    poll.register(terminal, 0)
    return any(event & select.POLLHUP for _, event in poll.poll())
