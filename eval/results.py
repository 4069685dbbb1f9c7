"""``python -m eval.results FOLDER REPORT.json …``: RESULTS.md and its charts, made of reports and of nothing else.

Owns its layout and the published figures to stand beside. Runs of one suite on the same data share a table; every other
run is compared, paired, with the one that has no options.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.compare import compare, load_report
from eval.report.markdown import markdown_table
from eval.report.plots import Plot, confidence_plots
from eval.report.rows import Table, number
from eval.report.svg import standalone
from eval.types import Metric, Report, Setting

_SHOWN = {
    "seeds": (
        "cases.passed", "documents.success@3", "passages.recall@5", "passages.ndcg@10", "answers.right", "answers.f1",
        "citations.precision", "citations.recall", "abstention.precision", "abstention.recall", "disputed.precision",
        "disputed.recall", "confidence.aurc", "confidence.coverage@5%", "confidence.coverage@10%", "confidence.ece",
        "offsets.exact", "repeatable",
    ),
    "reading": (
        "answers.em", "answers.f1", "answers.em.has_answer", "answers.f1.has_answer", "answers.em.no_answer",
        "answers.f1.best_threshold", "abstention.precision", "abstention.recall", "confidence.aurc", "confidence.ece",
    ),
    "open": (
        "answers.em.occurs", "answers.f1.occurs", "answers.right.occurs", "answers.em.absent", "answers.f1.absent",
        "abstention.precision", "abstention.recall", "confidence.aurc", "confidence.ece", "offsets.exact",
    ),
    "conflicts": (
        "relations.accuracy", "relations.precision", "relations.recall", "answers.recall", "answers.precision",
        "answers.all", "answers.misled", "conflicts.precision", "conflicts.recall", "offsets.exact",
    ),
    "retrieval": (
        "passages.holds@1", "passages.holds@5", "passages.holds@16", "passages.holds@24", "passages.holds@50",
        "documents.ndcg@10", "documents.recall@100", "documents.mrr@10", "documents.map",
    ),
    "latency": (
        "latency.retrieve.p50", "latency.read.p50", "latency.total.p50", "latency.total.p95", "latency.total.p99",
        "cold_start_ms.p50", "cold_start_ms.max", "peak_memory_mb", "peak_memory_mb.warm",
    ),
}  # fmt: skip
_PLAIN = "as shipped"
_CHARTED = ("seeds", "own", "reading", "open")
"""Suites whose confidence is of single answers."""
_JUDGED_BY = {
    "seeds": ("answers.right", "cases.passed"),
    "own": ("answers.right", "cases.passed"),
    "reading": ("answers.f1",),
    "open": ("answers.f1.occurs",),
    "conflicts": ("answers.recall",),
    "retrieval": ("passages.holds@16", "documents.ndcg@10"),
}
"""The first of them that a suite's runs have."""
_PUBLISHED_OF = {"retrieval": "scifact", "conflicts": "ramdocs"}
"""Suites that run on several sets of data, with a part of the name of the one that the figures are of."""
_PUBLISHED = {
    "reading": "SQuAD 2.0 dev, EM / F1, model cards: roberta-base-squad2 79.9 / 83.0, tinyroberta-squad2 78.9 / 82.0, "
    "minilm-uncased-squad2 76.1 / 79.5; all were trained on SQuAD's 130,000 training questions.",
    "open": "RealTimeQA, answer string occurs, EM / F1 of the published predictions: GPT-3 with web search "
    "53.0 / 60.4, RAG with web search 22.9 / 26.9.",
    "conflicts": "RAMDocs, all answers at once: 32.6 for Llama-3.3-70B with debate (Wang et al. 2025).",
    "retrieval": "SciFact nDCG@10: BM25 .679, all-MiniLM-L6-v2 .645, SPLADE++ .704, bge-small-en-v1.5 .713, "
    "bge-base-en-v1.5 .741.",
    "seeds": "Abstention elsewhere: haiku.rag publishes precision 0.33 and recall 0.44 on MTRAG.",
}


def results(reports: Sequence[Report]) -> str:
    """The whole page, in Markdown; ``charts`` are the files that it shows."""
    groups = _grouped(reports)
    head = (
        "# Results\n\nMade by `python -m eval.results eval REPORT…` from the reports of the commands below; brackets "
        "hold 95 % bootstrap intervals over cases. Definitions are in `eval/metrics/`."
    )
    return "\n\n".join([head, *(_section(suite, group) for (suite, _), group in groups.items())]) + "\n"


def _grouped(reports: Sequence[Report]) -> dict[tuple[str, str], list[Report]]:
    groups: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        groups.setdefault((report.suite, report.data.sha256), []).append(report)
    return groups


