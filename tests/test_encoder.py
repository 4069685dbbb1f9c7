import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoder import Encoder
from index.encoder_export import export_encoder
from index.errors import IndexDamaged, ModelError
from index.model_files import ModelFiles, find_model

TEXTS = [
    "when was the ceasefire?",
    "",
    "word " * 1000,
    "Türkiye 🙂 [a] \x1b[31m",
    "The two neighbours signed a ceasefire.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    export_encoder(find_model("all-MiniLM-L6-v2"), folder)
    return folder


@pytest.mark.model
def test_questions_and_passages_are_embedded_alike(folder: Path) -> None:
    from index.embedder import SentenceTransformerEmbedder

    encoder = Encoder.open(folder)
    embedder = SentenceTransformerEmbedder(find_model("all-MiniLM-L6-v2"))
    assert (encoder.name, encoder.fingerprint, encoder.dimension) == (
        embedder.name,
        embedder.fingerprint,
        embedder.dimension,
    )
    np.testing.assert_allclose(encoder.embed(TEXTS), embedder.embed(TEXTS), atol=1e-4)


@pytest.mark.model
def test_the_order_and_the_company_of_texts_make_no_difference(folder: Path) -> None:
    encoder = Encoder.open(folder)
    together = encoder.embed(TEXTS * 10)
    np.testing.assert_allclose(together, np.concatenate([encoder.embed([text]) for text in TEXTS] * 10), atol=1e-5)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert encoder.embed([]).shape == (0, 384)
    encoder.embed(["\ud800"])


@pytest.mark.model
def test_a_damaged_encoder_is_reported(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "e")
    (tmp_path / "e" / "encoder.onnx").write_bytes(b"nothing")
    with pytest.raises(IndexDamaged, match="--rebuild"):
        Encoder.open(tmp_path / "e")


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("config.json", {"model_type": "mpnet"}, "mpnet"),
        ("modules.json", [{"path": "2_Dense", "type": "sentence_transformers.models.Dense"}], "Dense"),
        ("1_Pooling/config.json", {"pooling_mode_max_tokens": True}, "pooling_mode_max_tokens"),
    ],
)
def test_a_model_of_another_kind_is_refused_with_the_reason(
    file: str, content: object, reason: str, tmp_path: Path
) -> None:
    source = find_model("all-MiniLM-L6-v2")
    for path in source.folder.rglob("*.json"):
        target = tmp_path / path.relative_to(source.folder)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    (tmp_path / "model.safetensors").symlink_to(source.weights)
    (tmp_path / file).write_text(json.dumps(content))
    with pytest.raises(ModelError, match=reason):
        export_encoder(ModelFiles(name="x", folder=tmp_path, fingerprint="x"), tmp_path)
