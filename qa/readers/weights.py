"""The file of a reader's matrices: 4-bit codes times whole steps. Owns the format; knows no network and no scale.

A matrix is cut into blocks along one axis, and a block's values are its codes, -7 to 7, times its step. The products
are what an 8-bit matrix holds, to the last: nothing is rounded when the file is read. Nibbles are deflated, which takes
another eighth. The file is a numpy archive with, of each matrix [rows, columns], ``name.codes`` [rows, columns / 2],
the even column in the lower half of a byte, and ``name.steps``, one a block.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int8]
Steps = npt.NDArray[np.uint8]

HIGHEST = 7
"""Of a code's absolute values. The sixteenth of four bits stays unused: a matrix has no favoured sign."""
_MIDDLE = 8
"""What a nibble of nothing holds."""


@dataclass(frozen=True)
class Coded:
    """One matrix: ``codes`` [rows, columns] and ``steps``, whose axes divide those of the codes."""

    codes: Codes
    steps: Steps

    def values(self) -> Codes:
        """Codes times steps; they must fit in 8 bits."""
        rows, columns = self.codes.shape
        down, across = self.steps.shape
        blocks = self.codes.reshape(down, rows // down, across, columns // across)
        product: Codes = np.multiply(blocks, self.steps.astype(np.int8)[:, None, :, None], dtype=np.int8)
        return product.reshape(rows, columns)

    def transposed(self) -> "Coded":
        """The same matrix [columns, rows]."""
        return Coded(np.ascontiguousarray(self.codes.T), np.ascontiguousarray(self.steps.T))


def write_weights(path: Path, matrices: Mapping[str, Coded]) -> None:
    """Write the file; raises ValueError where a matrix has an odd number of columns or a code is too large."""
    arrays: dict[str, npt.NDArray[np.uint8]] = {}
    for name, matrix in matrices.items():
        if matrix.codes.shape[1] % 2 or np.abs(matrix.codes).max() > HIGHEST:
            raise ValueError(f"{name} can't be packed: an odd number of columns, or codes beyond {HIGHEST}")
        nibbles = (matrix.codes + _MIDDLE).astype(np.uint8)
        arrays[f"{name}.codes"] = nibbles[:, ::2] | (nibbles[:, 1::2] << np.uint8(4))
        arrays[f"{name}.steps"] = matrix.steps
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def read_weights(path: Path) -> dict[str, Codes]:
    """Every matrix by name, codes times steps; raises OSError or ValueError where the file isn't one."""
    try:
        # Opened here: numpy leaves a damaged file open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            names = [name.removesuffix(".codes") for name in arrays if name.endswith(".codes")]
            return {name: Coded(_unpacked(arrays[f"{name}.codes"]), arrays[f"{name}.steps"]).values() for name in names}
    except (BadZipFile, EOFError, KeyError, TypeError, zlib.error) as error:
        raise ValueError(f"{path} is not a file of weights") from error


def _unpacked(packed: npt.NDArray[np.uint8]) -> Codes:
    every = np.arange(256)
    pairs = np.stack([every & 15, every >> 4], axis=1).astype(np.int8) - np.int8(_MIDDLE)
    # Two codes at once, as one number of 16 bits: a table's look-up is as fast as a copy.
    codes: Codes = np.take(np.ascontiguousarray(pairs).view(np.int16)[:, 0], packed).view(np.int8)
    return codes
