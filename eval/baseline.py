"""The floors as data. Owns ``baseline.json`` and the record of cases beside it; decides no verdict.

``baseline.json`` holds the floors, to be reviewed in diffs. ``baseline-cases.jsonl`` holds what each case added to the
metrics when a floor was last raised, so that a later run can be compared with it case by case.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from eval.files import json_lines, read_json, validated
from eval.types import DataInfo, Floor, Part, Setting
from index.errors import InputError
from index.types import Frozen

BASELINE = Path(__file__).parent / "baseline.json"
RECORD = Path(__file__).parent / "baseline-cases.jsonl"
MOST_CASES_RECORDED = 1_000


class Baseline(Frozen):
    """The floors of one suite on certain data with certain options."""

    suite: str
    data: str | None
    """First characters of the data's sha256; None for shipped cases, whose floors hold although cases are added."""
    options: dict[str, Setting] = Field(default_factory=dict)
    """Options other than the defaults."""
    floors: tuple[Floor, ...] = ()

    def is_for(self, suite: str, data: DataInfo, options: Mapping[str, object]) -> bool:
        """Were the floors set for such a run?"""
        same_data = data.shipped if self.data is None else data.sha256.startswith(self.data)
        return self.suite == suite and same_data and self.options == options


class Baselines(Frozen):
    """The whole file."""

    suites: tuple[Baseline, ...] = ()


class RecordedCase(Frozen):
    """What a case added to the metrics that have floors."""

    suite: str
    data: str | None
    options: dict[str, Setting] = Field(default_factory=dict)
    id: str
    scores: dict[str, Part] = Field(min_length=1)


def load_baselines(path: Path = BASELINE) -> tuple[Baseline, ...]:
    """Every suite's floors; raises InputError where the file is not what it should be."""
    return validated(Baselines, read_json(path), str(path)).suites if path.exists() else ()


def load_record(path: Path = RECORD) -> tuple[RecordedCase, ...]:
    """The recorded cases of every suite; none where there is no record yet."""
    if not path.exists():
        return ()
    return tuple(validated(RecordedCase, value, where) for where, value in json_lines(path))


def save_baselines(baselines: Sequence[Baseline], path: Path = BASELINE) -> None:
    """Writes the file with a floor a line, so that a diff shows what was raised."""
    blocks = ",\n".join(_block(baseline) for baseline in baselines)
    _replace(path, f'{{"suites": [\n{blocks}\n]}}\n')


def save_record(record: Sequence[RecordedCase], path: Path = RECORD) -> None:
    """Writes the record with a case a line."""
    _replace(path, "".join(f"{case.model_dump_json()}\n" for case in record))


def check_recordable(cases: int) -> None:
    """Raises InputError for a suite of so many cases that a record of them does not belong in a repository."""
    if cases > MOST_CASES_RECORDED:
        raise InputError(
            f"{cases} cases are too many to record (at most {MOST_CASES_RECORDED}): compare two reports with "
            "`quoth eval compare A.json B.json` and set the floor in eval/baseline.json by hand"
        )


def _block(baseline: Baseline) -> str:
    head = json.dumps({"suite": baseline.suite, "data": baseline.data, "options": baseline.options})[:-1]
    floors = ",\n".join(f"  {floor.model_dump_json(exclude_none=True)}" for floor in baseline.floors)
    return f'{head}, "floors": [\n{floors}\n]}}'


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
