"""Writes what neither training nor fitting has seen, in the formats that ``quoth eval`` reads. Changes no record."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qa.training.held_out import LATEST_FITTING_DATE, unread_articles
from qa.training.mine import read_articles, read_lines


def write_unseen(data: Path, folder: Path) -> dict[str, int]:
    """The files in ``folder`` by name, with how many questions or articles each holds.

    ``squad2.json`` has the articles that training left out (the calibration of a reading alone was fitted on them, its
    threshold's F1 is therefore validation); ``questions.jsonl`` and ``articles.jsonl`` the news after the last date
    that anything was fitted on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    squad = unread_articles(data)
    (folder / "squad2.json").write_text(json.dumps(squad), encoding="utf-8")
    questions = [
        one
        for one in read_lines(data / "realtimeqa" / "questions-2020-2023.jsonl.gz")
        if one["date"] > LATEST_FITTING_DATE and one["gcs_articles"]
    ]
    wanted = {name for one in questions for name in one["gcs_articles"]}
    articles = [one for name, one in read_articles(data).items() if name in wanted]
    return {
        "squad2.json": sum(len(part["qas"]) for article in squad["data"] for part in article["paragraphs"]),
        "questions.jsonl": _write_lines(folder / "questions.jsonl", questions),
        "articles.jsonl": _write_lines(folder / "articles.jsonl", articles),
    }


def _write_lines(path: Path, records: Iterable[dict[str, Any]]) -> int:
    lines = [json.dumps(record) for record in records]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)
