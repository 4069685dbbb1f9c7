"""The five things that one value can be to another. Owns the words only."""

from typing import Literal

Comparison = Literal["same", "finer", "coarser", "incompatible", "unrelated"]
"""``finer``: the first says all that the second says, and more. ``unrelated``: neither agrees nor contradicts."""

_MIRROR: dict[Comparison, Comparison] = {"finer": "coarser", "coarser": "finer"}


def mirrored(comparison: Comparison) -> Comparison:
    """What the second value is to the first."""
    return _MIRROR.get(comparison, comparison)
