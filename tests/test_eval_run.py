"""The loop, the journal, the gate and every form of the report, on outcomes made by hand."""

import json
import re
from io import StringIO
from xml.etree import ElementTree

import pytest
from rich.console import Console

from eval.baseline import Baseline, load_baselines, load_record, save_baselines, save_record
from eval.bench import Bench
from eval.gate import exit_code
from eval.report import write_report
from eval.report.terminal import print_report
from eval.results import charts, results
from eval.run import command_of, run_bench, sample
from eval.settings import RunSettings
from eval.types import DataInfo, Floor, Forecast, Metric, Outcome, Part, Report
from eval.update import updated
from index.errors import InputError

DATA = DataInfo(name="made up", sha256="ab" * 32, cases=12, shipped=True)
HOSTILE = "who [bold]said[/bold] \x1b[31m<script>alert(1)</script> & | `x`\u202e?"


@pytest.fixture(autouse=True)
def unchanging_code(monkeypatch):
    """The files of a checkout may be edited while its tests run."""
    monkeypatch.setattr("eval.run.code_sha256", lambda: "code")


def outcome(number, *, right=True):
    return Outcome(
        id=f"case-{number}",
        question=HOSTILE if number == 0 else f"question {number}",
        type="who" if number % 2 else "when",
        expected=("gold",),
        got="gold" if right else HOSTILE,
        status="answered",
        scores={"cases.passed": Part(float(right), 1), "answers.f1": Part(0.9 if right else 0.1, 1)},
        forecast=Forecast(confidence=0.8 if right else 0.3, right=right, answerable=True, refused=False),
        blame=None if right else "misread",
        timings_ms={"total": 10.0 + number},
    )


def bench(outcomes, **more):
    tasks = {one.id: (lambda one=one: one) for one in outcomes}
    return Bench(data=DATA, settings={"reader": "made up"}, tasks=tasks, **more)


def quiet(done, total):
    """Progress of no interest."""


def report_of(out, outcomes, *, floors=(), settings=None, **more):
    baselines = [Baseline(suite="seeds", data=None, floors=floors)]
    settings = settings or RunSettings()
    return run_bench("seeds", bench(outcomes, **more), settings=settings, baselines=baselines, out=out, progress=quiet)


OUTCOMES = [outcome(number, right=number % 3 != 0) for number in range(12)]
MET = (Floor(metric="cases.passed", at_least=0.6), Floor(metric="confidence.ece", at_most=0.9))
MISSED = (*MET, Floor(metric="answers.f1", at_least=0.99), Floor(metric="unheard.of", at_least=0.1))


def test_metrics_are_sums_over_cases_with_intervals(tmp_path):
    report = report_of(tmp_path, OUTCOMES)
    passed = report.measured("cases.passed")
    assert passed.value == pytest.approx(8 / 12, abs=1e-6)
    assert passed.cases == 12
    assert passed.low < passed.value < passed.high
    assert {metric.name: metric.value for metric in report.by_type["who"]}["cases.passed"] == pytest.approx(
        4 / 6, abs=1e-6
    )
    assert report.blame == {"misread": {"when": ("case-0", "case-6"), "who": ("case-3", "case-9")}}


def test_two_runs_have_the_same_bytes_apart_from_timings(tmp_path):
    one, other = (report_of(tmp_path, OUTCOMES).model_dump(mode="json") for _ in range(2))
    one.pop("timings")
    other.pop("timings")
    assert json.dumps(one) == json.dumps(other)
    assert 'timings_ms": {}' in json.dumps(one)


def test_an_interrupted_run_keeps_what_it_has_and_goes_on(tmp_path):
    asked = []

    def task(one, *, fails):
        def measure():
            asked.append(one.id)
            if fails:
                raise KeyboardInterrupt
            return one

        return measure

    tasks = {one.id: task(one, fails=number == 7) for number, one in enumerate(OUTCOMES)}
    stopped = Bench(data=DATA, settings={}, tasks=tasks)
    run = {"settings": RunSettings(), "baselines": (), "out": tmp_path, "progress": quiet}
    with pytest.raises(KeyboardInterrupt):
        run_bench("seeds", stopped, **run)
    with (tmp_path / "unfinished.jsonl").open("a") as journal:
        journal.write('{"id": "case-8", "ques')  # killed in the middle of a line
    asked.clear()
    whole = Bench(data=DATA, settings={}, tasks={one.id: task(one, fails=False) for one in OUTCOMES})
    report = run_bench("seeds", whole, **run)
    assert asked == [one.id for one in OUTCOMES[7:]]
    assert [case.id for case in report.cases] == [one.id for one in OUTCOMES]
    assert not (tmp_path / "unfinished.jsonl").exists()


