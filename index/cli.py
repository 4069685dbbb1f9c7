"""Owns the commands `quoth index` and `quoth status`. What they do is elsewhere, and imported only when they run."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.health import Health
    from index.types import BuildReport

DEFAULT_PATH = Path("seeds")
DEFAULT_INDEX = Path(".quoth")
_SHOWN = 5
"""Names of stale files that are listed; the rest is a number."""

IndexOption = Annotated[Path, typer.Option("--index", envvar="QUOTH_INDEX", metavar="DIR", help="The index's folder.")]


def mount(app: typer.Typer) -> None:
    """Add this package's commands."""
    app.command("index")(index_command)
    app.command("status")(status_command)


def index_command(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Folders or files; seeds/ if none is given.")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read everything anew; mends a damaged index.")] = False,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="Folder or hub id; all-MiniLM-L6-v2 if none is given.")
    ] = None,
    index_dir: IndexOption = DEFAULT_INDEX,
) -> None:
    """Build or update the index: it will hold the .txt and .md articles under PATH, and nothing else."""
    from index.build import build_index
    from index.progress import watched
    from index.settings import DEFAULT_MODEL, IndexSettings

    try:
        with watched() as progress:
            report = build_index(
                paths or [DEFAULT_PATH],
                index_dir,
                settings=IndexSettings(model=model or DEFAULT_MODEL),
                rebuild=rebuild,
                progress=progress,
            )
    except KeyboardInterrupt:
        print("stopped; what is embedded is kept: run the command again to go on", file=sys.stderr)
        raise typer.Exit(130) from None
    print("\n".join(report_lines(report)))


def status_command(
    index_dir: IndexOption = DEFAULT_INDEX,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what is in the index, with which model, how fresh it is and whether it is whole."""
    from index.health import inspect

    health = inspect(index_dir)
    print(health.model_dump_json(indent=2) if as_json else "\n".join(status_lines(health, index_dir)))
    raise typer.Exit(1 if health.damage or health.stale else 0)


def report_lines(report: "BuildReport") -> list[str]:
    """What a build did, a line for the whole and one for each file that was skipped."""
    lines = [
        f"{_holds(report.documents, report.passages, report.copies)} in {report.seconds:.1f} seconds",
        f"{report.added} new, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged;"
        f" {_count(report.embedded, 'passage')} embedded",
    ]
    lines += [f"skipped {printable(skipped.path)}: {skipped.reason}" for skipped in report.skipped]
    return lines


def status_lines(health: "Health", directory: Path) -> list[str]:
    """The state of an index in words."""
    lines = []
    if manifest := health.manifest:
        lines += [
            f"index     {printable(str(directory))}, format {manifest.format_version}, built {manifest.built_at}",
            f"model     {printable(manifest.model_name)}, {manifest.dimension} dimensions,"
            f" sha256 {manifest.model_fingerprint[:12]}…",
            f"holds     {_holds(manifest.documents, manifest.passages, health.copies)}",
        ]
    lines.append(f"whole     no: {printable(health.damage)}" if health.damage else "whole     yes")
    if not health.damage:
        lines.append(
            "fresh     yes" if not health.stale else "fresh     no: run `quoth index` on the same folder again"
        )
    for word, names in (("new", health.new), ("changed", health.changed), ("removed", health.removed)):
        lines += [f"{word:9} {printable(name)}" for name in names[:_SHOWN]]
        if len(names) > _SHOWN:
            lines.append(f"{word:9} and {len(names) - _SHOWN} more")
    return lines


def _holds(documents: int, passages: int, copies: int) -> str:
    return f"{_count(documents, 'document')}, {_count(passages, 'passage')}, {_count(copies, 'copy', 'copies')}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def printable(text: str) -> str:
    """The text with a mark for each character that could act on a terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)
