"""A build that is killed, in earnest and at any moment, leaves the last good index in use and its embeddings kept."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.build import build_index
from index.embedder import Embedder
from index.search import PassageIndex
from index.settings import IndexSettings

BUILD = """
import runpy, sys, time
from pathlib import Path
from index.build import build_index
from index.settings import IndexSettings

fakes = runpy.run_path(sys.argv[1])

class Slow(fakes["FakeEmbedder"]):
    def embed(self, texts):
        time.sleep(0.02)
        return super().embed(texts)

class Loud:
    def stage(self, name):
        print(name, flush=True)
    def advance(self, done, total):
        print(done, total, flush=True)

settings = IndexSettings(commit_every=1)
build_index([Path(sys.argv[2])], Path(sys.argv[3]), embedder=Slow(), settings=settings, progress=Loud())
"""


def write_articles(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        text = " ".join(f"Sentence {line} of article {number} is on subject {number * line}." for line in range(12))
        (folder / f"{number:03}.txt").write_text(text)


def kill_at(line: str, corpus: Path, directory: Path) -> None:
    """Start a build and kill it as soon as it has printed the line."""
    arguments = [sys.executable, "-c", BUILD, str(Path(__file__).with_name("conftest.py")), str(corpus), str(directory)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for printed in process.stdout:
            if printed.strip() == line:
                os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert process.returncode == -signal.SIGKILL


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("line", ["reading", "cutting", "7 20", "writing", "20 20", "23 23"])
def test_killed_builds_lose_nothing(line: str, tmp_path: Path, fake_embedder: Embedder) -> None:
    corpus, directory = tmp_path / "articles", tmp_path / "q"
    write_articles(corpus, 4)
    build_index([corpus], directory, embedder=fake_embedder)
    with PassageIndex.open(directory, embedder=fake_embedder) as passage_index:
        before = passage_index.search("subject 6", limit=50)

    write_articles(corpus, 24)
    (corpus / "001.txt").unlink()
    kill_at(line, corpus, directory)

    with PassageIndex.open(directory, embedder=fake_embedder) as passage_index:
        assert passage_index.search("subject 6", limit=50) == before
    kept = stored_embeddings(directory) - 1  # that of the article that is gone is of no use
    report = build_index([corpus], directory, embedder=fake_embedder, settings=IndexSettings(commit_every=1))
    assert (report.documents, report.added, report.removed) == (23, 20, 1)
    assert report.embedded + kept == report.passages


def stored_embeddings(directory: Path) -> int:
    with closing(sqlite3.connect(directory / "catalog.sqlite")) as connection:
        return int(connection.execute("SELECT count(*) FROM embeddings").fetchone()[0])