def test_each_outcome_is_on_disk_before_the_next_case_begins(tmp_path):
    def second():
        assert '"case-0"' in (tmp_path / "unfinished.jsonl").read_text()
        return outcome(1)

    tasks = {"case-0": lambda: outcome(0), "case-1": second}
    run = {"settings": RunSettings(), "baselines": (), "out": tmp_path, "progress": quiet}
    assert len(run_bench("seeds", Bench(data=DATA, settings={}, tasks=tasks), **run).cases) == 2


def test_outcomes_of_other_options_are_not_taken_over(tmp_path):
    def interrupted():
        raise KeyboardInterrupt

    tasks = {"case-0": lambda: outcome(0, right=False), "case-1": interrupted}
    run = {"baselines": (), "out": tmp_path, "progress": quiet}
    with pytest.raises(KeyboardInterrupt):
        run_bench("seeds", Bench(data=DATA, settings={}, tasks=tasks), settings=RunSettings(), **run)
    whole = Bench(data=DATA, settings={}, tasks={"case-0": lambda: outcome(0)})
    report = run_bench("seeds", whole, settings=RunSettings(weight=0.5), **run)
    assert report.measured("cases.passed").value == 1


@pytest.mark.parametrize(("floors", "code"), [(MET, 0), (MISSED, 1), ((), 0)])
def test_the_exit_code_the_table_and_junit_agree(tmp_path, floors, code):
    report = report_of(tmp_path, OUTCOMES, floors=floors)
    assert exit_code(report.gate) == code
    write_report(report, tmp_path)
    suite = ElementTree.fromstring((tmp_path / "junit.xml").read_text())
    failed = {test.get("name") for test in suite.iter("testcase") if test.find("failure") is not None}
    assert failed == ({"answers.f1", "unheard.of"} if code else set())
    assert suite.get("failures") == str(len(failed))
    table = shown(report)
    assert ("MISSED" in table) == bool(code)
    assert ("floors missed" in table) == bool(code)


def shown(report):
    console = Console(width=200, record=True, file=StringIO(), force_terminal=True)
    print_report(report, console)
    return console.export_text(styles=True)


def test_floors_are_not_asked_of_an_ablation(tmp_path):
    report = report_of(tmp_path, OUTCOMES, floors=MISSED, settings=RunSettings(weight=0.3))
    assert not report.gate.applies
    assert exit_code(report.gate) == 0
    assert report.options == {"weight": 0.3}


def test_article_text_stays_text_in_every_form(tmp_path):
    report = report_of(tmp_path, OUTCOMES, floors=MISSED)
    assert "\x1b[31m" not in shown(report)
    assert "[bold]said[/bold]" in shown(report)
    write_report(report, tmp_path)
    page = (tmp_path / "report.html").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"""(src|href)\s*=|@import|url\(""", page), "the page must open offline"
    assert r"\<script\>" in (tmp_path / "report.md").read_text()
    assert json.loads((tmp_path / "report.json").read_text())["cases"][0]["question"] == HOSTILE
    assert Report.model_validate_json((tmp_path / "report.json").read_text()) == report


def test_the_page_has_every_chart(tmp_path):
    write_report(report_of(tmp_path, OUTCOMES), tmp_path)
    page = (tmp_path / "report.html").read_text()
    assert page.count("<svg") == 5
    for block in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(block)


@pytest.mark.parametrize(("bound", "met"), [(0.5, True), (0.500001, False)])
def test_a_floor_is_met_when_it_is_just_reached(tmp_path, bound, met):
    half = [outcome(number, right=number % 2 == 0) for number in range(12)]
    report = report_of(tmp_path, half, floors=(Floor(metric="cases.passed", at_least=bound),))
    assert report.gate.met is met
    report = report_of(tmp_path, half, floors=(Floor(metric="cases.passed", at_most=1 - bound),))
    assert report.gate.met is met


