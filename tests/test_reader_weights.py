from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.readers.weights import HIGHEST, Coded, read_weights, write_weights


def coded(rows: int, columns: int, steps: tuple[int, int], *, seed: int = 0) -> Coded:
    generator = np.random.default_rng(seed)
    return Coded(
        generator.integers(-HIGHEST, HIGHEST + 1, (rows, columns), dtype=np.int8),
        generator.integers(1, 10, steps, dtype=np.uint8),
    )


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(0, 1000), st.booleans())
def test_every_value_is_its_code_times_its_blocks_step(
    down: int, height: int, across: int, width: int, seed: int, turned: bool
) -> None:
    matrix = coded(down * height, across * width, (down, across), seed=seed)
    if turned:
        matrix = matrix.transposed()
        height, width = width, height
    values = matrix.values()
    assert values.dtype == np.int8
    for row, column in np.ndindex(values.shape):
        assert values[row, column] == matrix.codes[row, column] * matrix.steps[row // height, column // width]


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    matrices = {"layer.0": coded(128, 6, (2, 6)), "words": coded(9, 128, (9, 2))}
    path = tmp_path / "reader.npz"
    write_weights(path, matrices)
    found = read_weights(path)
    assert found.keys() == matrices.keys()
    for name, matrix in matrices.items():
        assert np.array_equal(found[name], matrix.values())
    assert path.stat().st_size < 0.9 * sum(matrix.codes.size for matrix in matrices.values()) + 2000


@pytest.mark.parametrize("matrix", [coded(2, 3, (2, 1)), Coded(np.full((2, 2), 8, np.int8), np.ones((2, 1), np.uint8))])
def test_what_four_bits_cannot_hold_is_refused(tmp_path: Path, matrix: Coded) -> None:
    with pytest.raises(ValueError, match="can't be packed"):
        write_weights(tmp_path / "reader.npz", {"a": matrix})


@pytest.mark.parametrize("keep", [0, 10, 300, -30])
def test_a_damaged_file_is_no_weights(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "reader.npz"
    write_weights(path, {"a": coded(64, 64, (1, 64))})
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=r"not a file of weights|No data|pickled|Cannot load"):
        read_weights(path)


def test_a_byte_that_changed_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "reader.npz"
    write_weights(path, {"a": coded(64, 64, (1, 64))})
    whole = bytearray(path.read_bytes())
    for place in range(100, 1600, 150):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with pytest.raises(ValueError, match="not a file of weights"):
            read_weights(path)
