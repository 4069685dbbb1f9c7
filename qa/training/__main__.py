"""`python -m qa.training`: what makes the reader, from data to calibration; each command can be run again."""

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Makes the reader's weights from public data.", add_completion=False, no_args_is_help=True)

DataOption = Annotated[Path, typer.Option("--data", help="Folder with reading/ and realtimeqa/.", exists=True)]
GroupsOption = Annotated[Path, typer.Option("--groups", help="The prepared training groups.")]
GROUPS = Path(".work/groups.jsonl")
WORK = Path(".work/reader")
TEACHER = Path(".work/teacher")
SHIPPED = Path(__file__).parents[1] / "models" / "reader"


@app.command()
def prepare(
    data: DataOption,
    groups: GroupsOption = GROUPS,
    first_reader: Annotated[
        Path | None, typer.Option("--first-reader", help="Folder of an exported reader that filters weak labels.")
    ] = None,
) -> None:
    """Mix the sources and mine passages that don't answer; one JSON group a line."""
    from qa.training.examples import write_groups
    from qa.training.prepare import MixSettings
    from qa.training.prepare import prepare as mixed
    from qa.training.stories import read_stories

    groups.parent.mkdir(parents=True, exist_ok=True)
    reader = None
    if first_reader is not None:
        from qa.readers.onnx import OnnxReader

        reader = OnnxReader(first_reader, threads=2)
    mix = mixed(data, MixSettings(), read_stories(), first_reader=reader)
    print(f"{write_groups(groups, mix):,} groups", file=sys.stderr)


@app.command()
def teach(
    start: Annotated[Path, typer.Option("--start", help="Folder of all-mpnet-base-v2.", exists=True)],
    groups: GroupsOption = GROUPS,
    work: Annotated[
        Path, typer.Option("--work", help="Checkpoints, log and weights; resumes what is there.")
    ] = TEACHER,
    steps: Annotated[int, typer.Option(min=1, help="Optimiser steps in all.")] = 2400,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads.")] = 2,
) -> None:
    """Train a reader that is too large to ship, or go on from its last checkpoint."""
    from qa.training.weights.teach import TeacherSettings
    from qa.training.weights.teach import teach as run

    print(run(groups, start, work, TeacherSettings(steps=steps, threads=threads)))


@app.command()
def distil(
    teacher: Annotated[Path, typer.Option("--teacher", help="Folder that `teach` wrote.", exists=True)] = (
        TEACHER / "weights"
    ),
    groups: GroupsOption = GROUPS,
    work: Annotated[Path, typer.Option("--work", help="Checkpoints, log and weights; resumes what is there.")] = WORK,
    steps: Annotated[int, typer.Option(min=1, help="Optimiser steps in all.")] = 4800,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads.")] = 2,
) -> None:
    """Teach the large reader's lowest layers what the whole says, or go on from the last checkpoint."""
    from qa.training.weights.distil import DistilSettings
    from qa.training.weights.distil import distil as run

    print(run(groups, teacher, work, DistilSettings(steps=steps, threads=threads)))


@app.command()
def export(
    weights: Annotated[Path, typer.Argument(help="Folder that `distil` wrote.", exists=True)] = WORK / "weights",
    target: Annotated[Path, typer.Argument(help="Folder to write.")] = SHIPPED,
    name: Annotated[str, typer.Option(help="The reader's name in reports.")] = "quoth-mpnet-l6",
) -> None:
    """Write the ONNX graph, its matrices in 4 bits, the tokenizer and their manifest."""
    from qa.training.weights.export import export as write

    print(write(weights, target, name=name))


@app.command()
def validate(
    folder: Annotated[Path, typer.Argument(help="Folder that `export` wrote.", exists=True)] = SHIPPED,
    groups: GroupsOption = GROUPS,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads.")] = 2,
    limit: Annotated[int, typer.Option(min=1, help="Validation groups of each source.")] = 1000,
) -> None:
    """Read the groups that were kept out of training; one JSON line a source."""
    from qa.readers.onnx import OnnxReader
    from qa.training.examples import first_of_each_source, read_groups
    from qa.training.validate import validate as read

    for scores in read(OnnxReader(folder, threads=threads), first_of_each_source(read_groups(groups), limit)):
        print(scores.model_dump_json(), flush=True)


@app.command()
def calibrate(
    data: DataOption,
    folder: Annotated[Path, typer.Argument(help="Folder that `export` wrote.", exists=True)] = SHIPPED,
    groups: GroupsOption = GROUPS,
    work: Annotated[Path, typer.Option("--work", help="Where the indexes are built.")] = WORK,
    risk: Annotated[float, typer.Option(min=0, max=1, help="Share of wrong answers that is accepted.")] = 0.31,
    cross_validation: Annotated[bool, typer.Option(help="First print how it fares on questions left out.")] = False,
) -> None:
    """Fit what the scores mean on questions that training did not see, and the threshold for the stated risk."""
    from qa.calibration import FILE
    from qa.readers.onnx import OnnxReader
    from qa.training.calibrate import fit, fit_reading
    from qa.training.corpora import gather_all
    from qa.training.cross_validation import cross_validate
    from qa.training.examples import read_groups
    from qa.training.held_out import READING_SOURCE

    reader = OnnxReader(folder, threads=2)
    alone = fit_reading(reader, (one for one in read_groups(groups) if one.validation and one.source == READING_SOURCE))
    with gather_all(reader, data, work) as gathered:
        for fared in cross_validate(gathered, alone, risk=risk) if cross_validation else ():
            print(fared.model_dump_json(), flush=True)
        asked = len({one.question for one in gathered})
        told = f"{asked} questions (unseen stories, news after training, unseen SQuAD 2.0 articles)"
        fitted = fit(gathered, alone, risk=risk, fitted_on=f"{told} read by {reader.name}")
    (folder / FILE).write_text(fitted.model_dump_json(indent=1) + "\n", encoding="utf-8")
    print(fitted.model_dump_json(indent=1))


@app.command()
def unseen(
    data: DataOption,
    folder: Annotated[Path, typer.Argument(help="Folder to write.")] = Path(".work/unseen"),
) -> None:
    """Write the questions and articles that nothing was trained or fitted on, for `quoth eval reading` and `open`."""
    from qa.training.unseen import write_unseen

    for name, count in write_unseen(data, folder).items():
        print(f"{folder / name}: {count:,}")


if __name__ == "__main__":
    app()