def test_timings_have_floors_too(tmp_path):
    floors = (Floor(metric="latency.total.p95", at_most=1.0), Floor(metric="cold_start_ms.p50", at_most=10.0))
    cold = lambda _: [Metric(name="cold_start_ms.p50", value=5.0, cases=3)]  # noqa: E731
    report = report_of(tmp_path, OUTCOMES, floors=floors, extra_timings=cold)
    assert [check.met for check in report.gate.checks] == [False, True]


def test_a_sample_is_the_same_for_a_seed_and_keeps_the_order():
    items = {str(number): number for number in range(100)}
    chosen = sample(items, limit=10, seed=1)
    assert chosen == sample(items, limit=10, seed=1)
    assert chosen != sample(items, limit=10, seed=2)
    assert list(chosen.values()) == sorted(chosen.values())
    assert sample(items, limit=None, seed=0) == items


def test_the_command_names_files_without_their_folders(tmp_path):
    settings = RunSettings(data=tmp_path / "squad.json", limit=5, copies=False, per_question=True)
    assert (
        command_of("reading", settings) == "quoth eval reading --data squad.json --limit 5 --per-question --no-copies"
    )
    assert command_of("seeds", RunSettings(slips=2, mend=False)) == "quoth eval seeds --slips 2 --no-mending"


def test_a_floor_has_one_bound():
    with pytest.raises(ValueError, match="either at_least or at_most"):
        Floor(metric="x", at_least=1, at_most=2)


# What --update-baseline does


def many(right):
    return [outcome(number, right=number in right) for number in range(40)]


def updated_with(tmp_path, before, after):
    floors = (Floor(metric="cases.passed", at_least=0.2), Floor(metric="answers.f1", at_least=0.1))
    baselines = [Baseline(suite="seeds", data=None, floors=floors)]
    first = updated(report_of(tmp_path, many(before)), baselines, ())
    assert first.recorded_first
    assert first.baselines == tuple(baselines)
    return first, updated(report_of(tmp_path, many(after)), first.baselines, first.record)


def test_floors_rise_when_the_paired_test_says_better(tmp_path):
    first, second = updated_with(tmp_path, range(10), range(30))
    assert {one.before.metric: one.after.at_least for one in second.raised} == {
        "cases.passed": 0.725,
        "answers.f1": 0.675,
    }
    assert second.record != first.record


@pytest.mark.parametrize("after", [range(11), range(10), range(3)])
def test_floors_stay_when_it_does_not(tmp_path, after):
    first, second = updated_with(tmp_path, range(10), after)
    assert second.raised == ()
    assert second.record == first.record


def test_a_suite_without_floors_has_nothing_to_raise(tmp_path):
    with pytest.raises(InputError, match="no floors are set"):
        updated(report_of(tmp_path, OUTCOMES), (), ())


def test_floors_and_record_survive_the_disk(tmp_path):
    _, second = updated_with(tmp_path, range(10), range(30))
    save_baselines(second.baselines, tmp_path / "baseline.json")
    save_record(second.record, tmp_path / "record.jsonl")
    assert load_baselines(tmp_path / "baseline.json") == second.baselines
    assert load_record(tmp_path / "record.jsonl") == second.record
    assert (tmp_path / "baseline.json").read_text().count("\n") == 2 + 1 + 2 + 1


def test_the_shipped_floors_can_be_read():
    assert load_baselines()


def test_the_results_page_holds_what_the_reports_hold(tmp_path):
    plain = report_of(tmp_path, many(range(10)))
    other = report_of(tmp_path, many(range(35)), settings=RunSettings(weight=0.3))
    page = results([plain, other])
    assert "| metric | as shipped | weight 0.3 |" in page
    assert "0.250 \\[" in page
    assert "+0.625" in page
    assert "quoth eval seeds --weight 0.3" in page
    assert plain.data.sha256[:16] in page
    drawn = charts([plain, other])
    assert len(drawn) == 2
    for name, chart in drawn.items():
        assert f"(charts/{name})" in page
        assert ElementTree.fromstring(chart).tag.endswith("svg")
