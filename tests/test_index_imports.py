"""What a question must not wait for isn't imported on its path; proved in a fresh interpreter."""

import subprocess
import sys

import pytest

HEAVY = ("torch", "sentence_transformers", "transformers", "onnx", "safetensors", "huggingface_hub", "textual")


def imported_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_searching_needs_no_torch() -> None:
    assert not imported_by("import index.search, index.encoder, onnxruntime, tokenizers").intersection(HEAVY)


def test_building_needs_torch_only_to_embed() -> None:
    assert not imported_by("import index.build").intersection(HEAVY)


@pytest.mark.parametrize("module", ["index.cli", "index.errors", "index.types", "index.settings"])
def test_the_command_line_loads_no_search_library(module: str) -> None:
    assert not imported_by(f"import {module}").intersection(
        {*HEAVY, "faiss", "tantivy", "numpy", "onnxruntime", "sqlite3"}
    )
