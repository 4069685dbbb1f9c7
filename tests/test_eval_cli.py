"""The command line of `quoth eval`: what it imports, prints and exits with."""

import json
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from eval import command, suites
from eval.baseline import Baseline
from eval.bench import Bench
from eval.cli import mount
from eval.types import DataInfo, Floor, Outcome, Part
from index.errors import InputError

DATA = DataInfo(name="made up", sha256="ab" * 32, cases=4, shipped=True)


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Runs `quoth eval …` in an empty folder, with a suite of four cases, three of them right."""
    monkeypatch.chdir(tmp_path)
    told = []

    def open_suite(name, settings, workshop):
        told.append((name, settings))
        tasks = {str(n): lambda n=n: outcome(n) for n in range(4)}
        return Bench(data=DATA, settings={}, tasks=tasks)

    def outcome(number):
        return Outcome(id=str(number), question="q", type="who", scores={"cases.passed": Part(float(number > 0), 1)})

    monkeypatch.setattr(command, "open_suite", open_suite)
    app = typer.Typer()

    @app.command()
    def other():
        """Another command, so that `eval` is one of several."""

    mount(app)

    def run(*arguments):
        result = CliRunner().invoke(app, ["eval", *arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    run.told = told
    return run


def floors(monkeypatch, at_least):
    floor = Floor(metric="cases.passed", at_least=at_least)
    monkeypatch.setattr(
        command.baseline, "load_baselines", lambda: (Baseline(suite="seeds", data=None, floors=(floor,)),)
    )


def test_no_suite_is_seeds_and_floors_decide_the_exit_code(asked, monkeypatch, tmp_path):
    floors(monkeypatch, 0.7)
    result = asked()
    assert asked.told[0][0] == "seeds"
    assert result.exit_code == 0
    assert "all 1 floors met" in result.stdout
    written = {path.name for path in (tmp_path / "report" / "seeds").iterdir()}
    assert written == {"report.json", "report.md", "report.html", "junit.xml"}
    floors(monkeypatch, 0.8)
    assert asked().exit_code == 1


def test_json_is_one_object_on_stdout(asked, monkeypatch):
    floors(monkeypatch, 0.7)
    result = asked("seeds", "--json", "--out", "elsewhere")
    assert json.loads(result.stdout)["metrics"][0]["value"] == 0.75
    assert "elsewhere" in result.stderr


def test_options_reach_the_suite(asked):
    asked("open", "--limit", "3", "--no-copies", "--fusion", "rrf", "--per-question", "--index", "there", "--seed", "4")
    asked("seeds", "--slips", "2", "--no-mending")
    assert asked.told[1][1].model_dump(exclude_defaults=True) == {"slips": 2, "mend": False}
    name, settings = asked.told[0]
    assert name == "open"
    told = settings.model_dump(exclude_defaults=True, mode="json")
    assert told == {
        "limit": 3, "copies": False, "fusion": "rrf", "per_question": True, "directory": "there", "seed": 4,
    }  # fmt: skip


def test_an_option_that_can_not_be_is_one_line(asked):
    with pytest.raises(InputError, match="--fusion: "):
        asked("seeds", "--fusion", "magic")


def test_the_list_names_every_suite(asked):
    listed = asked("--list").stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(suites.SUITES)


def test_help_tells_the_options(asked):
    assert "--per-question" in asked("--help").stdout
    assert "A.json" in asked("compare", "--help").stdout


def test_an_unknown_suite_is_refused(tmp_path):
    with pytest.raises(InputError, match="no suite 'sedes': choose one of seeds"):
        suites.open_suite("sedes", None, None)


def test_two_reports_are_compared(asked, tmp_path):
    asked("--out", "a")
    asked("--out", "b")
    result = asked("compare", "a/report.json", "b/report.json")
    assert result.exit_code == 0
    assert "no difference shown" in result.stdout
    compared = json.loads(asked("compare", "a/report.json", "b/report.json", "--json").stdout)
    assert compared["verdict"] == "no difference shown"
    with pytest.raises(InputError, match=r"gone.json: no such file"):
        asked("compare", "a/report.json", "gone.json")
    (tmp_path / "bad.json").write_text('{"suite": 1}')
    with pytest.raises(InputError, match=r"bad.json: "):
        asked("compare", "a/report.json", "bad.json")


def test_the_command_line_imports_no_measurement():
    code = (
        "import sys; import eval.cli; "
        "heavy = {'numpy', 'rich.table', 'ir_measures', 'torch', 'faiss', 'textual', 'jinja2', 'pydantic'}; "
        "print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
