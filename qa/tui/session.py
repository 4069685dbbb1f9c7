"""The questions of one session with what became of them. Owns the list and its export; keeps nothing after quitting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.types import Answer


@dataclass
class Exchange:
    """A question and what became of it."""

    question: str
    answer: Answer | None = None
    """None while it is read, and where ``problem`` says why there is none."""
    problem: str = ""
    stopped: bool = False
    """The user gave it up."""

    @property
    def is_open(self) -> bool:
        """Still waits for its answer."""
        return self.answer is None and not self.problem and not self.stopped


@dataclass
class Session:
    """All exchanges, oldest first."""

    exchanges: list[Exchange] = field(default_factory=list)

    def begin(self, question: str) -> Exchange:
        """A new exchange, at the end."""
        exchange = Exchange(question)
        self.exchanges.append(exchange)
        return exchange

    @property
    def answers(self) -> list[Answer]:
        """Of the exchanges that came to one; an honest no is one too."""
        return [exchange.answer for exchange in self.exchanges if exchange.answer]

    def export(self, folder: Path, now: datetime) -> Path:
        """Writes every answer as Markdown to a new file in ``folder``, named after the time; raises ``OSError``."""
        from qa.render import as_markdown

        path = folder / f"quoth-{now:%Y-%m-%d-%H%M%S}.md"
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(["# Questions to Quoth\n", *map(as_markdown, self.answers)]))
        return path
