"""Rounds matrices to what 4-bit codes can tell, and what they multiply to 8 bits. Owns how codes and steps are chosen.

A matrix W [out, in] becomes scale x step x code: one scale an output, one step a block of ``BLOCK`` inputs, codes from
``-levels`` to ``levels``. Steps are whole numbers, so that step x code is a weight of an 8-bit matrix with the same
scale. Among steps, a block takes the one that errs least in squares: a little clipping is better than a coarse grid.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from qa.readers.weights import HIGHEST

BLOCK = 64
LARGEST = 63
"""Of step x code: products with 8-bit activations, added in pairs, stay within 16 bits. Processors without instructions
for 8-bit dot products add so, and cut off what is larger: there, larger weights would read otherwise than here."""
WORD_LEVELS = 5
"""Of the codes of word vectors, which are two fifths of a small reader: to save room, they get fewer."""
CLIPPINGS = (1.0, 0.93, 0.86, 0.79, 0.72, 0.65)
"""Shares of a block's largest weight that the largest code may stand for."""


@dataclass(frozen=True)
class Grid:
    """``scales`` [out, 1, 1] and ``steps`` [out, blocks, 1], floats that are whole."""

    scales: Tensor
    steps: Tensor
    levels: int

    def codes(self, matrix: Tensor) -> Tensor:
        """The nearest codes of a matrix [out, in], [out, blocks, ``BLOCK``]."""
        blocks = matrix.float().reshape(*self.steps.shape[:2], -1)
        return (blocks / (self.scales * self.steps)).round_().clamp_(-self.levels, self.levels)

    def rounded(self, matrix: Tensor) -> Tensor:
        """The nearest matrix [out, in] that can be told."""
        return (self.codes(matrix) * (self.scales * self.steps)).reshape(matrix.shape)


def grid_of(matrix: Tensor, *, levels: int = HIGHEST) -> Grid:
    """Scales and steps for a matrix [out, in]; raises ValueError where ``in`` is no multiple of ``BLOCK``."""
    outputs, inputs = matrix.shape
    if inputs % BLOCK:
        raise ValueError(f"{inputs} inputs are no multiple of {BLOCK}")
    blocks = matrix.detach().float().reshape(outputs, inputs // BLOCK, BLOCK)
    scales = blocks.abs().amax((1, 2), keepdim=True).clamp_min(1e-8) / LARGEST
    peaks = blocks.abs().amax(2, keepdim=True) / scales / levels
    best, chosen = torch.full_like(peaks, torch.inf), torch.ones_like(peaks)
    for share in CLIPPINGS:
        grid = Grid(scales, (peaks * share).round().clamp(1, LARGEST // levels), levels)
        error = (grid.codes(matrix) * scales * grid.steps - blocks).square().sum(2, keepdim=True)
        chosen = torch.where(error < best, grid.steps, chosen)
        best = torch.minimum(error, best)
    return Grid(scales, chosen, levels)


def in_eight_bits(values: Tensor) -> Tensor:
    """Values [rows, length, width], a row on the grid of 255 steps that spans it and zero; gradients pass as they are.

    The shipped graph takes one passage at a time and rounds so (ONNX's DynamicQuantizeLinear).
    """
    exact = values.detach().float()
    lowest, highest = exact.amin((1, 2), keepdim=True), exact.amax((1, 2), keepdim=True)
    step = (highest.clamp_min(0) - lowest.clamp_max(0)).clamp_min(1e-8) / 255
    return values + ((exact / step).round_().mul_(step).to(values.dtype) - values).detach()


class Rounding:
    """Rounds matrices and inputs of some layers while gradients are taken, and hands these through to what was rounded.

    The straight-through estimator (Courbariaux et al. 2015, BinaryConnect): the network learns weights that can be
    rounded.
    """

    def __init__(self, layers: Iterable[nn.Linear]) -> None:
        """On the grids that fit the layers now."""
        self._layers = list(layers)
        self._grids = [grid_of(layer.weight) for layer in self._layers]

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Rounded inside, as they were outside."""
        before = [layer.weight.data for layer in self._layers]
        hooks = [layer.register_forward_pre_hook(_round_input) for layer in self._layers]
        for layer, grid in zip(self._layers, self._grids, strict=True):
            layer.weight.data = grid.rounded(layer.weight.data)
        try:
            yield
        finally:
            for layer, matrix in zip(self._layers, before, strict=True):
                layer.weight.data = matrix
            for hook in hooks:
                hook.remove()


def _round_input(_: nn.Module, inputs: tuple[Tensor]) -> tuple[Tensor]:
    return (in_eight_bits(inputs[0]),)
