import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from index.build import build_index
from index.cli import mount, report_lines
from index.embedder import Embedder
from index.errors import IndexMissing, InputError, ModelError
from index.types import BuildReport, SkippedFile

app = typer.Typer()
mount(app)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def directory(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> Path:
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    return tmp_path / "q"


def test_status_of_a_whole_and_fresh_index(directory: Path) -> None:
    result = run("status", "--index", directory)
    assert result.exit_code == 0
    assert "holds     4 documents, 7 passages, 1 copy" in result.stdout
    assert "whole     yes\nfresh     yes" in result.stdout


def test_status_as_json(directory: Path) -> None:
    health = json.loads(run("status", "--json", "--index", directory).stdout)
    assert health["manifest"]["documents"] == 4
    assert health["damage"] is None


def test_status_names_what_is_new_changed_and_removed(directory: Path, tiny_corpus: Path) -> None:
    (tiny_corpus / "new.txt").write_text("New.")
    (tiny_corpus / "storks.txt").write_text("Changed.")
    (tiny_corpus / "ferry.txt").unlink()
    result = run("status", "--index", directory)
    assert result.exit_code == 1
    assert re.search(r"fresh     no: .*\nnew       new.txt\nchanged   storks.txt\nremoved   ferry.txt", result.stdout)


def test_a_file_that_was_only_touched_is_fresh(directory: Path, tiny_corpus: Path) -> None:
    (tiny_corpus / "storks.txt").touch()
    assert run("status", "--index", directory).exit_code == 0


def test_a_skipped_file_is_not_new_until_it_is_mended(
    tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder
) -> None:
    (tiny_corpus / "bad.txt").write_bytes(b"\0")
    build_index([tiny_corpus], tmp_path / "q", embedder=fake_embedder)
    assert run("status", "--index", tmp_path / "q").exit_code == 0
    (tiny_corpus / "bad.txt").write_text("Mended now.")
    assert run("status", "--index", tmp_path / "q").exit_code == 1


def test_status_of_a_damaged_index(directory: Path) -> None:
    vectors = next(directory.rglob("vectors.faiss"))
    vectors.write_bytes(vectors.read_bytes()[:-1] + b"!")
    result = run("status", "--index", directory)
    assert result.exit_code == 1
    assert "whole     no: " in result.stdout
    assert "vectors.faiss is missing or damaged: run `quoth index --rebuild`" in result.stdout


def test_status_of_no_index(tmp_path: Path) -> None:
    assert isinstance(run("status", "--index", tmp_path).exception, IndexMissing)


def test_errors_of_index_name_the_remedy(tmp_path: Path) -> None:
    missing = run("index", tmp_path / "nothing", "--index", tmp_path / "q").exception
    assert isinstance(missing, InputError)
    assert "no such path" in str(missing)
    (tmp_path / "a.txt").write_text("An article.")
    model = run("index", tmp_path / "a.txt", "--index", tmp_path / "q", "--model", tmp_path).exception
    assert isinstance(model, ModelError)
    assert not (tmp_path / "q" / "catalog.sqlite").exists()


def test_the_report_names_each_skipped_file_and_can_t_act_on_the_terminal() -> None:
    report = BuildReport(
        **dict.fromkeys(("documents", "passages", "copies", "added", "changed", "removed", "unchanged", "embedded"), 1),
        seconds=1.26,
        skipped=(SkippedFile(path="a\x1b[31m.txt", reason="empty"),),
    )
    assert report_lines(report) == [
        "1 document, 1 passage, 1 copy in 1.3 seconds",
        "1 new, 1 changed, 1 removed, 1 unchanged; 1 passage embedded",
        "skipped a�[31m.txt: empty",
    ]