def _section(suite: str, group: Sequence[Report]) -> str:
    data = group[0].data
    parts = [
        f"## {suite}: {data.name}",
        f"{data.cases} cases, {_shared(group)}sha256 `{data.sha256[:16]}`. {_published(suite, data.name)}".strip(),
        markdown_table(_values(suite, group)),
        _comparisons(suite, group),
        " ".join(f"![{plot.title}](charts/{name})" for name, plot in _charts(suite, group).items()),
        "\n".join(_provenance(report) for report in group),
    ]
    return "\n\n".join(part for part in parts if part)


def charts(reports: Sequence[Report]) -> dict[str, str]:
    """The SVG files that the page shows, by name."""
    drawn = [plots for (suite, _), group in _grouped(reports).items() for plots in _charts(suite, group).items()]
    return {name: standalone(plot.chart) for name, plot in drawn}


def _charts(suite: str, group: Sequence[Report]) -> dict[str, Plot]:
    """Of the run as shipped: is its confidence deserved, and what does refusing buy?"""
    plain = dict(zip(_labels(group), group, strict=True)).get(_PLAIN)
    if plain is None or suite not in _CHARTED:
        return {}
    return {f"{suite}-{plain.data.sha256[:6]}-{name}.svg": plot for name, plot in confidence_plots(plain).items()}


def _values(suite: str, group: Sequence[Report]) -> Table:
    measured = [{metric.name: metric for metric in (*one.metrics, *one.timings.metrics)} for one in group]
    names = [name for name in _SHOWN.get(suite, _SHOWN["seeds"]) if any(name in metrics for metrics in measured)]
    rows = tuple((name, *(_cell(metrics.get(name)) for metrics in measured)) for name in names)
    return Table(header=("metric", *_labels(group)), rows=rows)


def _comparisons(suite: str, group: Sequence[Report]) -> str:
    labels = _labels(group)
    names = {metric.name for metric in group[0].metrics}
    judged_by = next((name for name in _JUDGED_BY.get(suite, ()) if name in names), None)
    if _PLAIN not in labels or judged_by is None or len(group) < 2:
        return ""
    plain = group[labels.index(_PLAIN)]
    rows = []
    for label, other in zip(labels, group, strict=True):
        found = {one.metric: one for one in compare(plain, other).differences} if other is not plain else {}
        if one := found.get(judged_by):
            interval = f"{one.low:+.3f} … {one.high:+.3f}"
            rows.append((label, f"{one.difference:+.3f}", interval, f"{one.p:.4f}", one.verdict))
    header = (f"{judged_by} against {_PLAIN}", "difference", "95 % interval", "p", "verdict over all metrics")
    return markdown_table(Table(header=header, rows=tuple(rows)))


def _cell(metric: Metric | None) -> str:
    if metric is None:
        return "–"
    bounded = metric.low is not None and metric.high is not None
    return number(metric.name, metric.value) + (f" [{metric.low:.3f}–{metric.high:.3f}]" if bounded else "")


def _labels(group: Sequence[Report]) -> list[str]:
    """Each run's options but for those that all of the group have."""
    shared = _shared_options(group)
    return [_told({name: one.options[name] for name in one.options if name not in shared}) or _PLAIN for one in group]


def _shared(group: Sequence[Report]) -> str:
    told = _told(_shared_options(group))
    return f"{told}, " if told else ""


def _shared_options(group: Sequence[Report]) -> dict[str, Setting]:
    first = group[0].options
    return {name: first[name] for name in first if all(one.options.get(name) == first[name] for one in group)}


def _told(options: Mapping[str, Setting]) -> str:
    return ", ".join(name if value is True else f"{name} {value}" for name, value in options.items())


def _published(suite: str, data: str) -> str:
    """Figures to stand beside, where they are of the same data."""
    return _PUBLISHED.get(suite, "") if _PUBLISHED_OF.get(suite, "") in data else ""


def _provenance(report: Report) -> str:
    settings = ", ".join(f"{name} {value}" for name, value in report.settings.items())
    return f"- `{report.command}`, commit `{report.commit}`, {report.timings.machine}" + (
        f"; {settings}" if settings else ""
    )


def _write(folder: Path, reports: Sequence[Report]) -> None:
    (folder / "charts").mkdir(parents=True, exist_ok=True)
    for name, drawn in charts(reports).items():
        (folder / "charts" / name).write_text(drawn, encoding="utf-8")
    (folder / "RESULTS.md").write_text(results(reports), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: python -m eval.results FOLDER REPORT.json …")
    _write(Path(sys.argv[1]), [load_report(Path(name)) for name in sys.argv[2:]])
