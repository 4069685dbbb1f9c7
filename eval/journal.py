"""Outcomes on disk as they come, so that an interrupted run goes on. Owns that file; judges no outcome."""

import json
from pathlib import Path

from pydantic import ValidationError

from eval.types import Outcome


class Journal:
    """The outcomes of an unfinished run.

    Its first line says of what run; the outcomes of another suite, other data, options or code are not taken over.
    """

    def __init__(self, path: Path, *, fingerprint: str) -> None:
        """Reads what the same run has left in the file, and keeps only that."""
        self._path = path
        self.done = _outcomes(path, fingerprint)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written anew: a run that was killed may have left half a line.
        lines = [json.dumps({"run": fingerprint}), *(outcome.model_dump_json() for outcome in self.done.values())]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        self._file = path.open("a", encoding="utf-8")

    def add(self, outcome: Outcome) -> None:
        """Keep it, even if the next case kills the process."""
        self.done[outcome.id] = outcome
        self._file.write(f"{outcome.model_dump_json()}\n")
        self._file.flush()

    def close(self) -> None:
        """Stop here; the next run goes on."""
        self._file.close()

    def finish(self) -> None:
        """The report is written: forget the outcomes, so that the next run measures again."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def _outcomes(path: Path, fingerprint: str) -> dict[str, Outcome]:
    try:
        first, *lines = path.read_text(encoding="utf-8").split("\n")
        if json.loads(first) != {"run": fingerprint}:
            return {}
    except (OSError, ValueError):
        return {}
    outcomes: dict[str, Outcome] = {}
    for line in lines:
        try:
            outcome = Outcome.model_validate_json(line)
        except ValidationError:
            break
        outcomes[outcome.id] = outcome
    return outcomes
