import io

import pytest
from rich.console import Console

from index.progress import BarProgress, LineProgress


def play(progress: BarProgress | LineProgress) -> None:
    with progress:
        progress.stage("reading")
        for done in range(1, 101):
            progress.advance(done, 100)
        progress.stage("writing")


def test_plain_lines_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    play(LineProgress(Console(file=stream)))
    lines = stream.getvalue().splitlines()
    assert lines[:2] == ["reading articles", "reading articles: 10 of 100"]
    assert lines[-2:] == ["reading articles: 100 of 100", "writing the index"]
    assert len(lines) == 12


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_bar_with_rate_and_time_left_on_a_terminal(width: int) -> None:
    stream = io.StringIO()
    progress = BarProgress(Console(file=stream, force_terminal=True, width=width))
    with progress:
        progress.stage("embedding")
        progress.advance(3, 10)
        progress._progress.refresh()
    assert "3/10" in stream.getvalue()
