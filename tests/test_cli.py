"""The command line as a user types it: real processes, exit codes, streams, and what is not imported for help."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
QUOTH = [sys.executable, "-c", "from qa.cli import main; main()"]
HEAVY = (
    "torch",
    "textual",
    "faiss",
    "onnxruntime",
    "sentence_transformers",
    "transformers",
    "tantivy",
    "pydantic",
    "numpy",
)


def quoth(*arguments: str, cwd: Path = ROOT, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    environment.pop("QUOTH_INDEX", None)
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [*QUOTH, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        **options,
    )


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("built") / "quoth"
    built = quoth("index", "--index", str(directory), "seeds")
    assert built.returncode == 0, built.stderr
    return directory


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["index", "--help"], ["eval", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\nfrom qa.cli import main\n"
        f"sys.argv = ['quoth', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stderr.strip() == "[]"
    assert "Usage" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ask"], "give one question"),
        (["ask", "who?", "--questions", "x.jsonl", "--json"], "give one question"),
        (["ask", "--questions", "x.jsonl"], "add --json"),
        (["ask", "who?", "--json", "--markdown"], "exclude each other"),
        (["ask", "", "--index", "nowhere"], "the question is empty"),
        (["ask", "x" * 10_000, "--index", "nowhere"], "shorten it"),
        (["ask", "who?", "--index", "nowhere"], "run `quoth index`"),
        (["index", "no/such/path", "--index", "nowhere"], "no/such/path"),
        (["chat", "--index", "nowhere"], "needs a terminal"),
    ],
)
def test_bad_input_is_one_line_with_the_remedy(arguments: list[str], complaint: str, tmp_path: Path) -> None:
    run = quoth(*arguments, cwd=tmp_path, stdin=subprocess.DEVNULL)
    assert run.returncode == 2
    assert run.stdout == ""
    assert complaint in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('{"id": 1, "question": "who?"}\nnot json\n', "line 2 is not JSON"),
        ('{"id": 1}\n', "line 1 has no id or no question"),
        ('\n{"id": 1, "question": " "}\n', "line 2: the question is empty"),
    ],
)
def test_a_questions_file_is_checked_before_anything_is_answered(tmp_path: Path, content: str, complaint: str) -> None:
    (tmp_path / "q.jsonl").write_text(content)
    run = quoth("ask", "--questions", "q.jsonl", "--json", cwd=tmp_path)
    assert run.returncode == 2
    assert complaint in run.stderr


@pytest.mark.model
def test_an_answer_proves_itself_against_the_files(seeds_index: Path) -> None:
    run = quoth("ask", "--json", "--index", str(seeds_index), "who mediated?")
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert answer["answer"] in {"Turkey and Qatar", "Qatar and Turkey"}
    for evidence in answer["evidence"]:
        text = (ROOT / evidence["document"]["path"]).read_bytes().decode()
        assert text[evidence["start"] : evidence["end"]] == evidence["text"]
        if evidence["answer"]:
            span = evidence["answer"]
            assert text[span["start"] : span["end"]] == span["text"]


@pytest.mark.model
def test_sources_that_disagree_are_shown_unasked(seeds_index: Path) -> None:
    answer = json.loads(quoth("ask", "--json", "--index", str(seeds_index), "when was the ceasefire?").stdout)
    assert answer["status"] == "disputed"
    assert answer["answer"] in {"October 19", "Oct. 19"}
    assert answer["claims"][0]["voices"] == 3
    assert [(claim["text"], claim["voices"]) for claim in answer["claims"] if claim["relation"] == "conflicts"] == [
        ("October 16", 1)
    ]


@pytest.mark.model
def test_an_honest_no_is_exit_code_one(seeds_index: Path) -> None:
    run = quoth("ask", "--index", str(seeds_index), "Who won the football world cup in 1998?")
    assert run.returncode == 1
    assert run.stdout.startswith("The files don't say.")


@pytest.mark.model
def test_many_questions_are_answered_in_order_with_their_ids(seeds_index: Path, tmp_path: Path) -> None:
    questions = [{"id": "b", "question": "who mediated?"}, {"id": "a", "question": "where were the talks held?"}]
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(json.dumps(question) for question in questions))
    run = quoth("ask", "--questions", str(path), "--json", "--index", str(seeds_index))
    assert run.returncode == 0
    assert [json.loads(line)["id"] for line in run.stdout.splitlines()] == ["b", "a"]


@pytest.mark.model
def test_a_closed_pipe_is_no_error(seeds_index: Path) -> None:
    command = " ".join(["'" + part.replace("'", "'\\''") + "'" for part in QUOTH])
    script = (
        f"set -o pipefail; {command} ask --json --index {seeds_index} 'who mediated?' | true; echo ${{PIPESTATUS[0]}}"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.stdout.strip() == "0"
    assert run.stderr == ""


@pytest.mark.model
def test_a_question_does_not_pay_for_torch(seeds_index: Path) -> None:
    script = (
        "import sys\nfrom qa.cli import main\n"
        f"sys.argv = ['quoth', 'ask', '--index', {str(seeds_index)!r}, 'who mediated?']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([n for n in ('torch', 'sentence_transformers', 'transformers', 'textual', 'onnx') if n in sys.modules], "
        "file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stderr.strip() == "[]"
