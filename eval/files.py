"""Reads the files that an evaluation is given. Owns their errors: one line each, with file and line.

Never writes, and knows nothing of what the files mean.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from index.errors import InputError

Model = TypeVar("Model", bound=BaseModel)


def required(path: Path | None, option: str, what: str) -> Path:
    """The path that an option names; raises InputError where it is not given or not there."""
    if path is None:
        raise InputError(f"This suite needs {what}: give it with {option} PATH")
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; {option} must name {what}")
    return path


def read_text(path: Path) -> str:
    """A whole file as UTF-8, unpacked if it is gzipped, without newline translation.

    Raises InputError where it can't be read.
    """
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as text: {_reason(error)}") from error


def read_json(path: Path) -> Any:
    """A whole file as JSON; raises InputError with the line where it is not."""
    return _parsed(read_text(path), path, 0)


def json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """(``file:line``, value) of each line that is not blank; raises InputError for one that isn't JSON."""
    # Not splitlines(): article text holds form feeds and other characters that it would take for line ends.
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield f"{path}:{number}", _parsed(line, path, number - 1)


def load_models(path: Path, model: type[Model], *, key: Callable[[Model], str]) -> list[tuple[str, Model]]:
    """(``file:line``, value) of each line of a JSONL file.

    Raises InputError for a line that is not a ``model``, for a key that comes twice, and for a file without lines.
    """
    loaded: list[tuple[str, Model]] = []
    seen: dict[str, str] = {}
    for where, record in json_lines(path):
        value = validated(model, record, where)
        if (first := seen.setdefault(key(value), where)) != where:
            raise InputError(f"{where}: {key(value)!r} was already used at {first}")
        loaded.append((where, value))
    if not loaded:
        raise InputError(f"{path}:1: holds no cases; write one JSON object a line, or run `quoth eval new`")
    return loaded


def validated(model: type[Model], record: object, where: str) -> Model:
    """``record`` as a ``model``; raises InputError that names the place and the first field that is wrong."""
    try:
        # By way of JSON, in which a list is a tuple: strict otherwise, so that "true" is no boolean.
        return model.model_validate_json(json.dumps(record), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{where}: {f'{field}: ' if field else ''}{first['msg']}") from error


def sha256_of(*paths: Path) -> str:
    """sha256 over the files' bytes, in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _parsed(text: str, path: Path, lines_before: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{lines_before + error.lineno}: not JSON: {error.msg}") from error
    except RecursionError as error:
        raise InputError(f"{path}:{lines_before + 1}: not JSON that can be read: nested too deeply") from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
